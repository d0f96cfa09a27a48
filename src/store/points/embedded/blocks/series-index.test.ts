import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { PAD } from './codec/bytes.ts';
import { SeriesIndex, SeriesIndexBuilder } from './series-index.ts';

function indexOf(entries: [id: number, length: number][], start = 0): SeriesIndex {
  const builder = new SeriesIndexBuilder(start);
  for (const [id, length] of entries) builder.add(id, length);
  const bytes = builder.finish();
  const padded = new Uint8Array(bytes.length + PAD);
  padded.set(bytes);
  return new SeriesIndex(padded, bytes.length, entries.length);
}

const ascending = fc
  .uniqueArray(fc.oneof(fc.nat(3000), fc.nat(2 ** 32 - 1)), { maxLength: 1000, size: 'max' })
  .chain((ids) => fc.tuple(fc.constant(ids.toSorted((a, b) => a - b)), fc.array(fc.nat(100_000), { minLength: ids.length, maxLength: ids.length })));

void test('every series is found where it was put, and no other', () => {
  fc.assert(
    fc.property(ascending, fc.nat(50), ([ids, lengths], start) => {
      const index = indexOf(
        ids.map((id, i) => [id, lengths[i]]),
        start,
      );
      assert.deepEqual([...index.ids()], ids);
      const known = new Set(ids);
      let at = start;
      ids.forEach((id, i) => {
        assert.ok(index.find(id));
        assert.deepEqual([index.start, index.end], [at, (at += lengths[i])]);
        if (!known.has(id + 1)) assert.ok(!index.find(id + 1));
      });
      for (const id of ids.toReversed()) assert.ok(index.find(id));
    }),
    { numRuns: 60 },
  );
});

void test('a million series of neighbouring ids take about a byte each', () => {
  const builder = new SeriesIndexBuilder();
  for (let id = 0; id < 1_000_000; id++) builder.add(id, 80 + ((id * 7919) % 60));
  assert.ok(builder.finish().length < 800_000);
});
