import { defineDashboard } from '../../core/define.ts';

const host = 'collectd.$host';

/** Read and written of each disk or interface, on one chart. */
const both = (glob: string, [one, other]: readonly [string, string]): string[] =>
  [one, other].map((way) => `aliasSub(${host}.${glob}.${way}, '^.*[.](?:disk|interface)-([^.]+)[.].*$', '\\1 ${way}')`);

export default defineDashboard({
  slug: 'collectd',
  when: ['collectd.*.load.load.shortterm'],
  title: 'Machines by collectd',
  about: 'Processor, memory, disks and network of a machine whose collectd writes to Graphite with the prefix collectd.',
  tags: ['machines'],
  variables: [{ name: 'host', label: 'Host', glob: 'collectd.*' }],
  panels: [
    { title: 'Load', note: '1 min', type: 'value', size: [3, 3], targets: [`alias(${host}.load.load.shortterm, 'load')`], unit: 'number' },
    {
      title: 'Memory used',
      note: 'of all',
      type: 'value',
      size: [3, 3],
      targets: [`alias(asPercent(${host}.memory.memory-used, sumSeries(${host}.memory.memory-{used,free,buffered,cached,slab_recl,slab_unrecl})), 'used')`],
      unit: '%',
      limits: [
        { value: 85, state: 'warn', below: false },
        { value: 95, state: 'bad', below: false },
      ],
    },
    {
      title: 'Fullest disk',
      note: 'used',
      type: 'value',
      size: [3, 3],
      targets: [
        `highestMax(aliasSub(asPercent(${host}.df-*.df_complex-used, ${host}.df-*.df_complex-{used,free,reserved}, 2), '^.*[.]df-([^.]+)[.].*$', '\\1'), 1)`,
      ],
      unit: '%',
      figure: 'max',
      limits: [
        { value: 80, state: 'warn', below: false },
        { value: 90, state: 'bad', below: false },
      ],
    },
    { title: 'Processes running', type: 'value', size: [3, 3], targets: [`alias(${host}.processes.ps_state-running, 'running')`], unit: 'count' },
    {
      title: 'Processor',
      note: 'mean of the cores, stacked',
      type: 'stacked',
      targets: [`aliasSub(groupByNode(${host}.cpu*.{cpu,percent}-{user,nice,system,interrupt,softirq,steal,wait}, 3, 'average'), '^(?:cpu|percent)-', '')`],
      unit: '%',
      max: 100,
    },
    {
      title: 'Load',
      targets: [`alias(${host}.load.load.shortterm, '1 min')`, `alias(${host}.load.load.midterm, '5 min')`, `alias(${host}.load.load.longterm, '15 min')`],
      unit: 'number',
    },
    {
      title: 'Memory',
      note: 'stacked',
      type: 'stacked',
      targets: [`aliasSub(${host}.memory.memory-{used,slab_unrecl,buffered,cached,slab_recl,free}, '^.*memory-', '')`],
      unit: 'B',
    },
    { title: 'Swap', targets: [`aliasSub(${host}.swap.swap-{used,cached}, '^.*swap-', '')`], unit: 'B' },
    { title: 'Disk traffic', note: 'read and written', targets: both('disk-*.disk_octets', ['read', 'write']), unit: 'B/s' },
    { title: 'Disk operations', note: '/s', targets: both('disk-*.disk_ops', ['read', 'write']), unit: '/s' },
    {
      title: 'Space used',
      note: 'of each file system',
      targets: [`aliasSub(asPercent(${host}.df-*.df_complex-used, ${host}.df-*.df_complex-{used,free,reserved}, 2), '^.*[.]df-([^.]+)[.].*$', '\\1')`],
      unit: '%',
      max: 100,
      limits: [
        { value: 80, state: 'warn', below: false },
        { value: 90, state: 'bad', below: false },
      ],
    },
    { title: 'Network', note: 'in and out', targets: both('interface-*.if_octets', ['rx', 'tx']), unit: 'B/s' },
    {
      title: 'Network errors and drops',
      note: '/s',
      targets: [`alias(sumSeries(${host}.interface-*.if_errors.*), 'errors')`, `alias(sumSeries(${host}.interface-*.if_dropped.*), 'dropped')`],
      unit: '/s',
    },
    {
      title: 'Processes',
      note: 'by state',
      type: 'stacked',
      size: [8, 6],
      targets: [`aliasSub(${host}.processes.ps_state-*, '^.*ps_state-', '')`],
      unit: 'count',
    },
    { title: 'New processes', note: '/s', targets: [`alias(${host}.processes.fork_rate, 'forks')`], unit: '/s' },
  ],
});
