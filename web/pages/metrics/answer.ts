import { useEffect, useState } from 'preact/hooks';
import type { FrameAnswer, LiveFrame } from '../../../src/api/contract.ts';
import { ApiProblem, askFrame, frameQuery } from '../../state/api.ts';
import { range } from '../../state/range.ts';
import { rangeQuery, type Range } from '../../words/range.ts';
import { openStream } from '../../state/stream.ts';
import { mergeFrame } from './merge.ts';
import { question } from './question.ts';

/** The rows of the question, and what went wrong with each target. */
export interface Answer {
  /** Null before the first answer. Rows' `target` is the position in the question. */
  frame: FrameAnswer | null;
  /** The API's words, by position of the target. */
  problems: ReadonlyMap<number, string>;
  /** Heed does not answer. */
  lost: boolean;
  /** A question is under way and what is shown belongs to another one. */
  asking: boolean;
}

const NOTHING: Answer = { frame: null, problems: new Map(), lost: false, asking: false };
/** The whole window is not asked for more often while live. */
const LEAST_WAIT = 10_000;

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** Asks for all targets at once; when that is refused asks each alone, so that one wrong target does not empty the page. */
async function askAll(targets: readonly string[], active: readonly number[], shown: Range, signal: AbortSignal): Promise<Pick<Answer, 'frame' | 'problems'>> {
  const rest = { ...rangeQuery(shown), maxDataPoints: String(pointsWanted()) };
  const place = (frame: FrameAnswer, positions: readonly number[]): FrameAnswer => ({
    ...frame,
    rows: frame.rows.map((row) => ({ ...row, target: positions[row.target] })),
  });
  try {
    return {
      frame: place(
        await askFrame(
          active.map((at) => targets[at]),
          rest,
          signal,
        ),
        active,
      ),
      problems: new Map(),
    };
  } catch (error) {
    if (isAbort(error) || (error instanceof ApiProblem && error.code === 'unreachable')) throw error;
    if (active.length === 1) return { frame: null, problems: new Map([[active[0], (error as Error).message]]) };
  }
  const problems = new Map<number, string>();
  const frames = await Promise.all(
    active.map(async (at) => {
      try {
        return place(await askFrame([targets[at]], rest, signal), [at]);
      } catch (error) {
        if (isAbort(error)) throw error;
        problems.set(at, (error as Error).message);
        return undefined;
      }
    }),
  );
  const good = frames.filter((frame) => frame !== undefined);
  if (good.length === 0) return { frame: null, problems };
  return { frame: { ...good[0], rows: good.flatMap((frame) => frame.rows) }, problems };
}

/** One point a device pixel of the widest chart is all that can be seen. */
function pointsWanted(): number {
  return Math.round(Math.max(600, Math.min(2400, innerWidth * Math.min(2, devicePixelRatio))));
}

/** Keeps the rows of the page's question: asked when it changes, live by stream. */
export function useAnswer(): Answer {
  const [answer, setAnswer] = useState<Answer>(NOTHING);
  const { targets, muted } = question.value;
  const active = targets.map((_, index) => index).filter((index) => !muted.has(index));
  const shown = range.value;
  const key = JSON.stringify([targets, active, shown]);

  useEffect(() => {
    if (active.length === 0) {
      setAnswer(NOTHING);
      return undefined;
    }
    const stop = new AbortController();
    let frame: FrameAnswer | null = null;
    let askedAt = 0;
    let close: (() => void) | undefined;
    let healthy: number[] = active;
    let retry: ReturnType<typeof setTimeout> | undefined;

    const ask = async (): Promise<void> => {
      askedAt = Date.now();
      try {
        const got = await askAll(targets, active, shown, stop.signal);
        frame = got.frame;
        setAnswer({ ...got, lost: false, asking: false });
        const good = active.filter((at) => !got.problems.has(at));
        if (shown.live && good.length > 0 && (!close || good.join() !== healthy.join())) follow(good);
      } catch (error) {
        if (isAbort(error)) return;
        setAnswer((before) => ({ ...before, lost: true, asking: false }));
        retry = setTimeout(() => void ask(), 5000);
      }
    };

    const askSoon = (): void => {
      if (Date.now() - askedAt > LEAST_WAIT) void ask();
    };
    const follow = (good: number[]): void => {
      close?.();
      healthy = good;
      const query = frameQuery(
        good.map((at) => targets[at]),
        { ...rangeQuery(shown), maxDataPoints: String(pointsWanted()) },
      );
      const take = (fresh: LiveFrame): void => {
        if (!frame) return;
        const merged = mergeFrame(frame, { ...fresh, rows: fresh.rows.map((row) => ({ ...row, target: good[row.target] })) });
        if (!merged) return askSoon();
        frame = merged;
        setAnswer((before) => ({ ...before, frame: merged, lost: false }));
      };
      close = openStream(`/api/v1/live/frame?${query}`, { frame: take, problem: askSoon }, (state) => {
        if (state === 'lost') setAnswer((before) => ({ ...before, lost: true }));
      });
    };

    setAnswer((before) => ({ ...before, asking: true }));
    void ask();
    return () => {
      stop.abort();
      close?.();
      clearTimeout(retry);
    };
  }, [key]);
  return answer;
}
