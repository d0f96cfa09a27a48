import { defineDashboard } from '../../core/define.ts';

const perSecond = (name: string, alias: string): string => `alias(scaleToSeconds(heed.${name}, 1), '${alias}')`;

export default defineDashboard({
  slug: 'heed',
  when: ['heed.process.rss_bytes'],
  title: 'Heed itself',
  about: 'What Heed takes, keeps, drops and uses.',
  range: '1h',
  tags: ['heed'],
  panels: [
    { title: 'Points stored', type: 'value', size: [3, 3], targets: [perSecond('points.stored', 'points')], unit: '/s' },
    { title: 'Series', type: 'value', size: [3, 3], targets: ["alias(heed.points.series, 'series')"], unit: 'count' },
    {
      title: 'Dropped',
      note: 'in this range',
      type: 'value',
      size: [3, 3],
      targets: ["alias(sumSeries(heed.*.dropped.*), 'dropped')"],
      unit: 'count',
      figure: 'sum',
      limits: [{ value: 1, state: 'warn', below: false }],
    },
    { title: 'Memory', type: 'value', size: [3, 3], targets: ["alias(heed.process.rss_bytes, 'memory')"], unit: 'B' },
    {
      title: 'Arriving',
      note: '/s, stacked',
      type: 'stacked',
      targets: [perSecond('statsd.lines', 'StatsD lines'), perSecond('carbon.lines', 'Carbon lines'), perSecond('carbon.pickle.points', 'pickled points')],
      unit: '/s',
    },
    { title: 'Points', note: '/s', targets: [perSecond('points.received', 'received'), perSecond('points.stored', 'stored')], unit: '/s' },
    { title: 'Dropped', note: 'by who dropped it', type: 'bars', targets: ["groupByNode(heed.*.dropped.*, 1, 'sum')"], unit: 'count' },
    {
      title: 'Processor',
      note: 'of one core',
      targets: ["alias(heed.process.cpu_percent, 'processor')"],
      unit: '%',
      limits: [{ value: 80, state: 'warn', below: false }],
    },
    { title: 'Memory', type: 'area', targets: ["alias(heed.process.rss_bytes, 'memory')"], unit: 'B' },
    { title: 'Data on disk', type: 'area', targets: ["alias(heed.points.disk_bytes, 'data')"], unit: 'B' },
    {
      title: 'Disk free',
      targets: ["alias(heed.points.disk_free_bytes, 'free')"],
      unit: 'B',
      limits: [
        { value: 5e9, state: 'warn', below: true },
        { value: 1e9, state: 'bad', below: true },
      ],
    },
    { title: 'HTTP', note: '/s', targets: [perSecond('http.requests', 'requests'), perSecond('http.errors', 'errors')], unit: '/s' },
    {
      title: 'Questions',
      note: '/s',
      targets: [perSecond('query.renders', 'answered'), perSecond('query.refused', 'refused'), perSecond('query.timed_out', 'timed out')],
      unit: '/s',
    },
    { title: 'Collectors', type: 'states', size: [12, 4], targets: ['aliasByNode(collectors.*.ok, 1)'], limits: [{ value: 1, state: 'bad', below: true }] },
  ],
});
