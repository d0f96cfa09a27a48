import type { ByteWriter } from './byte-writer.ts';

/** Opcodes of Python's pickle, protocol 2 (pickletools.py), that stand alone. */
export const OPCODE = {
  proto: 0x80,
  emptyList: 0x5d,
  emptyDict: 0x7d,
  mark: 0x28,
  append: 0x61,
  appends: 0x65,
  setItems: 0x75,
  pair: 0x86,
  none: 0x4e,
  yes: 0x88,
  no: 0x89,
  stop: 0x2e,
} as const;
const [BINUNICODE, BININT, BINFLOAT] = [0x58, 0x4a, 0x47];
const FLOAT_BYTES = 9;
const MAX_INT = 0x7fff_ffff;

const utf8 = new TextEncoder();
const scratch = new DataView(new ArrayBuffer(1024 * FLOAT_BYTES));
const scratchBytes = new Uint8Array(scratch.buffer);
/** Opcode and length before a text. */
const TEXT_HEAD = 5;
const textBytes = scratchBytes.subarray(TEXT_HEAD);

export function opcodes(out: ByteWriter, ...codes: number[]): void {
  scratchBytes.set(codes);
  out.bytes(scratchBytes, codes.length);
}

/** One key of a dictionary and what `write` writes as its value. */
export function entry(out: ByteWriter, key: string, write: () => void): void {
  writeText(out, key);
  write();
}

export function writeText(out: ByteWriter, text: string): void {
  scratch.setUint8(0, BINUNICODE);
  // Three bytes are the most that a code unit takes; nearly every text fits where it is written from.
  if (TEXT_HEAD + text.length * 3 <= scratch.byteLength) {
    const { written } = utf8.encodeInto(text, textBytes);
    scratch.setUint32(1, written, true);
    out.bytes(scratchBytes, TEXT_HEAD + written);
    return;
  }
  const bytes = utf8.encode(text);
  scratch.setUint32(1, bytes.length, true);
  out.bytes(scratchBytes, TEXT_HEAD);
  out.bytes(bytes, bytes.length);
}

/** A whole number that fits; a time beyond 2038 or within a second is a float. */
export function writeInteger(out: ByteWriter, value: number): void {
  if (!Number.isInteger(value) || Math.abs(value) > MAX_INT) {
    writeFloat(out, value);
    return;
  }
  scratch.setUint8(0, BININT);
  scratch.setInt32(1, value, true);
  out.bytes(scratchBytes, 5);
}

export function writeFloat(out: ByteWriter, value: number): void {
  scratch.setUint8(0, BINFLOAT);
  scratch.setFloat64(1, value);
  out.bytes(scratchBytes, FLOAT_BYTES);
}

/** A list of floats, None for NaN. */
export function writeFloats(out: ByteWriter, values: Float64Array): void {
  opcodes(out, OPCODE.emptyList, OPCODE.mark);
  let at = 0;
  for (const value of values) {
    if (value === value) {
      scratch.setUint8(at, BINFLOAT);
      scratch.setFloat64(at + 1, value);
      at += FLOAT_BYTES;
    } else scratch.setUint8(at++, OPCODE.none);
    if (at + FLOAT_BYTES <= scratch.byteLength) continue;
    out.bytes(scratchBytes, at);
    at = 0;
  }
  out.bytes(scratchBytes, at);
  opcodes(out, OPCODE.appends);
}
