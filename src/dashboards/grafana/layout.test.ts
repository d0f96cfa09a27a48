import assert from 'node:assert/strict';
import { test } from 'node:test';
import { panel, read } from './grafana.fixture.ts';
import { importGrafana } from './import.ts';

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
