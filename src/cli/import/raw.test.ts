import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parseRaw } from './raw.ts';

test('rows come back as they were written, whatever their names hold', () => {
  const value = fc.oneof(fc.double({ noNaN: true }), fc.constant(NaN));
  const row = fc.record({
    name: fc.stringMatching(/^[^\n]{1,20}$/),
    start: fc.nat(),
    step: fc.integer({ min: 1, max: 3600 }),
    values: fc.array(value, { minLength: 1 }),
  });
  const textOf = (each: number): string => (Number.isNaN(each) ? 'None' : Number.isFinite(each) ? String(each) : each > 0 ? 'inf' : '-inf');
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const text = rows
        .map(({ name, start, step, values }) => `${name},${start},${start + step * values.length},${step}|${values.map(textOf).join(',')}\n`)
        .join('');
      const found = Array.from(parseRaw(text), ([name, { start, step, values }]) => ({ name, start, step, values: [...values].map((each) => each + 0) }));
      assert.deepEqual(
        found,
        rows.map((each) => ({ ...each, values: each.values.map((number) => Number(textOf(number).replace('None', 'NaN').replace('inf', 'Infinity')) + 0) })),
      );
    }),
  );
});

test('any text is rows or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const [, { step, values }] of parseRaw(text)) assert.ok(step > 0 && values.length >= 0);
    }),
  );
  assert.deepEqual(
    [...parseRaw('a,10,5,1|1,2\nb,1,2,0|1')].map(([name, { values }]) => [name, values.length]),
    [['a', 0]],
  );
});
