import type { ForwardAddress } from '../../../core/config/values.ts';

/** Points on their way to another carbon, as columns. */
export interface Batch {
  names: string[];
  /** Milliseconds. */
  times: number[];
  values: number[];
}

type ForwardProtocol = ForwardAddress['protocol'];

/** Points in one piece of work; carbon's own relays send 500 in a pickle. */
export const BATCH_POINTS: Record<ForwardProtocol, number> = { line: 2000, pickle: 500 };

/** The bytes that hand a batch to a carbon. */
export function encodeBatch(protocol: ForwardProtocol, batch: Batch): Buffer {
  return protocol === 'line' ? encodeLines(batch) : encodePickle(batch);
}

function encodeLines({ names, times, values }: Batch): Buffer {
  let text = '';
  for (let i = 0; i < names.length; i++) text += `${asField(names[i])} ${asText(values[i])} ${Math.floor(times[i] / 1000)}\n`;
  return Buffer.from(text);
}

/** A name from a pickle may hold blanks, which would be more fields. */
function asField(name: string): string {
  return /\s/.test(name) ? name.replace(/\s/g, '_') : name;
}

/** Python's float() reads `inf`, not every carbon reads `Infinity`. */
function asText(value: number): string {
  return Number.isFinite(value) ? String(value) : value > 0 ? 'inf' : '-inf';
}

const INT_BYTES = 5;
const FLOAT_BYTES = 9;

/** `[(name, (timestamp, value)), …]` as pickle protocol 2 behind its length, as carbon's relays send it. */
function encodePickle({ names, times, values }: Batch): Buffer {
  let size = 4 + 4 + 2;
  for (const name of names) size += 5 + Buffer.byteLength(name) + FLOAT_BYTES + FLOAT_BYTES + 2;
  const bytes = Buffer.allocUnsafe(size);
  let at = 4;
  // PROTO 2, EMPTY_LIST, MARK
  at += bytes.write('\x80\x02](', at, 'latin1');
  for (let i = 0; i < names.length; i++) {
    bytes[at] = 0x58; // BINUNICODE
    const length = bytes.write(names[i], at + 5);
    bytes.writeUInt32LE(length, at + 1);
    at += 5 + length;
    const seconds = Math.floor(times[i] / 1000);
    if (Math.abs(seconds) < 0x8000_0000) {
      bytes[at] = 0x4a; // BININT
      bytes.writeInt32LE(seconds, at + 1);
      at += INT_BYTES;
    } else at = writeFloat(bytes, at, seconds);
    at = writeFloat(bytes, at, values[i]);
    at += bytes.write('\x86\x86', at, 'latin1'); // TUPLE2 twice
  }
  at += bytes.write('e.', at, 'latin1'); // APPENDS, STOP
  bytes.writeUInt32BE(at - 4, 0);
  return bytes.subarray(0, at);
}

function writeFloat(bytes: Buffer, at: number, value: number): number {
  bytes[at] = 0x47; // BINFLOAT
  return bytes.writeDoubleBE(value, at + 1);
}
