import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Kind, Method } from '../../../../core/series.ts';
import { BatchWriter, readBatches, readEntries, type LogReader } from './log-format.ts';

type Entry = { added: [id: number, kind: number, method: number, name: string] } | { removed: number } | { reserved: number };

function write(entries: readonly Entry[], reader: LogReader): void {
  for (const entry of entries) {
    if ('removed' in entry) reader.removed(entry.removed);
    else if ('reserved' in entry) reader.reserved(entry.reserved);
    else {
      const [id, kind, method, name] = entry.added;
      const bytes = Buffer.from(`.${name}`);
      reader.added(id, kind as Kind, method as Method, bytes, 1, bytes.length);
    }
  }
}

function read(file: Buffer): Entry[] {
  const entries: Entry[] = [];
  const reader: LogReader = {
    added: (id, kind, method, bytes, start, end) => entries.push({ added: [id, kind, method, Buffer.from(bytes.subarray(start, end)).toString()] }),
    removed: (removed) => entries.push({ removed }),
    reserved: (reserved) => entries.push({ reserved }),
  };
  assert.deepEqual(
    readBatches(file, 0, (body) => readEntries(body, reader)),
    [],
  );
  return entries;
}

test('entries are read as they were written, in batches of any size', () => {
  const id = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.nat(0xffff_ffff));
  const entry: fc.Arbitrary<Entry> = fc.oneof(
    fc.tuple(id, fc.nat(255), fc.nat(255), fc.string({ unit: 'grapheme', maxLength: 60 })).map((added) => ({ added })),
    id.map((removed) => ({ removed })),
    id.map((reserved) => ({ reserved })),
  );
  fc.assert(
    fc.property(fc.array(fc.array(entry, { maxLength: 20 }), { maxLength: 5 }), (batches) => {
      const writer = new BatchWriter();
      const file = batches.flatMap((entries) => {
        write(entries, writer);
        const closed = [...writer.batches];
        writer.drop(closed.length);
        return closed;
      });
      assert.deepEqual(read(Buffer.concat(file)), batches.flat());
    }),
  );
});

test('many names in a row take a few bytes each', () => {
  const entries = Array.from({ length: 10_000 }, (_, i): Entry => ({ added: [i, 1, 2, `app.host${Math.floor(i / 100)}.view.search${i % 100}.mean_90`] }));
  const writer = new BatchWriter();
  write(entries, writer);
  const file = Buffer.concat(writer.batches);
  assert.ok(file.length < 10_000 * 6, `${file.length}`);
  assert.deepEqual(read(file), entries);
});
