import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { faultsOf } from '../faults.ts';
import { readAnyDashboard } from '../read-any.ts';

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
