import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { encodeRecord, scanRecords } from './log-record.ts';

type Point = [series: number, slot: number, value: number];
const FILE = 7;

const record = fc.oneof(
  fc.array(fc.tuple(fc.nat(5000), fc.nat(0xffff_ffff), fc.double({ noNaN: true })), { minLength: 1, maxLength: 60 }),
  fc
    .tuple(fc.nat(0xffff_ffff), fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 60 }))
    .map(([slot, values]) => values.map((value, i): Point => [i, slot, value])),
);

function encode(points: readonly Point[]): Buffer {
  const column = (at: number): number[] => points.map((point) => point[at]);
  return Buffer.concat(encodeRecord(FILE, 99, Uint32Array.from(column(0)), Uint32Array.from(column(1)), Float64Array.from(column(2))));
}

function scan(bytes: Buffer): { found: Point[][]; damaged: [number, number][]; end: number } {
  const found: Point[][] = [];
  const damaged: [number, number][] = [];
  const end = scanRecords(bytes, FILE, {
    record({ count, arrived, copy }) {
      assert.equal(arrived, 99);
      const [series, slots, values] = [new Uint32Array(count + 1), new Uint32Array(count + 1), new Float64Array(count + 1)];
      copy(series, slots, values, 1);
      found.push(Array.from({ length: count }, (_, i): Point => [series[i + 1], slots[i + 1], values[i + 1]]));
    },
    damaged: (start, stop) => damaged.push([start, stop]),
  });
  return { found, damaged, end };
}

void test('records read back as they were written', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 8 }), (records) => {
      const bytes = Buffer.concat(records.map(encode));
      assert.deepEqual(scan(bytes), { found: records, damaged: [], end: bytes.length });
    }),
  );
});

void test('a cut end loses the last record and is no damage', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 5 }), fc.nat(), (records, at) => {
      const parts = records.map(encode);
      const last = parts[parts.length - 1];
      const bytes = Buffer.concat(parts);
      const cut = bytes.subarray(0, bytes.length - 1 - (at % last.length));
      const { found, damaged, end } = scan(cut);
      assert.deepEqual([found, damaged, end], [records.slice(0, -1), [], bytes.length - last.length]);
      const zeros = Buffer.concat([bytes.subarray(0, end), Buffer.alloc(1 + (at % 100))]);
      assert.deepEqual(scan(zeros), { found: records.slice(0, -1), damaged: [], end });
    }),
  );
});

void test('a changed byte costs one record, which is told', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 2, maxLength: 5 }), fc.nat(), fc.integer({ min: 1, max: 255 }), (records, at, change) => {
      const parts = records.map(encode);
      const bytes = Buffer.concat(parts);
      const position = at % bytes.length;
      bytes[position] ^= change;
      const ends = parts.map((_, i) => parts.slice(0, i + 1).reduce((sum, part) => sum + part.length, 0));
      const hit = ends.findIndex((end) => position < end);
      const { found, damaged } = scan(bytes);
      assert.deepEqual(found, records.toSpliced(hit, 1));
      assert.equal(damaged.length, 1);
    }),
  );
});

void test('a record of another file is not taken for one of this', () => {
  const bytes = encode([[1, 2, 3]]);
  let records = 0;
  scanRecords(bytes, FILE + 1, { record: () => records++, damaged: () => {} });
  assert.equal(records, 0);
});
