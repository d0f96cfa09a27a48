import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_FILL_POINTS } from '../../core/fill-batch.ts';
import { Method } from '../../core/series.ts';
import { BatchBuilder, cutSeries, type SeriesPoints, sliceSeries } from './batch-builder.ts';

function seriesOf(name: string, step: number, counts: number[]): SeriesPoints {
  const count = counts.reduce((sum, each) => sum + each, 0);
  return {
    name,
    method: Method.sum,
    runs: counts.map((each) => ({ step, count: each })),
    times: Uint32Array.from({ length: count }, (_, i) => 1_000_000 + i * step),
    values: Float64Array.from({ length: count }, (_, i) => i),
  };
}

test('a long series is cut between days, newest first, and nothing is lost', () => {
  const long = seriesOf('a', 60, [400_000, 900_000]);
  const pieces = cutSeries(long);
  assert.ok(pieces.length >= 3 && pieces.every(({ times }) => times.length <= MAX_FILL_POINTS));
  const back = pieces.toReversed();
  assert.deepEqual(
    back.flatMap(({ values }) => [...values]),
    [...long.values],
  );
  for (const { times } of back.slice(1)) assert.ok(times[0] % 86_400 < 60);
  for (const { runs, times } of back)
    assert.equal(
      runs.reduce((sum, { count }) => sum + count, 0),
      times.length,
    );
});

test('a part of a series has the parts of its runs', () => {
  const part = sliceSeries(seriesOf('a', 10, [3, 4, 5]), 2, 8);
  assert.deepEqual(
    part.runs.map(({ count }) => count),
    [1, 4, 1],
  );
  assert.deepEqual([...part.values], [2, 3, 4, 5, 6, 7]);
});

test('a batch takes series while there is room, and starts over', () => {
  const builder = new BatchBuilder();
  const [a, b] = [seriesOf('a', 10, [MAX_FILL_POINTS - 1]), seriesOf('b', 10, [2])];
  builder.add(a);
  assert.equal(builder.fits(b), false);
  assert.equal(builder.take().times.length, MAX_FILL_POINTS - 1);
  assert.ok(builder.isEmpty && builder.fits(b));
});
