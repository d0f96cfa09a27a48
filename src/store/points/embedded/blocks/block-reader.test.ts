import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { blockFileName, parseBlockFileName } from './block-key.ts';
import { BlockReader } from './block-reader.ts';
import { BlockWriter } from './block-writer.ts';
import { runs } from './codec/arbitrary.ts';
import { PointColumns } from './point-columns.ts';
import { bulkyModel, sampleKey, temporaryFolder, WINDOW_START, writeModel, type Model } from './sample-block.ts';
import { verifyBlock } from './verify-block.ts';

const models = fc
  .uniqueArray(fc.tuple(fc.oneof(fc.nat(50), fc.nat(2 ** 32 - 1)), runs(WINDOW_START, 3000)), { selector: ([id]) => id, maxLength: 12 })
  .map((series): Model => new Map(series.map(([id, { times, values }]) => [id, new Map(Array.from(times, (time, i) => [time, values[i]]))])));

function pointsOf(reader: BlockReader, id: number, from = 0, until = Infinity): [number, number][] {
  const columns = new PointColumns();
  reader.read(id, from, until, columns);
  return Array.from({ length: columns.count }, (_, i) => [columns.times[i], columns.values[i]]);
}

void test('what was written is read, whole and in part', (t) => {
  const folder = temporaryFolder(t);
  fc.assert(
    fc.property(models, fc.nat(200_000), fc.nat(100_000), (model, after, length) => {
      const info = writeModel(folder, model, sampleKey());
      const reader = BlockReader.open(info.path);
      assert.deepEqual(reader.info, info);
      assert.deepEqual(
        [...reader.ids()],
        [...model.keys()].toSorted((a, b) => a - b),
      );
      const from = WINDOW_START + after;
      for (const [id, points] of model) {
        assert.ok(reader.has(id));
        assert.deepEqual(pointsOf(reader, id), [...points]);
        assert.deepEqual(
          pointsOf(reader, id, from, from + length),
          [...points].filter(([time]) => time >= from && time < from + length),
        );
      }
      assert.ok(!reader.has(51));
      assert.deepEqual(pointsOf(reader, 51), []);
      reader.close();
      assert.deepEqual(verifyBlock(info.path), { ok: true, info, problems: [] });
    }),
    { numRuns: 30 },
  );
});

void test('a grid takes the last point of each of its slots and leaves the others as they are', (t) => {
  const folder = temporaryFolder(t);
  const steps = fc.constantFrom(1, 5, 10, 15, 60, 3600);
  fc.assert(
    fc.property(models, fc.integer({ min: -5000, max: 100_000 }), steps, fc.nat(3000), (model, after, step, length) => {
      const reader = BlockReader.open(writeModel(folder, model, sampleKey()).path);
      const start = WINDOW_START + after;
      for (const [id, points] of model) {
        const expected = new Float64Array(length).fill(7);
        const inside = [...points].filter(([time]) => time >= start && time < start + step * length);
        for (const [time, value] of inside) expected[Math.floor((time - start) / step)] = value;
        const out = new Float64Array(length).fill(7);
        const placed = { points: 0, end: 0, apart: true };
        reader.readGrid(id, start, step, out, placed);
        assert.deepEqual(out, expected);
        const slots = inside.map(([time]) => Math.floor((time - start) / step));
        assert.equal(placed.points, inside.length);
        assert.ok(slots.every((slot) => slot < placed.end));
        if (placed.apart) assert.equal(new Set(slots).size, slots.length);
      }
      reader.close();
    }),
    { numRuns: 30 },
  );
});

void test('series longer than a read-ahead and many readers at once are read right', (t) => {
  const folder = temporaryFolder(t);
  const model = bulkyModel(3, 60_000);
  const info = writeModel(folder, model, sampleKey());
  const readers = Array.from({ length: 60 }, () => BlockReader.open(info.path));
  for (const reader of readers) assert.equal(pointsOf(reader, 15, 0, WINDOW_START + 100).length, 10);
  const out = new Float64Array(60_000);
  for (const id of [25, 5, 15]) {
    const placed = { points: 0, end: 0, apart: true };
    readers[7].readGrid(id, WINDOW_START, 10, out, placed);
    assert.deepEqual(placed, { points: out.length, end: out.length, apart: true });
    assert.deepEqual(out, Float64Array.from((model.get(id) as Map<number, number>).values()));
  }
  for (const reader of readers) reader.close();
});

void test('an empty block is a block', (t) => {
  const info = new BlockWriter(temporaryFolder(t), sampleKey()).finish();
  assert.equal(info.series, 0);
  assert.deepEqual(verifyBlock(info.path), { ok: true, info, problems: [] });
});

void test('nothing is seen under its name before it is finished, and an abort leaves nothing', (t) => {
  const folder = temporaryFolder(t);
  const writer = new BlockWriter(folder, sampleKey());
  writer.append(1, Uint32Array.of(WINDOW_START), Float64Array.of(1), 0, 1);
  assert.ok(readdirSync(folder).every((name) => parseBlockFileName(name) === undefined));
  writer.abort();
  assert.deepEqual(readdirSync(folder), []);
});

void test('points that would break the order are refused as a bug', (t) => {
  const writer = new BlockWriter(temporaryFolder(t), sampleKey());
  const times = Uint32Array.of(WINDOW_START, WINDOW_START + 5, WINDOW_START + 5, WINDOW_START - 1);
  const values = new Float64Array(4);
  writer.append(9, times, values, 0, 2);
  assert.throws(() => writer.append(9, times, values, 2, 1), /^Error: bug: points of series 9 are out of order/);
  assert.throws(() => writer.append(9, times, values, 3, 1), /^Error: bug: points of series 9 are outside/);
  assert.throws(() => writer.append(8, times, values, 0, 1), /^Error: bug: series 8 comes after 9/);
  writer.abort();
});

void test('file names tell the key', () => {
  const name = { policy: 1, tier: 2, windowStart: WINDOW_START, firstSequence: 17, lastSequence: 4_294_967_300, level: 3 };
  assert.equal(blockFileName(name), '1-2-1760000000-17-4294967300-3.blk');
  assert.deepEqual(parseBlockFileName(blockFileName(name)), name);
  for (const other of ['1-2-3-4-5-6.blk.tmp', '1-2-3.blk', 'x-2-3-4-5-6.blk', '']) assert.equal(parseBlockFileName(other), undefined);
});
