import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOf } from '../faults.ts';
import { first, panel, read } from './grafana.fixture.ts';

test('types, stacking, filling and figures are taken over', () => {
  const type = (rest: object): string => first(rest).type;
  const custom = (rest: object): object => ({ fieldConfig: { defaults: { custom: rest } } });
  assert.equal(type(custom({ drawStyle: 'bars' })), 'bars');
  assert.equal(type(custom({ stacking: { mode: 'normal' }, fillOpacity: 50 })), 'stacked');
  assert.equal(type(custom({ fillOpacity: 25, stacking: { mode: 'none' } })), 'area');
  assert.equal(type(custom({ fillOpacity: 10 })), 'line');
  assert.equal(type({ type: 'graph', stack: true, fill: 1 }), 'stacked');
  assert.equal(type({ type: 'graph', bars: true }), 'bars');
  for (const one of ['stat', 'singlestat', 'gauge', 'bargauge']) assert.equal(type({ type: one }), 'value');
  assert.deepEqual(
    ['table', 'heatmap', 'state-timeline', 'status-history'].map((one) => type({ type: one })),
    ['table', 'heatmap', 'states', 'states'],
  );
  assert.equal(first({ type: 'stat', options: { reduceOptions: { calcs: ['mean'] } } }).figure, 'average');
  assert.equal(first({ type: 'singlestat', valueName: 'total' }).figure, 'sum');
  assert.deepEqual(first({ type: 'text', options: { mode: 'markdown', content: '# Hi' } }).text, '# Hi');
});

test('units, axes and limits are taken over from every age', () => {
  const now = first({
    fieldConfig: {
      defaults: {
        unit: 'reqps',
        min: 0,
        max: '90',
        custom: { thresholdsStyle: { mode: 'line' } },
        thresholds: {
          mode: 'absolute',
          steps: [
            { color: 'green', value: null },
            { color: '#EAB839', value: 60 },
            { color: 'dark-red', value: 80 },
          ],
        },
      },
    },
  });
  assert.deepEqual([now.unit, now.min, now.max], ['/s', 0, 90]);
  assert.deepEqual(now.limits, [
    { value: 60, state: 'warn', below: false },
    { value: 80, state: 'bad', below: false },
  ]);
  const low = first({
    type: 'gauge',
    fieldConfig: {
      defaults: {
        thresholds: {
          steps: [
            { color: 'red', value: null },
            { color: 'orange', value: 5 },
            { color: 'green', value: 10 },
          ],
        },
      },
    },
  });
  assert.deepEqual(low.limits, [
    { value: 5, state: 'bad', below: true },
    { value: 10, state: 'warn', below: true },
  ]);
  assert.deepEqual(
    first({
      fieldConfig: {
        defaults: {
          thresholds: {
            steps: [
              { color: 'green', value: null },
              { color: 'red', value: 80 },
            ],
          },
        },
      },
    }).limits,
    [],
    'a chart that does not show them',
  );
  const graph = first({
    type: 'graph',
    yaxes: [{ format: 'ms', min: '1', max: null }, {}],
    thresholds: [
      { value: 600, op: 'gt', colorMode: 'warning' },
      { value: 5, op: 'lt', colorMode: 'critical' },
    ],
  });
  assert.deepEqual([graph.unit, graph.min, graph.max], ['ms', 1, null]);
  assert.deepEqual(graph.limits, [
    { value: 600, state: 'warn', below: false },
    { value: 5, state: 'bad', below: true },
  ]);
  const single = first({
    type: 'singlestat',
    format: 'percent',
    thresholds: '70,90',
    colorValue: true,
    colors: ['rgba(50, 172, 45, 0.97)', 'rgba(237, 129, 40, 0.89)', 'rgba(245, 54, 54, 0.9)'],
  });
  assert.deepEqual(single.limits, [
    { value: 70, state: 'warn', below: false },
    { value: 90, state: 'bad', below: false },
  ]);
});

test('references are put in, hidden queries and other sources are left out and noted', () => {
  const { dashboard, notes } = read({
    panels: [
      panel({
        title: 'Share',
        targets: [
          { refId: 'A', target: 'sumSeries(a.[[host]].x)', hide: true },
          { refId: 'B', target: 'b', hide: true },
          { refId: 'C', target: 'asPercent(#A, #B)' },
          { refId: 'D', target: 'scale(#C, 2)', targetFull: 'scale(asPercent(a, b), 2)' },
          { refId: 'E', target: "summarize(c, '$__interval', 'sum')" },
          { refId: 'G', target: 'g', hide: true },
          { refId: 'F', expr: 'up', datasource: { type: 'prometheus' } },
        ],
      }),
      panel({ title: 'Other', datasource: { type: 'prometheus' }, targets: [{ refId: 'A', expr: 'up' }] }),
      { type: 'news', title: 'News', gridPos: { x: 0, y: 9, w: 4, h: 4 } },
    ],
    templating: { list: [{ type: 'query', name: 'host', query: 'a.*' }] },
  });
  assert.deepEqual(dashboard.panels[0].targets, ['asPercent(sumSeries(a.${host}.x), b)', 'scale(asPercent(a, b), 2)', "summarize(c, '1min', 'sum')"]);
  assert.equal(dashboard.panels.length, 1);
  assert.deepEqual(notes, [
    "panel 'Share': $__interval is 1min here",
    "panel 'Share': query G is hidden and was left out",
    "panel 'Share': query F asks prometheus, not Graphite",
    "panel 'Other': query A asks prometheus, not Graphite",
    "panel 'Other' was left out: none of its queries is of Graphite",
    "panel 'News' was left out: panels of type news are not there",
  ]);
});

test('queries that refer to each other, or become too long, are left out', () => {
  const { dashboard, notes } = read({
    panels: [
      panel({
        targets: [
          { refId: 'A', target: 'sum(#B, #B)' },
          { refId: 'B', target: 'sum(#A, #A)' },
          { refId: 'C', target: '#D'.repeat(4000) },
          { refId: 'D', target: 'x'.repeat(1_000_000) },
          { refId: 'E', target: 'fine' },
        ],
      }),
    ],
  });
  assert.deepEqual(
    dashboard.panels[0].targets.filter((target) => target.length < 100),
    ['fine'],
  );
  assert.ok(dashboard.panels[0].targets.every((target) => target.length <= 8192));
  assert.match(notes.join(), /query D is longer than 8192 characters/);
});

test('of too many only the first are taken, which is noted', () => {
  const { dashboard, notes } = read({
    panels: Array.from({ length: 300 }, (_, y) => panel({ gridPos: { x: 0, y, w: 24, h: 1 }, targets: Array.from({ length: 101 }, () => ({ target: 'a' })) })),
    templating: { list: Array.from({ length: 5000 }, (_, i) => ({ name: `v${i}`, type: 'query', query: `a.$v${i + 1}` })) },
  });
  assert.equal(dashboard.panels.length, 200);
  assert.deepEqual(faultsOf(dashboard), []);
  for (const note of ['only the first 200 of 300 panels', 'only the first 50 of 5000 variables', "panel 'P': only the first 100 of 101 queries"])
    assert.ok(notes.includes(note), note);
});

test('variables of each kind are taken over, in an order in which each is known', () => {
  const { dashboard, notes } = read({
    panels: [panel({ targets: [{ target: '$prefix.$dc.$host.$unknown' }] })],
    __inputs: [{ name: 'VAR_PREFIX', type: 'constant', value: 'servers' }],
    templating: {
      list: [
        {
          type: 'query',
          name: 'host',
          label: 'Host',
          query: 'servers.$dc.*',
          multi: true,
          includeAll: true,
          current: { text: 'All', value: ['$__all'] },
          regex: '/web/',
        },
        { type: 'query', name: 'dc', query: { query: 'expand(servers.*)' }, current: { text: 'east', value: 'east' } },
        { type: 'query', name: 'app', query: 'tag_values(app, env=~prod.*)' },
        { type: 'custom', name: 'size', query: 'small : 1, large : 2,3\\,4', current: { value: '2' } },
        { type: 'constant', name: 'prefix', query: '${VAR_PREFIX}', current: { value: 'servers' } },
        { type: 'interval', name: 'every', query: '1m,10m', current: { value: '$__auto_interval_every' } },
        { type: 'query', name: 'all', query: 'tags()', options: [{ value: 'env' }] },
        { type: 'query', name: 'job', datasource: { type: 'prometheus' }, query: 'label_values(job)', current: { value: 'x' } },
        { type: 'datasource', name: 'ds', query: 'graphite' },
        { type: 'adhoc', name: 'filters' },
      ],
    },
  });
  assert.deepEqual(
    dashboard.variables.map(({ name, glob, tag, where, values, default: chosen, multiple }) => [name, glob || tag, where, values, chosen, multiple]),
    [
      ['dc', 'servers.*', [], [], 'east', false],
      ['app', 'app', ['env=~prod.*'], [], '', false],
      ['size', '', [], ['1', '2', '3,4'], '2', false],
      ['prefix', '', [], ['servers'], 'servers', false],
      ['every', '', [], ['1m', '10m'], '', false],
      ['all', '', [], ['env'], '', false],
      ['job', '', [], ['x'], 'x', false],
      ['host', 'servers.$dc.*', [], [], '*', true],
      ['unknown', '', [], ['*'], '', false],
    ],
  );
  assert.equal(notes.length, 6, notes.join('\n'));
});
