import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fold } from '../../../../core/fold.ts';
import { Method } from '../../../../core/series.ts';
import { BlockReader } from './block-reader.ts';
import { BlockWriter } from './block-writer.ts';
import { mergeBlocks } from './merge-blocks.ts';
import { PointColumns } from './point-columns.ts';
import { rollUp } from './roll-up.ts';
import { sampleKey, temporaryFolder, WINDOW_START, writeModel, type Model } from './sample-block.ts';

const STEP = 60;
const START = WINDOW_START - (WINDOW_START % STEP);

/** Few series and times, so that blocks overlap. */
const small = fc.array(fc.tuple(fc.nat(8), fc.nat(400), fc.double({ noNaN: true })), { maxLength: 200 }).map((points): Model => {
  const model: Model = new Map();
  for (const [id, after, value] of points) model.set(id, (model.get(id) ?? new Map()).set(START + after, value));
  return model;
});

function readAll(path: string): Model {
  const reader = BlockReader.open(path);
  const model: Model = new Map();
  for (const id of reader.ids()) {
    const columns = new PointColumns();
    reader.read(id, 0, Infinity, columns);
    model.set(id, new Map(Array.from({ length: columns.count }, (_, i) => [columns.times[i], columns.values[i]])));
  }
  reader.close();
  return model;
}

function openAll(folder: string, blocks: Model[]): BlockReader[] {
  return blocks.map((model, i) => BlockReader.open(writeModel(folder, model, sampleKey({ windowStart: START, firstSequence: i, lastSequence: i })).path));
}

function mergedModel(blocks: Model[], keep: (id: number) => boolean): Model {
  const merged: Model = new Map();
  for (const block of blocks) {
    for (const [id, points] of block) if (keep(id)) merged.set(id, new Map([...(merged.get(id) ?? []), ...points]));
  }
  const sorted = [...merged].toSorted(([a], [b]) => a - b);
  return new Map(sorted.map(([id, points]) => [id, new Map([...points].toSorted(([a], [b]) => a - b))]));
}

void test('merged blocks hold the points of all, the newest where times meet', (t) => {
  const folder = temporaryFolder(t);
  fc.assert(
    fc.property(fc.array(small, { minLength: 1, maxLength: 4 }), fc.nat(8), (blocks, dropped) => {
      const keep = (id: number): boolean => id !== dropped;
      const readers = openAll(folder, blocks);
      const writer = new BlockWriter(folder, sampleKey({ windowStart: START, firstSequence: 0, lastSequence: 3, level: 1 }));
      for (const _ of mergeBlocks(readers, writer, { keep }));
      const { path } = writer.finish();
      assert.deepEqual(readAll(path), mergedModel(blocks, keep));
      for (const reader of readers) reader.close();
    }),
    { numRuns: 40 },
  );
});

/** The roll-up's rule, word by word. */
function rolledModel(points: Map<number, number>, method: Method, xFilesFactor: number, sourceStep: number): Map<number, number> {
  const coarse = new Map<number, number>();
  for (const start of new Set([...points.keys()].map((time) => time - (time % STEP)))) {
    const slots: number[] = [];
    for (let from = start; from < start + STEP; from += sourceStep) {
      const inside = [...points].filter(([time]) => time >= from && time < from + sourceStep).map(([, value]) => value);
      slots.push(fold(method, Float64Array.from(inside), 0, inside.length, 0));
    }
    const value = fold(method, Float64Array.from(slots), 0, slots.length, xFilesFactor);
    if (!Number.isNaN(value)) coarse.set(start, value);
  }
  return coarse;
}

void test('a roll-up folds each slot as a read of the finer points would', (t) => {
  const folder = temporaryFolder(t);
  const methods = fc.constantFrom(...Object.values(Method));
  fc.assert(
    fc.property(
      fc.array(small, { minLength: 1, maxLength: 3 }),
      methods,
      fc.constantFrom(0, 0.3, 1),
      fc.constantFrom(1, 10, 60),
      (blocks, method, xff, sourceStep) => {
        const readers = openAll(folder, blocks);
        const writer = new BlockWriter(folder, sampleKey({ tier: 1, step: STEP, windowStart: START }));
        const keep = (id: number): boolean => id !== 3;
        const rolling = rollUp(readers, writer, { step: STEP, keep, methodOf: () => method, xFilesFactorOf: () => xff, sourceStepOf: () => sourceStep });
        for (const _ of rolling);
        const rolled = readAll(writer.finish().path);
        for (const [id, points] of mergedModel(blocks, keep)) {
          const expected = rolledModel(points, method, xff, sourceStep);
          assert.deepEqual(rolled.get(id) ?? new Map(), expected);
        }
        for (const reader of readers) reader.close();
      },
    ),
    { numRuns: 60 },
  );
});

void test('work is done in slices', (t) => {
  const folder = temporaryFolder(t);
  const model: Model = new Map(Array.from({ length: 5000 }, (_, id) => [id, new Map([[START, id]])]));
  const readers = openAll(folder, [model]);
  const writer = new BlockWriter(folder, sampleKey({ windowStart: START, level: 1 }));
  let slices = 0;
  for (const _ of mergeBlocks(readers, writer, { keep: () => true })) slices++;
  assert.equal(slices, 2);
  assert.equal(writer.finish().series, 5000);
  readers[0].close();
});
