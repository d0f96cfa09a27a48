import { useEffect, useState } from 'preact/hooks';
import type { ReleaseAnswer, ReleasesAnswer } from '../../../src/api/contract-releases.ts';
import { ApiProblem } from '../../state/api.ts';
import { askRelease, askReleases, type ReleasesQuestion } from '../../state/releases.ts';
import { range } from '../../state/range.ts';
import { change, route } from '../../state/router.ts';
import { rangeQuery } from '../../words/range.ts';
import { addressOf } from './address.ts';

/** Counts are by the hour, so there is no need to ask more often. */
const FRESH_EVERY = 15_000;
/** Sessions are counted by the hour and releases live for days: an hour would tell nothing. */
const USUAL = '-7d';

export interface Asked<Answer> {
  answer: Answer | null;
  problem: ApiProblem | null;
}

/** Where the address names no time, it is a week from here on. */
export function useWeek(): void {
  useEffect(() => {
    if (!route.value.params.has('from')) change((params) => params.set('from', USUAL), true);
  });
}

function useAsked<Answer>(key: string, question: (signal: AbortSignal) => Promise<Answer>): Asked<Answer> {
  const [state, setState] = useState<Asked<Answer>>({ answer: null, problem: null });
  const shown = range.value;
  useEffect(() => {
    if (!route.value.params.has('from')) return undefined;
    const stop = new AbortController();
    const ask = (): void => {
      question(stop.signal).then(
        (answer) => setState({ answer, problem: null }),
        (error: unknown) => {
          if (stop.signal.aborted) return;
          setState(({ answer }) => ({ answer, problem: error instanceof ApiProblem ? error : new ApiProblem('unknown', String(error)) }));
        },
      );
    };
    ask();
    const timer = shown.live ? setInterval(() => !document.hidden && ask(), FRESH_EVERY) : undefined;
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [key, JSON.stringify(shown), route.value.params.has('from')]);
  return state;
}

function scope(): ReleasesQuestion {
  const { project, environment } = addressOf(route.value.params);
  return { project, environment, ...rangeQuery(range.value) };
}

/** The list of the address, asked for again while the range is live. */
export function useReleases(): Asked<ReleasesAnswer> {
  const { sort, limit } = addressOf(route.value.params);
  const query = { ...scope(), sort, limit: String(limit) };
  return useAsked(JSON.stringify(query), (signal) => askReleases(query, signal));
}

export function useRelease(version: string): Asked<ReleaseAnswer> {
  const query = scope();
  return useAsked(JSON.stringify([version, query]), (signal) => askRelease(version, query, signal));
}
