import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHistograms } from './histograms.ts';

test('upstream’s list is read, inf included', () => {
  assert.deepEqual(readHistograms('[{"metric":"t1","bins":[10,100,"inf"]},{"metric":"","bins":[]}]'), [
    { metric: 't1', bins: [10, 100, Infinity] },
    { metric: '', bins: [] },
  ]);
  assert.deepEqual(readHistograms(''), []);
});

for (const text of ['{', '{}', '[1]', '[null]', '[{"metric":"a"}]', '[{"metric":1,"bins":[]}]', '[{"metric":"a","bins":["x"]}]'])
  test(`${text} is refused with what to write`, () => assert.throws(() => readHistograms(text), /cannot use statsdOptions\.histogram: .*write a list/));
