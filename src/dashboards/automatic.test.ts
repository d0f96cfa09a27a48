import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeDashboard } from './complete.ts';
import { faultsOf } from './faults.ts';
import { AUTOMATIC } from './registry.gen.ts';
import { readDashboard } from './yaml/read.ts';
import { writeDashboard } from './yaml/write.ts';

test('every automatic dashboard is one, with an address of its own and panels that do not overlap', () => {
  const slugs = AUTOMATIC.map(({ slug }) => slug);
  assert.equal(new Set(slugs).size, slugs.length);
  for (const definition of AUTOMATIC) {
    assert.match(definition.slug, /^[a-z0-9-]{1,100}$/);
    assert.ok(definition.when.length > 0 && definition.about !== undefined);
    const dashboard = completeDashboard(definition);
    assert.deepEqual(faultsOf(dashboard), [], definition.slug);
    assert.ok(dashboard.panels.length >= 8 && dashboard.panels.length <= 15, definition.slug);
    assert.deepEqual(readDashboard(writeDashboard(dashboard)), dashboard, definition.slug);
    const cells = dashboard.panels.flatMap(({ place: { x, y, w, h } }) => Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`));
    assert.equal(new Set(cells).size, cells.length, definition.slug);
  }
});
