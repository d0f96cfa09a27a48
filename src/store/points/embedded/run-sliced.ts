import { setImmediate } from 'node:timers/promises';

/** Milliseconds of background work between two looks at the queue. */
const SLICE = 5;
/** The same while senders wait for it. */
const URGENT_SLICE = 100;

/** Thrown inside a job when the store stops; what it began is taken back. */
export class Stopped extends Error {}

/** Runs a job that pauses at each yield, in slices between which messages are handled. */
export async function runSliced<Result>(job: Generator<void, Result>, state: { readonly stopping: boolean; readonly urgent: boolean }): Promise<Result> {
  for (;;) {
    const end = performance.now() + (state.urgent ? URGENT_SLICE : SLICE);
    do {
      const step = state.stopping ? job.throw(new Stopped('the store stops')) : job.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await setImmediate();
  }
}
