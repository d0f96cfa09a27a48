import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImportAnswer } from '../../api/contract.ts';
import type { FillBatch } from '../../core/fill-batch.ts';
import { Method } from '../../core/series.ts';
import { compareRow, type Difference, expectedOf } from './expected.ts';

const NOW = 1_000_000_000;

/** A series of 10 s and then of 1 s steps, kept as `10s:1h,1m:1d`. */
function expected(values: number[], step: number, changes: Partial<ImportAnswer> = {}): ReturnType<typeof expectedOf>[0] {
  const start = NOW - (NOW % 60) - 600;
  const batch: FillBatch = {
    series: [{ name: 'a', kind: 0, method: Method.sum, runs: [{ step, count: values.length }] }],
    times: Uint32Array.from(values, (_, i) => start + i * (step || 10)),
    values: Float64Array.from(values),
  };
  const retentions = [
    [
      { step: 10_000, keep: 3_600_000 },
      { step: 60_000, keep: 86_400_000 },
    ],
  ];
  const answer: ImportAnswer = {
    now: NOW * 1000,
    written: values.length,
    made: 1,
    left: [],
    retentions,
    retentionOf: [0],
    methods: [Method.sum],
    xFilesFactors: [0.5],
    ...changes,
  };
  return expectedOf(batch, answer)[0];
}

function compare(series: ReturnType<typeof expected>, step: number, values: number[]): { damage: Difference[]; kept: Difference[] } {
  const damage: Difference[] = [];
  const kept: Difference[] = [];
  compareRow(series, { start: series.times[0], step, values: Float64Array.from(values) }, NOW, (each, wasThere) => (wasThere ? kept : damage).push(each));
  return { damage, kept };
}

test('the same values are no difference, another or none is one, by name and time', () => {
  assert.deepEqual(compare(expected([1, 2, 3], 10), 10, [1, 2, 3]).damage, []);
  const series = expected([1, 2, 3], 10);
  assert.deepEqual(compare(series, 10, [1, 2.5, NaN]).damage, [
    { name: 'a', time: series.times[1], wanted: 2, got: 2.5 },
    { name: 'a', time: series.times[2], wanted: 3, got: NaN },
  ]);
});

test('a finer answer holds each point in its own slot', () => {
  assert.deepEqual(compare(expected([4, 5], 60), 10, [4, NaN, NaN, NaN, NaN, NaN, 5]).damage, []);
  assert.equal(compare(expected([4, 5], 60), 10, [NaN, 4, NaN, NaN, NaN, NaN, 5]).damage.length, 1);
});

test('a coarser answer holds the points folded by the method, or nothing when they are too few', () => {
  assert.deepEqual(compare(expected([1, 2, 3, 4, 5, 6, 7], 10), 60, [21, NaN]).damage, []);
  assert.equal(compare(expected([1, 2, 3, 4, 5, 6], 10), 60, [20]).damage.length, 1);
  assert.deepEqual(compare(expected([1, 2], 0), 60, [3]).damage, []);
});

test('where a point was there before, another value is no damage; what was left out is not looked at', () => {
  const there = compare(expected([1, 2], 10, { left: [[1, 1, 'there']] }), 10, [1, 9]);
  assert.deepEqual([there.damage.length, there.kept.length], [0, 1]);
  assert.deepEqual(compare(expected([1, 2], 10, { left: [[1, 1, 'new']] }), 10, [1, NaN]), { damage: [], kept: [] });
  assert.deepEqual(
    expectedOf(
      { series: [{ name: 'a', kind: 0, method: 1, runs: [] }], times: new Uint32Array(), values: new Float64Array() },
      {
        ...({} as ImportAnswer),
        left: [],
        retentions: [],
        retentionOf: [-1],
      },
    ),
    [],
  );
});
