import { useEffect, useState } from 'preact/hooks';
import { askFrame } from '../../state/api.ts';
import { now } from '../../state/now.ts';
import { range } from '../../state/range.ts';
import { rangeQuery } from '../../words/range.ts';

/** Values over the range, by series; a series that has none is missing. */
export type Trends = ReadonlyMap<string, readonly (number | null)[]>;

/** Heed's own series behind figures that have no series in the answer. */
export const OWN = {
  stored: 'heed.points.stored',
  series: 'heed.points.series',
  rss: 'heed.process.rss_bytes',
  cpu: 'heed.process.cpu_percent',
} as const;

const EVERY = 10_000;

/** Trends of the protocols and of Heed itself, asked again every ten seconds while live. */
export function useTrends(): Trends {
  const [trends, setTrends] = useState<Trends>(new Map());
  const shown = range.value;
  const names = [...(now.value?.arrived ? now.value.protocols.map((protocol) => protocol.series) : []), ...Object.values(OWN)];
  const wanted = names.join('\n');
  const key = JSON.stringify(shown);
  useEffect(() => {
    const stop = new AbortController();
    const targets = wanted.split('\n');
    const ask = (): void => {
      if (document.hidden) return;
      askFrame(targets, { ...rangeQuery(shown), maxDataPoints: '120' }, stop.signal).then(
        ({ rows }) => setTrends(new Map(rows.map((row) => [targets[row.target], row.values]))),
        () => undefined,
      );
    };
    ask();
    const timer = shown.live ? setInterval(ask, EVERY) : undefined;
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [wanted, key]);
  return trends;
}
