import { defineDashboard } from '../../core/define.ts';

const relay = 'carbon.relays.$relay';
const perSecond = (name: string, alias: string): string => `alias(scaleToSeconds(sumSeries(${relay}.${name}), 1), '${alias}')`;
const each = (name: string): string => `aliasByNode(scaleToSeconds(${relay}.destinations.*.${name}, 1), 4)`;

export default defineDashboard({
  slug: 'carbon-relay',
  when: ['carbon.relays.*.destinations.*.sent'],
  title: 'Carbon relays',
  about: 'What carbon-relay says of itself: what it receives, where it sends it, what waits and what it drops.',
  range: '6h',
  tags: ['carbon'],
  variables: [{ name: 'relay', label: 'Relay', glob: 'carbon.relays.*', default: '*', multiple: true }],
  panels: [
    { title: 'Received', type: 'value', size: [3, 3], targets: [perSecond('metricsReceived', 'received')], unit: '/s' },
    { title: 'Sent', type: 'value', size: [3, 3], targets: [perSecond('destinations.*.sent', 'sent')], unit: '/s' },
    {
      title: 'Longest queue',
      type: 'value',
      size: [3, 3],
      targets: [`alias(maxSeries(${relay}.destinations.*.relayMaxQueueLength), 'queue')`],
      unit: 'count',
      figure: 'max',
    },
    {
      title: 'Dropped',
      note: 'in this range',
      type: 'value',
      size: [3, 3],
      targets: [`alias(sumSeries(${relay}.destinations.*.fullQueueDrops), 'dropped')`],
      unit: 'count',
      figure: 'sum',
      limits: [{ value: 1, state: 'bad', below: false }],
    },
    { title: 'Points', note: '/s', size: [6, 6], targets: [perSecond('metricsReceived', 'received'), perSecond('destinations.*.sent', 'sent')], unit: '/s' },
    { title: 'Sent', note: '/s, by destination', type: 'stacked', size: [6, 6], targets: [each('sent')], unit: '/s' },
    { title: 'Queues', note: 'longest, by destination', targets: [`aliasByNode(${relay}.destinations.*.relayMaxQueueLength, 4)`], unit: 'count' },
    { title: 'Dropped', note: 'queue was full', type: 'bars', targets: [`aliasByNode(${relay}.destinations.*.fullQueueDrops, 4)`], unit: 'count' },
    { title: 'Tried', note: '/s, by destination', targets: [each('attemptedRelays')], unit: '/s' },
    { title: 'Processor', targets: [`aliasByNode(${relay}.cpuUsage, 2)`], unit: '%', limits: [{ value: 90, state: 'warn', below: false }] },
    { title: 'Memory', targets: [`aliasByNode(${relay}.memUsage, 2)`], unit: 'B' },
  ],
});
