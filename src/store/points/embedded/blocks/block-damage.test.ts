import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { HeedError } from '../../../../core/errors.ts';
import { decodeHeader, HEADER_BYTES, type BlockHeader } from './block-header.ts';
import { BlockReader } from './block-reader.ts';
import { PAD } from './codec/bytes.ts';
import { PAGE_BYTES, PAYLOAD_BYTES, sectionBytes } from './pages.ts';
import { PointColumns } from './point-columns.ts';
import { bulkyModel, sampleKey, temporaryFolder, writeModel, type Model } from './sample-block.ts';
import { SeriesIndex } from './series-index.ts';
import { verifyBlock } from './verify-block.ts';

// About five pages of data: 45 small series and a long one that reaches over two pages.
const model: Model = bulkyModel(45, 200);
for (const [id, points] of bulkyModel(1, 4000)) model.set(id + 1000, points);

/** Series that are read wrongly or not in full; a wrong point is worse than a missing one and fails at once. */
function lossOf(path: string): { lost: number[]; told: string[] } {
  const told: string[] = [];
  const reader = BlockReader.open(path, (_, what) => told.push(what));
  const lost: number[] = [];
  const columns = new PointColumns();
  for (const [id, points] of model) {
    columns.clear();
    reader.read(id, 0, Infinity, columns);
    for (let i = 0; i < columns.count; i++) assert.equal(columns.values[i], points.get(columns.times[i]));
    if (columns.count !== points.size) lost.push(id);
  }
  reader.close();
  return { lost, told };
}

/** Where each series has its data, as the undamaged file says. */
function extentsOf(whole: Uint8Array): { id: number; start: number; end: number }[] {
  const { dataBytes, indexBytes, series } = decodeHeader(whole) as BlockHeader;
  const at = HEADER_BYTES + sectionBytes(dataBytes);
  const index = new SeriesIndex(whole.slice(at, at + indexBytes + PAD), indexBytes, series);
  return [...model.keys()].filter((id) => index.find(id)).map((id) => (index.find(id), { id, start: index.start, end: index.end }));
}

void test('one flipped byte anywhere is told and costs no more than the series of its page', (t) => {
  const folder = temporaryFolder(t);
  const whole = readFileSync(writeModel(folder, model, sampleKey()).path);
  const extents = extentsOf(whole);
  const dataEnd = HEADER_BYTES + sectionBytes((decodeHeader(whole) as BlockHeader).dataBytes);
  const path = join(folder, 'damaged.blk');
  const places = new Set<number>();
  for (let at = 0; at < whole.length; at += at < HEADER_BYTES || at >= dataEnd ? 1 : 389) places.add(at);
  for (const edge of [1, 2, 3, 4]) for (let around = -20; around < 4; around++) places.add(HEADER_BYTES + edge * PAGE_BYTES + around);
  for (const at of places) {
    const bytes = Uint8Array.from(whole);
    bytes[at] ^= 1 << (at % 8);
    writeFileSync(path, bytes);
    const { lost, told } = lossOf(path);
    const page = Math.floor((at - HEADER_BYTES) / PAGE_BYTES);
    const inPage = extents.filter(({ start, end }) => start < (page + 1) * PAYLOAD_BYTES && end > page * PAYLOAD_BYTES);
    const inData = at >= HEADER_BYTES && at < dataEnd;
    const expected = inData ? inPage.map(({ id }) => id) : [];
    assert.deepEqual(lost, expected, `byte ${at}: ${told.join()}`);
    if (inData) assert.deepEqual(told, [`page ${page} of its data is damaged`]);
    const verdict = verifyBlock(path);
    assert.ok(!verdict.ok && verdict.info, `byte ${at}`);
  }
});

void test('a cut file is told and keeps the series of its whole pages', (t) => {
  const folder = temporaryFolder(t);
  const whole = readFileSync(writeModel(folder, model, sampleKey()).path);
  const extents = extentsOf(whole);
  const dataEnd = HEADER_BYTES + sectionBytes((decodeHeader(whole) as BlockHeader).dataBytes);
  const path = join(folder, 'cut.blk');
  for (let length = HEADER_BYTES; length < whole.length; length += length > dataEnd - 20 ? 1 : 1777) {
    writeFileSync(path, whole.subarray(0, length));
    const { lost, told } = lossOf(path);
    assert.equal(told[0], `it ends ${whole.length - length} bytes early`);
    const left = Math.floor((length - HEADER_BYTES) / PAGE_BYTES) * PAYLOAD_BYTES;
    const expected = length >= dataEnd ? [] : extents.filter(({ end }) => end > left).map(({ id }) => id);
    assert.deepEqual(lost, expected, `${length} bytes`);
    assert.ok(!verifyBlock(path).ok);
  }
});

void test('a cut within the header, or damage of both headers, refuses the block', (t) => {
  const folder = temporaryFolder(t);
  const info = writeModel(folder, model, sampleKey());
  const bytes = readFileSync(info.path);
  const path = join(folder, 'damaged.blk');
  const isDamage = (error: unknown): boolean => error instanceof HeedError && error.code === 'damaged';
  for (const length of [0, 1, HEADER_BYTES - 1]) {
    writeFileSync(path, bytes.subarray(0, length));
    assert.throws(() => BlockReader.open(path), isDamage);
    assert.deepEqual(verifyBlock(path), { ok: false, info: undefined, problems: [`cannot read block ${path}: its header is damaged`] });
  }
  bytes[20] ^= 1;
  bytes[bytes.length - HEADER_BYTES + 30] ^= 1;
  writeFileSync(path, bytes);
  assert.throws(() => BlockReader.open(path), isDamage);
});

void test('where nobody listens damage is thrown, and other series are still read', (t) => {
  const folder = temporaryFolder(t);
  const info = writeModel(folder, model, sampleKey());
  const bytes = readFileSync(info.path);
  const inPage = extentsOf(bytes)
    .filter(({ start, end }) => start < 2 * PAYLOAD_BYTES && end > PAYLOAD_BYTES)
    .map(({ id }) => id);
  bytes[HEADER_BYTES + PAGE_BYTES + 100] ^= 1;
  writeFileSync(info.path, bytes);
  const reader = BlockReader.open(info.path);
  const columns = new PointColumns();
  const hurt = [...model.keys()].filter((id) => {
    try {
      reader.read(id, 0, Infinity, columns);
      return false;
    } catch (error) {
      assert.ok(error instanceof HeedError && error.code === 'damaged');
      assert.equal(error.message, `cannot read block ${info.path}: page 1 of its data is damaged`);
      return true;
    }
  });
  assert.deepEqual(hurt, inPage);
  reader.close();
});

void test('many flipped bytes, and rubbish, are survived', (t) => {
  const folder = temporaryFolder(t);
  const info = writeModel(folder, model, sampleKey());
  const whole = readFileSync(info.path);
  const path = join(folder, 'damaged.blk');
  let x = 88_675_123;
  const random = (below: number): number => {
    x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) + 1;
    return (x >>> 0) % below;
  };
  for (let round = 0; round < 60; round++) {
    const bytes = Uint8Array.from(whole);
    for (let i = 0; i < 5; i++) {
      const at = HEADER_BYTES + random(bytes.length - HEADER_BYTES);
      bytes.fill(random(256), at, at + random(round * 100 + 1));
    }
    writeFileSync(path, bytes);
    lossOf(path);
    verifyBlock(path);
  }
});
