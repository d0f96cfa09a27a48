import { useEffect, useState } from 'preact/hooks';
import type { EventAnswer, IssueAnswer } from '../../../src/api/contract-errors.ts';
import { ApiProblem } from '../../state/api.ts';
import { askEvent, askIssue } from '../../state/errors.ts';
import { serverNow } from '../../state/now.ts';
import { range } from '../../state/range.ts';
import { rangeQuery, windowOf } from '../../words/range.ts';
import { fresh, FRESH_EVERY } from './fresh.ts';

const asProblem = (error: unknown): ApiProblem => (error instanceof ApiProblem ? error : new ApiProblem('unknown', String(error)));

/** An issue with its figures, and the window that they are of. */
export interface IssueState {
  answer: IssueAnswer | null;
  window: { from: number; until: number };
  problem: ApiProblem | null;
}

/** Asks for an issue, again every few seconds while the range is live and whenever something was done. */
export function useIssue(id: string): IssueState {
  const shown = range.value;
  const key = `${id} ${JSON.stringify(shown)}`;
  const [state, setState] = useState<IssueState & { id: string }>({ id, answer: null, window: windowOf(shown, serverNow()), problem: null });
  const doneTo = fresh.value;
  useEffect(() => {
    const stop = new AbortController();
    const ask = (): void => {
      const window = windowOf(shown, serverNow());
      askIssue(id, rangeQuery(shown), stop.signal).then(
        (answer) => setState({ id, answer, window, problem: null }),
        (error: unknown) => {
          if (!stop.signal.aborted) setState((before) => ({ ...before, id, answer: before.id === id ? before.answer : null, problem: asProblem(error) }));
        },
      );
    };
    ask();
    const timer = shown.live ? setInterval(() => !document.hidden && ask(), FRESH_EVERY) : undefined;
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [key, doneTo]);
  return state.id === id ? state : { answer: null, window: state.window, problem: null };
}

/** One event; the one before stays while another of the same issue is asked for. */
export function useEvent(issue: string, event: string): { answer: EventAnswer | null; problem: ApiProblem | null; askAgain: () => void } {
  const [state, setState] = useState<{ issue: string; answer: EventAnswer | null; problem: ApiProblem | null }>({ issue, answer: null, problem: null });
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    askEvent(issue, event, rangeQuery(range.peek()), stop.signal).then(
      (answer) => setState({ issue, answer, problem: null }),
      (error: unknown) => {
        if (!stop.signal.aborted) setState({ issue, answer: null, problem: asProblem(error) });
      },
    );
    return () => stop.abort();
  }, [issue, event, times]);
  const { answer, problem } = state.issue === issue ? state : { answer: null, problem: null };
  return { answer, problem, askAgain: () => setTimes((before) => before + 1) };
}
