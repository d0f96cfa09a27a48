import { log } from '../../../core/log.ts';
import type { AttachmentsStore } from '../../../store/attachments/attachments-store.ts';
import type { ErrorsStore } from '../../../store/errors/errors-store.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Events of errors that are kept: so many days, and so many in all. */
export interface Kept {
  keepDays: number;
  mostEvents: number;
}

/** Where what ages is kept. */
export interface Stores {
  errors: Pick<ErrorsStore, 'prune'>;
  attachments: Pick<AttachmentsStore, 'prune'>;
}

/** Forgets what is too old or too much; issues and their counts stay. */
export async function forgetOld({ errors, attachments }: Stores, { keepDays, mostEvents }: Kept, now: number): Promise<number> {
  const forgotten = await errors.prune(now - keepDays * DAY, mostEvents);
  const files = await attachments.prune(now - keepDays * DAY);
  if (files > 0) log.info({ files }, 'forgot attachments that are too old');
  if (forgotten > 0) log.info({ events: forgotten }, 'forgot events of errors that are too old or too many');
  return forgotten;
}

/** Forgets every hour, from the first hour on; gives what ends it. */
export function startAgeing(stores: Stores, kept: Kept): () => void {
  const timer = setInterval(() => {
    forgetOld(stores, kept, Date.now()).catch((error: unknown) => log.warn({ err: error }, 'cannot forget old events of errors'));
  }, HOUR);
  timer.unref();
  return () => clearInterval(timer);
}
