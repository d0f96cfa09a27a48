import { setTimeout as wait } from 'node:timers/promises';
import type { ErrorAnswer, FrameAnswer, LiveFrame } from '../contract.ts';
import { changedTail } from './tail.ts';
import { formatEvent, type EventStream } from './sse.ts';

/** Shortest and longest time between two looks, milliseconds. */
const LEAST = 1500;
const LONGEST = 30_000;
/** A question may keep the query worker busy for a tenth of the time. */
const SHARE = 10;
/** A coarse grid is looked at so many times a step. */
const LOOKS_A_STEP = 5;

/** One answer to the question that a stream follows. */
export type Look = { ok: true; frame: FrameAnswer } | { ok: false; problem: ErrorAnswer; status: number };

/**
 * Asks the same question again and again, as its window moves with the present, and sends what changed as `frame`
 * events; a question that fails is told as a `problem` event and asked again later. Ends when `signal` does.
 */
export async function followFrame(stream: EventStream, first: FrameAnswer, ask: () => Promise<Look>, signal: AbortSignal): Promise<void> {
  let known: FrameAnswer | undefined;
  let look: Look = { ok: true, frame: first };
  let took = first.ms;
  while (!signal.aborted) {
    if (look.ok) {
      const rows = changedTail(known, look.frame);
      const sent = rows.length > 0 && stream.send(formatEvent('frame', JSON.stringify({ ...look.frame, rows } satisfies LiveFrame)));
      // What a slow reader was not sent is still new for it the next time.
      if (sent) known = look.frame;
      else stream.beat();
    } else {
      stream.send(formatEvent('problem', JSON.stringify(look.problem)));
    }
    try {
      await wait(look.ok ? pause(look.frame, took) : LONGEST, undefined, { signal });
    } catch {
      return;
    }
    const begun = performance.now();
    look = await ask();
    took = performance.now() - begun;
  }
}

/** How long to wait after a look that took `took` milliseconds. */
export function pause({ rows }: FrameAnswer, took: number): number {
  const finest = rows.reduce((least, { step }) => Math.min(least, step), Infinity);
  const byStep = Number.isFinite(finest) ? finest / LOOKS_A_STEP : LEAST;
  return Math.min(LONGEST, Math.max(LEAST, took * SHARE, byStep));
}
