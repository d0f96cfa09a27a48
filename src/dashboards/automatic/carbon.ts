import { defineDashboard } from '../../core/define.ts';

const agent = 'carbon.agents.$agent';
/** Counted since the last report, which comes each minute. */
const perSecond = (name: string, alias: string): string => `alias(scaleToSeconds(sumSeries(${agent}.${name}), 1), '${alias}')`;
const sum = (name: string, alias: string): string => `alias(sumSeries(${agent}.${name}), '${alias}')`;

export default defineDashboard({
  slug: 'carbon',
  when: ['carbon.agents.*.metricsReceived'],
  title: 'Carbon caches',
  about: 'What carbon-cache says of itself: what it receives and writes, how its queue grows, what it refuses.',
  range: '6h',
  tags: ['carbon'],
  variables: [{ name: 'agent', label: 'Cache', glob: 'carbon.agents.*', default: '*', multiple: true }],
  panels: [
    { title: 'Received', type: 'value', size: [3, 3], targets: [perSecond('metricsReceived', 'received')], unit: '/s' },
    { title: 'Written', type: 'value', size: [3, 3], targets: [perSecond('committedPoints', 'written')], unit: '/s' },
    { title: 'Waiting', note: 'points', type: 'value', size: [3, 3], targets: [sum('cache.size', 'waiting')], unit: 'count' },
    {
      title: 'Errors',
      note: 'in this range',
      type: 'value',
      size: [3, 3],
      targets: [sum('errors', 'errors')],
      unit: 'count',
      figure: 'sum',
      limits: [{ value: 1, state: 'bad', below: false }],
    },
    { title: 'Points', note: '/s', size: [6, 6], targets: [perSecond('metricsReceived', 'received'), perSecond('committedPoints', 'written')], unit: '/s' },
    { title: 'Waiting in the cache', type: 'area', size: [6, 6], targets: [sum('cache.size', 'points'), sum('cache.queues', 'series')], unit: 'count' },
    {
      title: 'Thrown away',
      note: 'cache overflowed',
      type: 'bars',
      targets: [sum('cache.overflow', 'overflows')],
      unit: 'count',
      limits: [{ value: 1, state: 'bad', below: false }],
    },
    { title: 'Points in one write', targets: [`aliasByNode(${agent}.pointsPerUpdate, 2)`], unit: 'number' },
    { title: 'Time of a write', targets: [`aliasByNode(${agent}.avgUpdateTime, 2)`], unit: 's' },
    { title: 'New series', type: 'bars', targets: [sum('creates', 'created'), sum('droppedCreates', 'refused')], unit: 'count' },
    { title: 'Processor', targets: [`aliasByNode(${agent}.cpuUsage, 2)`], unit: '%', limits: [{ value: 90, state: 'warn', below: false }] },
    { title: 'Memory', targets: [`aliasByNode(${agent}.memUsage, 2)`], unit: 'B' },
    { title: 'Questions to the cache', note: '/s', targets: [perSecond('cache.queries', 'single'), perSecond('cache.bulk_queries', 'bulk')], unit: '/s' },
    { title: 'Connections', targets: [`aliasByNode(${agent}.activeConnections, 2)`], unit: 'count' },
  ],
});
