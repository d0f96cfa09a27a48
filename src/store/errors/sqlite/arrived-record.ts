import { crc32 } from 'node:zlib';
import type { EventRow } from './event-row.ts';

/** `HEVT` */
const MAGIC = 0x54_56_45_48;
const HEADER_BYTES = 16;
/** Nothing valid is longer; a header that says so is damaged. */
const MOST_BYTES = 1 << 26;

/**
 * Writes a record of the log of arrived events into `to`: magic, CRC and lengths of what follows, the row as JSON but for its body, the
 * body's JSON. Little-endian. @returns where it ends; undefined when it may not fit
 */
export function encodeArrived(row: EventRow, to: Buffer, at: number): number | undefined {
  const head = headOf(row);
  if (most(head, row) > to.length - at) return undefined;
  const start = at + HEADER_BYTES;
  const headEnd = start + to.write(head, start);
  const end = headEnd + to.write(row.body, headEnd);
  to.writeUInt32LE(MAGIC, at);
  to.writeUInt32LE(headEnd - start, at + 8);
  to.writeUInt32LE(end - headEnd, at + 12);
  to.writeUInt32LE(crc32(to.subarray(at + 8, end)), at + 4);
  return end;
}

/** A record in memory of its own, however long. */
export function encodeAlone(row: EventRow): Buffer {
  const to = Buffer.allocUnsafe(most(headOf(row), row));
  return to.subarray(0, encodeArrived(row, to, 0));
}

function headOf({ body, ...rest }: EventRow): string {
  void body;
  return JSON.stringify(rest);
}

/** A letter has three bytes at most. */
const most = (head: string, { body }: EventRow): number => HEADER_BYTES + 3 * (head.length + body.length);

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
