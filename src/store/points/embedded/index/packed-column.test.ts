import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Column } from './columns.ts';
import { packSlice, slicesOf, unpackColumn, type ColumnWidth } from './packed-column.ts';

async function packAll(column: Column): Promise<Buffer[]> {
  return Promise.all(Array.from(slicesOf(column), packSlice));
}

test('columns come back as they were, whatever is in them', async () => {
  const columns = fc.oneof(
    fc.uint32Array({ maxLength: 50 }),
    fc.uint16Array({ maxLength: 50 }),
    fc.uint8Array({ maxLength: 50 }),
    fc.constantFrom(Uint32Array.of(0, 0xffff_ffff, 0, 0x8000_0000, 0x7fff_ffff), Uint32Array.of(), Uint8Array.of()),
  );
  const property = fc.asyncProperty(columns, async (column) => {
    assert.deepEqual(unpackColumn(await packAll(column), column.BYTES_PER_ELEMENT as ColumnWidth, column.length), column);
  });
  await fc.assert(property, { numRuns: 300 });
});

test('columns larger than a slice come back', async () => {
  for (const column of [new Uint8Array(2 ** 20 + 1), new Uint16Array(2 ** 20), new Uint32Array(2 ** 18 * 2 + 3)]) {
    for (let i = 0; i < column.length; i++) column[i] = Math.imul(i, 0x9e37_79b1);
    const packed = await packAll(column);
    assert.ok(packed.length > 1);
    assert.deepEqual(unpackColumn(packed, column.BYTES_PER_ELEMENT as ColumnWidth, column.length), column);
  }
});

test('slices of another column are refused', async () => {
  const packed = await packAll(Uint32Array.of(1, 2, 3));
  assert.throws(() => unpackColumn(packed, 4, 2));
  assert.throws(() => unpackColumn(packed, 4, 4));
  assert.throws(() => unpackColumn(packed, 2, 1));
  assert.throws(() => unpackColumn([], 1, 1));
  assert.throws(() => unpackColumn([Buffer.from('nothing')], 1, 7));
});
