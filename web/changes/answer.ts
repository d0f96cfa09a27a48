import { useEffect, useState } from 'preact/hooks';
import type { ChangesAnswer } from '../../src/api/contract.ts';
import { ApiProblem, askChanges } from '../state/api.ts';

/** What changed, or why that cannot be said; both null while it is asked. */
export interface Changed {
  answer: ChangesAnswer | null;
  problem: ApiProblem | null;
  askAgain: () => void;
}

/** Of a moment just past the time after it grows: it is asked about again. */
const SOON = 10_000;

/** Asks what changed at a moment, anew when that is another one. */
export function useChanges(at: number): Changed {
  const [state, setState] = useState<Pick<Changed, 'answer' | 'problem'>>({ answer: null, problem: null });
  const [times, setTimes] = useState(0);
  const askAgain = (): void => setTimes((before) => before + 1);

  useEffect(() => {
    const stop = new AbortController();
    let soon: ReturnType<typeof setTimeout> | undefined;
    setState({ answer: null, problem: null });
    askChanges(at, stop.signal).then(
      (answer) => setState({ answer, problem: null }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        const problem = error instanceof ApiProblem ? error : new ApiProblem('unknown', String(error));
        setState({ answer: null, problem });
        if (problem.code === 'too_recent') soon = setTimeout(askAgain, SOON);
      },
    );
    return () => {
      stop.abort();
      clearTimeout(soon);
    };
  }, [at, times]);
  return { ...state, askAgain };
}
