import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { arbitraryDashboard } from '../arbitrary.fixture.ts';
import { checkDashboard } from '../check.ts';
import { faultsOf } from '../faults.ts';
import { readAnyDashboard } from '../read-any.ts';
import { dashboardToGraphiteWeb } from './export.ts';
import { importGraphiteWeb } from './import.ts';

test('graphs of every form become panels', async () => {
  const state = {
    name: 'Shop',
    timeConfig: { type: 'relative', relativeStartUnits: 'hours', relativeStartQuantity: '2', relativeUntilUnits: 'now', relativeUntilQuantity: '' },
    graphSize: { width: 600, height: 300 },
    defaultGraphParams: { from: '-2hours', until: 'now', width: 600, height: 300, lineMode: 'staircase' },
    graphs: [
      [
        'f00',
        'target=a.b',
        { target: ['a.b', 'c.d'], title: 'Two', areaMode: 'stacked', vtitle: 'orders', yMin: '0', yMax: '10', lineMode: 'slope' },
        '/render?target=a.b',
      ],
      ['target=x&target=y', { title: 'Form', areaMode: 'all', drawNullAsZero: 'true', lineMode: '' }, '/render'],
      [['z'], { yMax: 'none', graphType: 'pie', colorList: 'red' }],
      [],
    ],
  };
  const { dashboard, format, notes } = await readAnyDashboard(JSON.stringify({ state }));
  assert.deepEqual([format, dashboard.title, dashboard.range], ['graphite-web', 'Shop', '2h']);
  assert.deepEqual(
    dashboard.panels.map(({ title, type, note, targets, min, max, place }) => [title, type, note, targets, min, max, place.x, place.w]),
    [
      ['Two', 'stacked', 'orders', ['a.b', 'c.d'], 0, 10, 0, 6],
      ['Form', 'area', '', ['transformNull(x)', 'transformNull(y)'], null, null, 6, 6],
      ['', 'table', '', ['z'], null, null, 0, 6],
      ['', 'line', '', [], null, null, 6, 6],
    ],
  );
  assert.deepEqual(notes, [
    "graph '3': it is a table here, not a pie",
    "graph '3': its lines are not drawn as staircase",
    "graph '3': colorList is not there",
    "graph '4': it has no targets",
    "graph '4': its lines are not drawn as staircase",
  ]);
});

test('what graphite-web is given comes back the same, as far as it can say it', () => {
  fc.assert(
    fc.property(arbitraryDashboard, (made) => {
      const dashboard = checkDashboard(made);
      const state = JSON.parse(JSON.stringify(dashboardToGraphiteWeb('x', dashboard))) as Record<string, unknown>;
      const again = importGraphiteWeb(state).dashboard;
      assert.deepEqual(faultsOf(again), []);
      const shown = dashboard.panels.filter(({ type, targets }) => type !== 'text' && targets.length > 0);
      assert.deepEqual(
        again.panels.map(({ title, note, targets, min, max }) => ({ title, note, targets, min, max })),
        shown.map(({ title, note, targets, compare, min, max }) => ({
          title,
          note,
          targets: [...targets, ...(compare === '' ? [] : targets.map((target) => `timeShift(${target}, '${compare}')`))],
          min,
          max,
        })),
      );
      assert.equal(again.range, dashboard.range);
    }),
    { numRuns: 300 },
  );
});
