import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Dashboard, PanelLimit } from '../../core/dashboard.ts';
import { arbitraryDashboard } from '../arbitrary.fixture.ts';
import { checkDashboard } from '../check.ts';
import { completeDashboard } from '../complete.ts';
import { faultsOf } from '../faults.ts';
import { readAnyDashboard } from '../read-any.ts';
import { dashboardToGrafana, panelToGrafana } from './export.ts';
import { importGrafana } from './import.ts';
import { stepsOf } from './thresholds.ts';

const graphite = { type: 'graphite', uid: 'g' };
const panel = (rest: object): object => ({
  id: 1,
  type: 'timeseries',
  title: 'P',
  gridPos: { x: 0, y: 0, w: 12, h: 8 },
  datasource: graphite,
  targets: [{ refId: 'A', target: 'a.b' }],
  ...rest,
});
const read = (rest: object): ReturnType<typeof importGrafana> => importGrafana({ title: 'T', schemaVersion: 39, panels: [], ...rest });
const first = (rest: object): Dashboard['panels'][number] => read({ panels: [panel(rest)] }).dashboard.panels[0];

test('24 columns become 12 without gaps or overlaps', () => {
  const places = [
    { x: 0, y: 0, w: 5, h: 8 },
    { x: 5, y: 0, w: 7, h: 8 },
    { x: 12, y: 0, w: 12, h: 8 },
    { x: 0, y: 8, w: 24, h: 300 },
  ];
  const { dashboard } = read({ panels: places.map((gridPos) => panel({ gridPos })) });
  assert.deepEqual(
    dashboard.panels.map(({ place }) => Object.values(place)),
    [
      [0, 0, 3, 8],
      [3, 0, 3, 8],
      [6, 0, 6, 8],
      [0, 8, 12, 100],
    ],
  );
});

test('rows become titles, and what is in collapsed ones pushes down what follows', () => {
  const { dashboard } = read({
    panels: [
      { type: 'row', title: 'Open', collapsed: false, gridPos: { x: 0, y: 0, w: 24, h: 1 }, panels: [] },
      panel({ title: 'one', gridPos: { x: 0, y: 1, w: 24, h: 4 } }),
      {
        type: 'row',
        title: 'Closed',
        collapsed: true,
        gridPos: { x: 0, y: 5, w: 24, h: 1 },
        panels: [panel({ title: 'two', gridPos: { x: 0, y: 1, w: 24, h: 7 } })],
      },
      { type: 'row', title: '', gridPos: { x: 0, y: 6, w: 24, h: 1 } },
      panel({ title: 'three', gridPos: { x: 0, y: 7, w: 24, h: 4 } }),
    ],
  });
  assert.deepEqual(
    dashboard.panels.map(({ title, text, place }) => [title || text, place.y, place.h]),
    [
      ['**Open**', 0, 1],
      ['one', 1, 4],
      ['**Closed**', 5, 1],
      ['two', 6, 7],
      ['three', 14, 4],
    ],
  );
});

test('rows of old dashboards are laid out by their spans', () => {
  const graph = (title: string, span: number): object => ({ type: 'graph', title, span, targets: [{ target: 'a.b' }] });
  const { dashboard } = importGrafana({
    title: 'Old',
    schemaVersion: 12,
    rows: [
      { title: 'Web', showTitle: true, height: '200px', panels: [graph('a', 8), graph('b', 4), graph('c', 6)] },
      { height: 320, panels: [graph('d', 12)] },
    ],
  });
  assert.deepEqual(
    dashboard.panels.map(({ title, text, place }) => [title || text, ...Object.values(place)]),
    [
      ['**Web**', 0, 0, 12, 1],
      ['a', 0, 1, 8, 5],
      ['b', 8, 1, 4, 5],
      ['c', 0, 6, 6, 5],
      ['d', 0, 11, 12, 8],
    ],
  );
});

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

test('what is exported is imported as the same, as far as Grafana can say it', () => {
  fc.assert(
    fc.property(arbitraryDashboard, (made) => {
      const dashboard = checkDashboard(made);
      // `#B` is another query to Grafana.
      fc.pre(dashboard.panels.every(({ targets }) => targets.every((target) => !/#[A-Z]/.test(target))));
      const exported = JSON.parse(JSON.stringify(dashboardToGrafana(dashboard))) as Record<string, unknown>;
      const again = importGrafana(exported).dashboard;
      assert.deepEqual(faultsOf(again), []);
      // A panel without targets shows nothing, and Grafana's panels of one place are in the order of places.
      const shown = dashboard.panels
        .filter(({ type, targets }) => type === 'text' || targets.length > 0)
        .toSorted((a, b) => a.place.y - b.place.y || a.place.x - b.place.x);
      assert.deepEqual(
        again.panels.map(({ type, place, targets, compare }) => ({ type, place, targets, compare })),
        shown.map(({ type, place, targets, compare }) =>
          type === 'text' ? { type, place, targets: [], compare: '' } : { type, place, targets: targets.filter((t) => t !== ''), compare },
        ),
      );
      const told = again.panels.filter(({ type }) => type !== 'text');
      assert.deepEqual(
        told.map(({ unit, min, max, figure }) => ({ unit, min, max, figure })),
        shown.filter(({ type }) => type !== 'text').map(({ unit, min, max, figure }) => ({ unit, min, max, figure })),
      );
      assert.equal(again.range, dashboard.range);
    }),
    { numRuns: 300 },
  );
});

test('limits become colours and back', () => {
  const back = (limits: PanelLimit[]): PanelLimit[] =>
    first({ type: 'stat', fieldConfig: { defaults: { thresholds: { mode: 'absolute', steps: stepsOf(limits) } } } }).limits;
  const warn = { value: 600, state: 'warn', below: false } as const;
  const bad = { value: 900, state: 'bad', below: false } as const;
  for (const limits of [[], [warn], [warn, bad], [{ value: 5, state: 'bad', below: true } as const, warn]]) assert.deepEqual(back([...limits]), limits);
});

test('every dashboard that is exported has what Grafana needs', () => {
  const made = completeDashboard({
    title: 'T',
    panels: [{ targets: ['a', 'b'], compare: '1d', type: 'value' }],
    variables: [{ name: 'v', glob: 'a.*', multiple: true, default: '*' }],
  });
  const json = dashboardToGrafana(made) as {
    schemaVersion: number;
    panels: { id: number; targets: { refId: string; target: string }[]; fieldConfig: object }[];
    templating: { list: object[] };
  };
  assert.equal(json.schemaVersion, 39);
  assert.deepEqual(
    json.panels[0].targets.map(({ refId, target }) => `${refId} ${target}`),
    ['A a', 'B b', "C timeShift(a, '1d')", "D timeShift(b, '1d')"],
  );
  assert.partialDeepStrictEqual(json.templating.list[0], { type: 'query', query: 'a.*', multi: true, includeAll: true, current: { value: ['$__all'] } });
  assert.partialDeepStrictEqual(panelToGrafana(made.panels[0]), { type: 'stat', gridPos: { x: 0, y: 0, w: 8, h: 6 }, datasource: { type: 'graphite' } });
});

test('whatever is sent as JSON is refused in words, or becomes a dashboard without faults', async () => {
  const key = fc.constantFrom(
    'panels',
    'rows',
    'title',
    'type',
    'targets',
    'target',
    'gridPos',
    'x',
    'w',
    'h',
    'y',
    'templating',
    'list',
    'query',
    'name',
    'fieldConfig',
    'defaults',
    'thresholds',
    'steps',
    'time',
    'from',
    'state',
    'graphs',
    '__proto__',
    'options',
    'span',
    'datasource',
    'refId',
  );
  const leaf = fc.oneof(
    fc.constantFrom('graph', 'row', 'timeseries', 'text', 'query', 'custom', '#A', '$a', '', 'now-1h'),
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 6, withCrossShrink: true }, leaf, fc.array(tie('tree'), { maxLength: 4 }), fc.dictionary(key, tie('tree'), { maxKeys: 6 })),
  }));
  await fc.assert(
    fc.asyncProperty(
      fc.record(
        { panels: fc.array(fc.dictionary(key, tree), { maxLength: 5 }), templating: tree, time: tree, title: tree, state: tree, rows: tree },
        { requiredKeys: [] },
      ),
      async (json) => {
        try {
          assert.deepEqual(faultsOf((await readAnyDashboard(JSON.stringify(json))).dashboard), []);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'bad_dashboard', String(error));
        }
      },
    ),
    { numRuns: 1000 },
  );
});
