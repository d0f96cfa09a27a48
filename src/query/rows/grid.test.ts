import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fold } from '../../core/fold.ts';
import type { Row } from '../../core/frame.ts';
import { methodByName, type Method } from '../../core/series.ts';
import { consolidate } from './grid.ts';

const value = fc.oneof(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), fc.constant(NaN));

void test('groups of values become what whisper makes of them, to the last bit, the short one at the end too', () => {
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 60 }),
      fc.integer({ min: 2, max: 9 }),
      fc.constantFrom('average' as const, 'sum' as const, 'last' as const, 'max' as const),
      fc.constantFrom(0, 0.3, 0.5, 1),
      (list, size, method, xFilesFactor) => {
        const values = Float64Array.from(list);
        const row: Row = { name: 'a', path: 'a', tags: {}, start: 0, step: 10, values, consolidate: method, xFilesFactor };
        const folded = consolidate(row, size);
        assert.equal(folded.step, 10 * size);
        assert.equal(folded.values.length, Math.ceil(list.length / size));
        for (const [i, made] of folded.values.entries()) {
          const end = Math.min((i + 1) * size, list.length);
          assert.equal(made, fold(methodByName(method) as Method, values, i * size, end, (xFilesFactor * size) / (end - i * size)));
        }
      },
    ),
  );
});
