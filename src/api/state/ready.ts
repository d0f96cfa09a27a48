import { causeOf, HeedError } from '../../core/errors.ts';
import { Kind, Method } from '../../core/series.ts';
import type { PointsWriter } from '../../store/points/points-store.ts';
import type { ApiDeps } from '../deps.ts';

/** The series that the check writes and reads back. */
const NAME = 'heed.ready';
const MOST_WAIT = 5000;
/** Who asks seldom, or sets the clock, gives the series a slow rhythm, and its newest value a slot that began so long ago. */
const RHYTHM = 86_400_000;
/** An answer stands for so long, as anybody may ask, milliseconds. */
const GOOD_FOR = 1000;

/**
 * Makes the check that the points store can write and read: it writes a point, waits until it is on disk, and reads it
 * back. All who ask within a second share one check.
 * @returns resolves when all is well, else throws HeedError `not_ready` (503) that says why
 */
export function storeCheck({ points, reader }: Pick<ApiDeps, 'points' | 'reader'>): () => Promise<void> {
  let writer: PointsWriter | undefined;
  let id = 0;
  let running: Promise<void> | undefined;

  async function check(): Promise<void> {
    const { writeProblem } = await points.stats();
    if (writeProblem !== '') throw new Error(writeProblem);
    writer ??= points.writer();
    // Declared each time: somebody may have removed the series since.
    id = writer.declare(NAME, Kind.gauge, Method.last);
    const now = Date.now();
    if (!writer.add(id, now, 1)) throw new Error('the queue of the points store is full');
    writer.flush();
    await points.sync();
    const series = await reader.select({ glob: NAME }, 1);
    const rows = series.length ? await reader.read({ series, from: now - RHYTHM, until: now + 1000, now, maxPoints: 100_000 }) : [];
    if (!rows.some((row) => row.values.some((value) => value === 1))) throw new Error('a point that was written cannot be read back');
  }

  return () => {
    if (running === undefined) {
      running = withinTime(check()).catch((error: unknown) => {
        throw new HeedError('not_ready', `cannot serve: ${causeOf(error)}`, { status: 503 });
      });
      const forget = (): void => {
        setTimeout(() => (running = undefined), GOOD_FOR).unref();
      };
      running.then(forget, forget);
    }
    return running;
  };
}

async function withinTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the points store took longer than ${MOST_WAIT / 1000} s`)), MOST_WAIT);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
