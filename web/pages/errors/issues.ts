import { useEffect, useRef, useState } from 'preact/hooks';
import type { IssueItem, IssuesAnswer } from '../../../src/api/contract-errors.ts';
import { ApiProblem } from '../../state/api.ts';
import { askIssues, type IssuesQuestion } from '../../state/errors.ts';
import { range } from '../../state/range.ts';
import { rangeQuery } from '../../words/range.ts';
import type { ListAddress } from './address.ts';
import { fresh, FRESH_EVERY } from './fresh.ts';
import { appendRows, mergeRows } from './merge-rows.ts';

const PAGE = 25;
/** As many are asked for again at once; what is further down stays as it was. */
const MOST_AGAIN = 100;

/** The list as it is shown. */
export interface Issues {
  rows: readonly IssueItem[];
  answer: IssuesAnswer | null;
  problem: ApiProblem | null;
  /** Issues that came while the list was held. */
  waiting: number;
  more: (() => void) | undefined;
  /** Holds rows where they are, e.g. while the pointer is on them. */
  hold: (held: boolean) => void;
}

/** The issues of an address, asked for again every few seconds while the range is live, and whenever something was done. */
export function useIssues({ query, sort, project }: ListAddress): Issues {
  const [state, setState] = useState<Omit<Issues, 'more' | 'hold'>>({ rows: [], answer: null, problem: null, waiting: 0 });
  const [asking, setAsking] = useState(false);
  const held = useRef(false);
  const shown = range.value;
  const key = JSON.stringify([query, sort, project, shown]);
  const current = useRef(key);
  const rows = useRef<readonly IssueItem[]>([]);
  rows.current = state.rows;
  const question: IssuesQuestion = { project, query, sort, range: rangeQuery(shown), limit: PAGE };
  const doneTo = fresh.value;

  useEffect(() => {
    const stop = new AbortController();
    const again = current.current === key;
    current.current = key;
    const ask = (hold: boolean): void => {
      const limit = Math.min(MOST_AGAIN, Math.max(PAGE, again || hold ? rows.current.length : 0));
      askIssues({ ...question, limit }, stop.signal).then(
        (answer) =>
          setState((before) => {
            const below = hold || again ? before.rows.slice(limit) : [];
            const { rows: merged, waiting } = mergeRows(hold ? before.rows.slice(0, limit) : [], answer.issues, hold);
            const next = below.length > 0 ? (before.answer?.next ?? null) : answer.next;
            return { rows: appendRows(merged, below), answer: { ...answer, next }, problem: null, waiting };
          }),
        (error: unknown) => {
          if (stop.signal.aborted) return;
          const problem = error instanceof ApiProblem ? error : new ApiProblem('unknown', String(error));
          setState((before) => ({ ...before, problem }));
        },
      );
    };
    ask(false);
    const timer = shown.live ? setInterval(() => !document.hidden && ask(held.current), FRESH_EVERY) : undefined;
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [key, doneTo]);

  const next = state.answer?.next ?? null;
  const more = (): void => {
    if (asking || next === null) return;
    setAsking(true);
    askIssues({ ...question, cursor: next })
      .then(
        (answer) => {
          if (current.current !== key) return;
          setState((before) => ({
            ...before,
            rows: appendRows(before.rows, answer.issues),
            answer: { ...answer, totals: before.answer?.totals ?? answer.totals },
          }));
        },
        (error: unknown) => setState((before) => ({ ...before, problem: error as ApiProblem })),
      )
      .finally(() => setAsking(false));
  };
  return { ...state, more: next === null ? undefined : more, hold: (value) => void (held.current = value) };
}
