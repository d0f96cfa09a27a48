import { crc32 } from 'node:zlib';
import type { EventRow } from './event-row.ts';

/** `HEVT` */
const MAGIC = 0x54_56_45_48;
const HEADER_BYTES = 16;
/** Nothing valid is longer; a header that says so is damaged. */
const MOST_BYTES = 1 << 26;

/** A record of the log of arrived events: magic, CRC and lengths of what follows, the row as JSON but for its body, the body's JSON. Little-endian. */
export function encodeArrived(row: EventRow): Uint8Array[] {
  const { body, ...rest } = row;
  const [head, tail] = [Buffer.from(JSON.stringify(rest)), Buffer.from(body)];
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(MAGIC, 0);
  header.writeUInt32LE(head.length, 8);
  header.writeUInt32LE(tail.length, 12);
  header.writeUInt32LE(crc32(tail, crc32(head, crc32(header.subarray(8)))), 4);
  return [header, head, tail];
}

/** The rows of a file's bytes up to the first record that is cut short or damaged, and how many bytes they take. */
export function decodeArrived(bytes: Buffer): { rows: EventRow[]; end: number } {
  const rows: EventRow[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= bytes.length && bytes.readUInt32LE(at) === MAGIC) {
    const [head, tail] = [bytes.readUInt32LE(at + 8), bytes.readUInt32LE(at + 12)];
    const start = at + HEADER_BYTES;
    const end = start + head + tail;
    if (head + tail > MOST_BYTES || end > bytes.length || crc32(bytes.subarray(at + 8, end)) !== bytes.readUInt32LE(at + 4)) break;
    const rest = JSON.parse(bytes.toString('utf8', start, start + head)) as Omit<EventRow, 'body'>;
    rows.push({ ...rest, handled: rest.handled, body: bytes.toString('utf8', start + head, end) });
    at = end;
  }
  return { rows, end: at };
}
