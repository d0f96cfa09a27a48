import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from './errors.ts';
import { decodeFill, encodeFill, type FillBatch } from './fill-batch.ts';
import type { Kind, Method } from './series.ts';

const value = fc.double({ noNaN: true });
const run = fc.record({ step: fc.integer({ min: 0, max: 86_400 }), values: fc.array(value, { maxLength: 8 }) });
const series = fc.record({
  name: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((name) => name.isWellFormed()),
  kind: fc.integer({ min: 0, max: 4 }),
  method: fc.integer({ min: 0, max: 9 }),
  runs: fc.array(run, { maxLength: 4 }),
  start: fc.integer({ min: 0, max: 2 ** 31 }),
});
const batches = fc.uniqueArray(series, { maxLength: 6, selector: ({ name }) => name }).map((list): FillBatch => {
  const values = list.map(({ runs }) => runs.flatMap((each) => each.values));
  return {
    series: list.map(({ name, kind, method, runs }) => ({
      name,
      kind: kind as Kind,
      method: method as Method,
      runs: runs.map(({ step, values }) => ({ step, count: values.length })),
    })),
    times: Uint32Array.from(values.flatMap((each, i) => each.map((_, k) => list[i].start + k * 7))),
    values: Float64Array.from(values.flat()),
  };
});

test('a batch is read as it was written, wherever its bytes lie', () => {
  fc.assert(
    fc.property(batches, fc.nat(9), (batch, before) => {
      const bytes = Buffer.concat([Buffer.alloc(before), encodeFill(batch)]).subarray(before);
      assert.deepEqual(decodeFill(bytes), batch);
    }),
  );
});

test('a batch that was cut or changed is refused or read, never anything else', () => {
  fc.assert(
    fc.property(batches, fc.nat(), fc.nat(255), fc.nat(), (batch, place, byte, cut) => {
      const bytes = encodeFill(batch);
      bytes[place % bytes.length] = byte;
      for (const each of [bytes, bytes.subarray(0, cut % bytes.length)]) {
        try {
          decodeFill(each);
        } catch (error) {
          assert.ok(error instanceof HeedError && error.code === 'bad_batch', String(error));
        }
      }
    }),
  );
});

test('what no store could take is refused with the reason', () => {
  const one = (times: number[], values: number[], counts = [times.length]): FillBatch => ({
    series: [{ name: 'a', kind: 0, method: 1, runs: counts.map((count) => ({ step: 60, count })) }],
    times: Uint32Array.from(times),
    values: Float64Array.from(values),
  });
  const rows: [batch: FillBatch, why: RegExp][] = [
    [one([60, 60], [1, 2]), /times of a are not in order/],
    [one([60, 120, 60], [1, 2, 3], [2, 1]), /times of a are not in order/],
    [one([60], [NaN]), /not a number/],
    [one([60], [1], [2]), /more points than it has/],
    [one([60], [1], []), /fewer points than it has/],
    [{ ...one([], [], []), series: [one([], [], []).series[0], one([], [], []).series[0]] }, /a name is in it twice/],
  ];
  for (const [batch, why] of rows) assert.throws(() => decodeFill(encodeFill(batch)), why);
});
