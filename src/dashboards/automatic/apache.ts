import { defineDashboard } from '../../core/define.ts';

/** prefix.address.METHOD.status, with or without a last part for the host. */
const METHODS = '{GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS}';
const counts = (status: string): string => `exclude(stats_counts.**.${METHODS}.{${status},${status}.*}, '[.][.]')`;
const perSecond = (status: string): string => `scaleToSeconds(sumSeries(${counts(status)}), 1)`;
const times = (status: string, figure: string): string => `exclude(stats.timers.**.${METHODS}.{${status},${status}.*}.${figure}, '[.][.]')`;
const address = `'^(?:stats_counts|stats[.]timers)[.][^.]+[.](.*)[.](${METHODS.slice(1, -1).replaceAll(',', '|')})[.]([1-5]..)(?:[.].*)?$', '\\2 \\1 \\3'`;
const STATUS = '[1-5]??';

export default defineDashboard({
  slug: 'apache',
  when: [`stats_counts.*.{*,*.*,*.*.*}.{GET,HEAD,POST}.${STATUS}`],
  title: 'Apache by mod_statsd',
  about: 'Requests that Apache counts and times by mod_statsd: how many, how slow, what fails, and which addresses.',
  tags: ['web'],
  panels: [
    { title: 'Requests', type: 'value', size: [3, 3], targets: [`alias(${perSecond(STATUS)}, 'requests')`], unit: '/s' },
    {
      title: 'Failed',
      note: 'of all, 5xx',
      type: 'value',
      size: [3, 3],
      targets: [`alias(asPercent(sumSeries(${counts('5??')}), sumSeries(${counts(STATUS)})), '5xx')`],
      unit: '%',
      figure: 'average',
      limits: [
        { value: 1, state: 'warn', below: false },
        { value: 5, state: 'bad', below: false },
      ],
    },
    {
      title: 'Slowest address',
      note: 'upper 90',
      type: 'value',
      size: [3, 3],
      targets: [`alias(maxSeries(${times(STATUS, 'upper_90')}), 'slowest')`],
      unit: 'ms',
      figure: 'max',
      limits: [{ value: 1000, state: 'warn', below: false }],
    },
    {
      title: 'Not found',
      note: 'in this range',
      type: 'value',
      size: [3, 3],
      targets: [`alias(sumSeries(${counts('404')}), '404')`],
      unit: 'count',
      figure: 'sum',
    },
    {
      title: 'Requests by status',
      note: '/s, stacked',
      type: 'stacked',
      size: [6, 6],
      targets: ['2', '3', '4', '5'].map((first) => `alias(${perSecond(`${first}??`)}, '${first}xx')`),
      unit: '/s',
    },
    {
      title: 'Time to answer',
      note: 'over all addresses',
      size: [6, 6],
      targets: [`alias(averageSeries(${times(STATUS, 'mean')}), 'mean')`, `alias(maxSeries(${times(STATUS, 'upper_90')}), 'slowest address, upper 90')`],
      unit: 'ms',
    },
    {
      title: 'Slowest addresses',
      note: 'upper 90',
      size: [6, 7],
      targets: [`highestMax(aliasSub(aliasSub(${times(STATUS, 'upper_90')}, '[.]upper_90$', ''), ${address}), 10)`],
      unit: 'ms',
    },
    {
      title: 'Busiest addresses',
      note: 'requests in this range',
      type: 'table',
      size: [6, 7],
      targets: [`highest(aliasSub(${counts(STATUS)}, ${address}), 20, 'total')`],
      unit: 'count',
      figure: 'sum',
    },
    { title: 'Errors of the server', note: '5xx', type: 'bars', targets: [`highest(aliasSub(${counts('5??')}, ${address}), 10, 'total')`], unit: 'count' },
    { title: 'Errors of clients', note: '4xx', type: 'bars', targets: [`highest(aliasSub(${counts('4??')}, ${address}), 10, 'total')`], unit: 'count' },
    {
      title: 'By method',
      note: '/s, stacked',
      type: 'stacked',
      targets: ['GET', 'POST'].map(
        (method) => `alias(scaleToSeconds(sumSeries(exclude(stats_counts.**.${method}.{${STATUS},${STATUS}.*}, '[.][.]')), 1), '${method}')`,
      ),
      unit: '/s',
    },
  ],
});
