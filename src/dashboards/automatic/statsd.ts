import { defineDashboard } from '../../core/define.ts';

const counters = 'stats_counts.{$prefix,$prefix.**}';
const rates = `aliasSub(scaleToSeconds(${counters}, 1), '^.*stats_counts[.]([^,]+),.*$', '\\1')`;
const timer = (figure: string): string => `aliasSub(stats.timers.{$prefix,$prefix.**}.${figure}, '^stats[.]timers[.](.*)[.]${figure}$', '\\1')`;

export default defineDashboard({
  slug: 'statsd',
  when: ['stats_counts.statsd.metrics_received'],
  title: 'StatsD',
  about: 'What applications send to StatsD: their busiest counters, their slowest timers, and how StatsD itself fares.',
  range: '1h',
  tags: ['statsd'],
  variables: [{ name: 'prefix', label: 'Names', glob: '{stats_counts,stats.timers,stats.gauges}.*', default: '*' }],
  panels: [
    { title: 'Metrics', type: 'value', size: [3, 3], targets: ["alias(scaleToSeconds(stats_counts.statsd.metrics_received, 1), 'metrics')"], unit: '/s' },
    {
      title: 'Bad lines',
      note: 'in this range',
      type: 'value',
      size: [3, 3],
      targets: ["alias(stats_counts.statsd.bad_lines_seen, 'bad lines')"],
      unit: 'count',
      figure: 'sum',
      limits: [{ value: 1, state: 'warn', below: false }],
    },
    { title: 'Names flushed', type: 'value', size: [3, 3], targets: ["alias(statsd.numStats, 'names')"], unit: 'count' },
    { title: 'Slowest timer', note: 'upper 90', type: 'value', size: [3, 3], targets: [`highestMax(${timer('upper_90')}, 1)`], unit: 'ms', figure: 'max' },
    { title: 'Busiest counters', note: '/s', type: 'stacked', size: [6, 7], targets: [`highestAverage(${rates}, 10)`], unit: '/s' },
    { title: 'Slowest timers', note: 'upper 90', size: [6, 7], targets: [`highestMax(${timer('upper_90')}, 10)`], unit: 'ms' },
    { title: 'Median of timers', targets: [`highestMax(${timer('median')}, 10)`], unit: 'ms' },
    { title: 'Most timed', note: 'calls /s', targets: [`highestAverage(${timer('count_ps')}, 10)`], unit: '/s' },
    {
      title: 'Gauges',
      note: 'most changed',
      targets: ["highest(aliasSub(stats.gauges.{$prefix,$prefix.**}, '^stats[.]gauges[.](.*)$', '\\1'), 10, 'range')"],
    },
    {
      title: 'Counted',
      note: 'in this range',
      type: 'table',
      targets: [`highest(aliasSub(${counters}, '^stats_counts[.]', ''), 20, 'total')`],
      unit: 'count',
      figure: 'sum',
    },
    {
      title: 'Received',
      note: '/s',
      targets: [
        "alias(scaleToSeconds(stats_counts.statsd.metrics_received, 1), 'metrics')",
        "alias(scaleToSeconds(stats_counts.statsd.packets_received, 1), 'packets')",
      ],
      unit: '/s',
    },
    { title: 'Bad lines', type: 'bars', targets: ["alias(stats_counts.statsd.bad_lines_seen, 'bad lines')"], unit: 'count' },
  ],
});
