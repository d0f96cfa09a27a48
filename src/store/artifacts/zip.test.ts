import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../core/errors.ts';
import { zipOf } from './bundle.fixture.ts';
import { inMemory } from './byte-source.ts';
import { readEntry, readZip } from './zip.ts';

const MOST = 1_000_000;

async function readAll(bytes: Buffer, most = MOST): Promise<Record<string, Buffer>> {
  const source = inMemory(bytes);
  const all: [string, Buffer][] = [];
  for (const [name, entry] of await readZip(source)) all.push([name, await readEntry(source, entry, most)]);
  return Object.fromEntries(all);
}

const names = fc.stringMatching(/^[a-z_/.]{1,30}$/);
const files = fc.dictionary(
  names,
  fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
  { noNullPrototype: true, maxKeys: 8 },
);

test('what was packed is read as it was, whatever stands before it and whether or not offsets count that', async () => {
  const property = fc.asyncProperty(files, fc.uint8Array({ maxLength: 40 }), fc.boolean(), async (packed, before, counted) => {
    assert.deepEqual(await readAll(zipOf(packed, Buffer.from(before), counted)), packed);
  });
  await fc.assert(property, { numRuns: 300 });
});

test('a file that is cut or flipped anywhere is read as it was or refused, never otherwise', async () => {
  const packed = { 'manifest.json': Buffer.from('{"files":{}}'.repeat(20)), 'a.js': Buffer.from('let a = 1;'.repeat(30)) };
  const whole = zipOf(packed);
  const property = fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), async (at, mask, cut) => {
    const bytes = Buffer.from(cut ? whole.subarray(0, at) : whole);
    if (!cut) bytes[at] ^= mask;
    try {
      const read = await readAll(bytes);
      for (const content of Object.values(read)) assert.ok(Object.values(packed).some((one) => one.equals(content)));
    } catch (error) {
      assert.ok(error instanceof HeedError && error.code === 'bad_zip', String(error));
    }
  });
  await fc.assert(property, { numRuns: 3000 });
});

test('a bomb is refused by what it says of itself, and by what it is', async () => {
  const bomb = zipOf({ 'a.js': Buffer.alloc(2 * MOST) });
  await assert.rejects(readAll(bomb), /a\.js has 2000000 bytes, 1000000 are allowed/);
  const liar = Buffer.from(bomb);
  for (const at of [22, liar.indexOf('PK\x01\x02', 0, 'latin1') + 24]) liar.writeUInt32LE(1000, at);
  await assert.rejects(readAll(liar), /a\.js is (damaged|larger)/);
});

test('what is no ZIP file is refused', async () => {
  for (const bytes of ['', 'PK', 'x'.repeat(100_000)]) await assert.rejects(readAll(Buffer.from(bytes)), { code: 'bad_zip' });
});
