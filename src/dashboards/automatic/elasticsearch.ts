import { defineDashboard } from '../../core/define.ts';

const all = 'elasticsearch.stats.$host._all';
const rate = (name: string, alias: string): string => `alias(perSecond(${all}.total.${name}), '${alias}')`;
/** Mean time of one, from two counters that only grow. */
const each = (time: string, count: string, alias: string): string =>
  `alias(divideSeries(nonNegativeDerivative(${all}.total.${time}), nonNegativeDerivative(${all}.total.${count})), '${alias}')`;

export default defineDashboard({
  slug: 'elasticsearch',
  when: ['elasticsearch.stats.*._all.total.docs.count'],
  title: 'Elasticsearch',
  about: 'Index statistics of Elasticsearch, as the carbon returner of Salt sends them from elasticsearch.stats.',
  range: '6h',
  tags: ['search'],
  variables: [{ name: 'host', label: 'Host', glob: 'elasticsearch.stats.*' }],
  panels: [
    { title: 'Documents', type: 'value', size: [3, 3], targets: [`alias(${all}.primaries.docs.count, 'documents')`], unit: 'count' },
    { title: 'Size', note: 'with replicas', type: 'value', size: [3, 3], targets: [`alias(${all}.total.store.size_in_bytes, 'size')`], unit: 'B' },
    { title: 'Searches', type: 'value', size: [3, 3], targets: [rate('search.query_total', 'searches')], unit: '/s' },
    {
      title: 'Search time',
      note: 'mean',
      type: 'value',
      size: [3, 3],
      targets: [each('search.query_time_in_millis', 'search.query_total', 'query')],
      unit: 'ms',
      limits: [{ value: 500, state: 'warn', below: false }],
    },
    {
      title: 'Searching',
      note: '/s',
      targets: [rate('search.query_total', 'queries'), rate('search.fetch_total', 'fetches'), rate('get.total', 'gets')],
      unit: '/s',
    },
    {
      title: 'Time of searches',
      note: 'mean of one',
      targets: [
        each('search.query_time_in_millis', 'search.query_total', 'query'),
        each('search.fetch_time_in_millis', 'search.fetch_total', 'fetch'),
        each('get.time_in_millis', 'get.total', 'get'),
      ],
      unit: 'ms',
    },
    { title: 'Indexing', note: '/s', targets: [rate('indexing.index_total', 'indexed'), rate('indexing.delete_total', 'deleted')], unit: '/s' },
    { title: 'Time of indexing', note: 'mean of one', targets: [each('indexing.index_time_in_millis', 'indexing.index_total', 'index')], unit: 'ms' },
    {
      title: 'Documents',
      targets: [`alias(${all}.primaries.docs.count, 'documents')`, `alias(${all}.primaries.docs.deleted, 'deleted, not merged yet')`],
      unit: 'count',
    },
    {
      title: 'Size',
      type: 'area',
      targets: [`alias(${all}.total.store.size_in_bytes, 'with replicas')`, `alias(${all}.primaries.store.size_in_bytes, 'primaries')`],
      unit: 'B',
    },
    {
      title: 'Merges, refreshes, flushes',
      note: '/s',
      targets: [rate('merges.total', 'merges'), rate('refresh.total', 'refreshes'), rate('flush.total', 'flushes')],
      unit: '/s',
    },
    {
      title: 'Fielddata',
      note: 'in memory',
      targets: [`alias(${all}.total.fielddata.memory_size_in_bytes, 'fielddata')`, `alias(${all}.total.segments.memory_in_bytes, 'segments')`],
      unit: 'B',
    },
    {
      title: 'Fielddata thrown out',
      note: '/s',
      targets: [rate('fielddata.evictions', 'evictions')],
      unit: '/s',
      limits: [{ value: 1, state: 'warn', below: false }],
    },
    {
      title: 'Largest indexes',
      type: 'table',
      size: [12, 7],
      targets: [
        "highestCurrent(aliasSub(elasticsearch.stats.$host.indices.**.total.store.size_in_bytes, '^.*[.]indices[.](.*)[.]total[.]store.*$', '\\1'), 20)",
      ],
      unit: 'B',
    },
  ],
});
