import type { Row } from '../../core/frame.ts';
import { endOf } from '../rows/row.ts';
import type { ByteWriter } from './byte-writer.ts';

// Opcodes of Python's pickle, protocol 2 (pickletools.py).
const [PROTO, EMPTY_LIST, EMPTY_DICT, MARK, APPENDS, SETITEMS, STOP] = [0x80, 0x5d, 0x7d, 0x28, 0x65, 0x75, 0x2e];
const [BINUNICODE, BININT, BINFLOAT, NONE] = [0x58, 0x4a, 0x47, 0x4e];
const FLOAT_BYTES = 9;
const MAX_INT = 0x7fff_ffff;

const utf8 = new TextEncoder();
const floats = new DataView(new ArrayBuffer(1024 * FLOAT_BYTES));
const floatBytes = new Uint8Array(floats.buffer);

/** A list of dictionaries, as graphite-web's own servers exchange them: name, start, end, step, values and what says how to fold them. Times are seconds. */
export function writePickle(out: ByteWriter, rows: readonly Row[]): void {
  opcodes(out, PROTO, 2, EMPTY_LIST, MARK);
  for (const row of rows) {
    opcodes(out, EMPTY_DICT, MARK);
    entry(out, 'name', () => writeText(out, row.name));
    entry(out, 'pathExpression', () => writeText(out, row.path));
    entry(out, 'start', () => writeInteger(out, row.start / 1000));
    entry(out, 'end', () => writeInteger(out, endOf(row) / 1000));
    entry(out, 'step', () => writeInteger(out, row.step / 1000));
    entry(out, 'values', () => writeValues(out, row.values));
    entry(out, 'valuesPerPoint', () => writeInteger(out, 1));
    entry(out, 'consolidationFunc', () => writeText(out, row.consolidate));
    entry(out, 'xFilesFactor', () => writeFloat(out, row.xFilesFactor));
    opcodes(out, SETITEMS);
  }
  opcodes(out, APPENDS, STOP);
}

const opcodes = (out: ByteWriter, ...codes: number[]): void => out.bytes(Uint8Array.from(codes), codes.length);

function entry(out: ByteWriter, key: string, write: () => void): void {
  writeText(out, key);
  write();
}

function writeText(out: ByteWriter, text: string): void {
  const bytes = utf8.encode(text);
  floats.setUint8(0, BINUNICODE);
  floats.setUint32(1, bytes.length, true);
  out.bytes(floatBytes, 5);
  out.bytes(bytes, bytes.length);
}

/** A whole number that fits; a time beyond 2038 or within a second is a float. */
function writeInteger(out: ByteWriter, value: number): void {
  if (!Number.isInteger(value) || Math.abs(value) > MAX_INT) {
    writeFloat(out, value);
    return;
  }
  floats.setUint8(0, BININT);
  floats.setInt32(1, value, true);
  out.bytes(floatBytes, 5);
}

function writeFloat(out: ByteWriter, value: number): void {
  floats.setUint8(0, BINFLOAT);
  floats.setFloat64(1, value);
  out.bytes(floatBytes, FLOAT_BYTES);
}

function writeValues(out: ByteWriter, values: Float64Array): void {
  opcodes(out, EMPTY_LIST, MARK);
  let at = 0;
  for (const value of values) {
    if (value === value) {
      floats.setUint8(at, BINFLOAT);
      floats.setFloat64(at + 1, value);
      at += FLOAT_BYTES;
    } else floats.setUint8(at++, NONE);
    if (at + FLOAT_BYTES <= floats.byteLength) continue;
    out.bytes(floatBytes, at);
    at = 0;
  }
  out.bytes(floatBytes, at);
  opcodes(out, APPENDS);
}
