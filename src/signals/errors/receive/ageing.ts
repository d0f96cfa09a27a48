import { log } from '../../../core/log.ts';
import type { ErrorsStore } from '../../../store/errors/errors-store.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Events of errors that are kept: so many days, and so many in all. */
export interface Kept {
  keepDays: number;
  mostEvents: number;
}

/** Forgets what is too old or too much; issues and their counts stay. */
export async function forgetOld(errors: Pick<ErrorsStore, 'prune'>, { keepDays, mostEvents }: Kept, now: number): Promise<number> {
  const forgotten = await errors.prune(now - keepDays * DAY, mostEvents);
  if (forgotten > 0) log.info({ events: forgotten }, 'forgot events of errors that are too old or too many');
  return forgotten;
}

/** Forgets every hour, from the first hour on; gives what ends it. */
export function startAgeing(errors: Pick<ErrorsStore, 'prune'>, kept: Kept): () => void {
  const timer = setInterval(() => {
    forgetOld(errors, kept, Date.now()).catch((error: unknown) => log.warn({ err: error }, 'cannot forget old events of errors'));
  }, HOUR);
  timer.unref();
  return () => clearInterval(timer);
}
