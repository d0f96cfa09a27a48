import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { makeEvent } from '../contract/world.ts';
import { decodeArrived, encodeAlone, encodeArrived } from './arrived-record.ts';
import { type EventRow, rowOf } from './event-row.ts';

const row = fc
  .record({ text: fc.string({ unit: 'binary', maxLength: 50 }), handled: fc.constantFrom(true, false, undefined), id: fc.nat() })
  .map(({ text, handled, id }) => {
    const event = makeEvent(`Error: ${id % 5}`, { event_id: id.toString(16).padStart(32, '0'), extra: { text } }, { title: text, handled });
    return rowOf(event) as EventRow;
  });

const bytesOf = (rows: readonly EventRow[]): Buffer => Buffer.concat(rows.map(encodeAlone));
/** A half of a pair of surrogates becomes U+FFFD, as in any UTF-8. */
const wellFormed = (rows: readonly EventRow[]): EventRow[] => rows.map((one) => ({ ...one, body: one.body.toWellFormed() }));

test('rows come back as they were', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
      const bytes = bytesOf(rows);
      assert.deepEqual(decodeArrived(bytes), { rows: wellFormed(rows), end: bytes.length });
    }),
  );
});

test('of a file that is cut short, or in which a bit is flipped, the rows before that place come back', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.boolean(), (rows, place, cut) => {
      const whole = bytesOf(rows);
      const at = Math.floor(whole.length * place);
      const bytes = cut ? whole.subarray(0, at) : Buffer.from(whole);
      if (!cut) bytes[at] ^= 1 << (at % 8);
      let [intact, end] = [0, 0];
      for (const one of rows) {
        const next = end + bytesOf([one]).length;
        if (next > at) break;
        end = next;
        intact++;
      }
      assert.deepEqual(decodeArrived(bytes), { rows: wellFormed(rows.slice(0, intact)), end });
    }),
  );
});

test('rows stand behind one another where there is room, and one for which there is none is not written', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), fc.nat(40_000), (rows, size) => {
      const to = Buffer.alloc(size);
      let [written, end] = [0, 0];
      for (const one of rows) {
        const next = encodeArrived(one, to, end);
        if (next === undefined) break;
        [written, end] = [written + 1, next];
      }
      assert.deepEqual(decodeArrived(to.subarray(0, end)), { rows: wellFormed(rows.slice(0, written)), end });
    }),
  );
});
