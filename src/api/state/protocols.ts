import type { CounterName } from '../../core/counters.ts';
import type { Listening } from '../../signals/metrics/context.ts';
import { formatAddress } from '../../core/config/values.ts';
import { DROPS, type DropCounter } from '../drops.ts';
import type { ProtocolState } from '../contract.ts';
import type { CounterSamples } from './samples.ts';

interface Protocol {
  name: Exclude<Listening['protocol'], 'statsd-admin'> | 'sentry';
  title: string;
  /** What is counted for each line or point. */
  taken: CounterName;
  /** `line`, `point` or `event`. */
  unit: string;
  drops: (counter: DropCounter) => boolean;
}

/** What can arrive: numbers by the metric sockets, and what Sentry's clients send by HTTP. */
export const PROTOCOLS: readonly Protocol[] = [
  { name: 'statsd', title: 'StatsD', taken: 'statsd.lines', unit: 'line', drops: (counter) => counter.startsWith('statsd.') },
  {
    name: 'carbon',
    title: 'Carbon',
    taken: 'carbon.lines',
    unit: 'line',
    drops: (counter) => counter.startsWith('carbon.') && counter !== 'carbon.dropped.bad_pickle',
  },
  { name: 'pickle', title: 'Carbon pickle', taken: 'carbon.pickle.points', unit: 'point', drops: (counter) => counter === 'carbon.dropped.bad_pickle' },
  { name: 'sentry', title: 'Sentry', taken: 'sentry.events', unit: 'event', drops: (counter) => counter.startsWith('sentry.dropped.') },
];

/** `udp 127.0.0.1:8125`, `unix /run/statsd.sock`. */
export function listeningText({ transport, address, port }: Listening): string {
  return `${transport} ${transport === 'unix' ? address : formatAddress({ host: address, port })}`;
}

/** Each protocol that listens or has listened: where, how fast, how much, and what was dropped. @param http where the server listens */
export function protocolStates(
  listening: Listening[],
  http: { host: string; port: number },
  counts: Record<CounterName, number>,
  samples: CounterSamples,
): ProtocolState[] {
  return PROTOCOLS.map(({ name, title, taken, drops }) => {
    const dropped = (Object.keys(DROPS) as DropCounter[]).filter((counter) => drops(counter) && counts[counter] > 0);
    const most = dropped.toSorted((a, b) => counts[b] - counts[a])[0];
    return {
      name,
      title,
      addresses: name === 'sentry' ? [`http ${formatAddress(http)}`] : listening.filter(({ protocol }) => protocol === name).map(listeningText),
      rate: samples.rate(taken),
      total: counts[taken],
      last: samples.moved(taken),
      dropped: dropped.reduce((sum, counter) => sum + counts[counter], 0),
      droppedWhy: most === undefined ? '' : DROPS[most].reason,
      series: `heed.${taken}`,
    };
  });
}
