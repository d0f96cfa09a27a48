import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { PanelLimit } from '../../core/dashboard.ts';
import { arbitraryDashboard } from '../arbitrary.fixture.ts';
import { checkDashboard } from '../check.ts';
import { completeDashboard } from '../complete.ts';
import { faultsOf } from '../faults.ts';
import { dashboardToGrafana, panelToGrafana } from './export.ts';
import { first } from './grafana.fixture.ts';
import { importGrafana } from './import.ts';
import { stepsOf } from './thresholds.ts';

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
