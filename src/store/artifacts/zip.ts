import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { HeedError } from '../../core/errors.ts';

/** Bytes that can be read anywhere: an open file, or memory. */
export interface ByteSource {
  size: number;
  /** Exactly these bytes. @throws HeedError `bad_zip` where there are fewer */
  read(position: number, length: number): Promise<Buffer>;
}

export interface ZipEntry {
  name: string;
  method: number;
  crc: number;
  packed: number;
  size: number;
  /** Of its local header, from the begin of the source. */
  offset: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const MOST_COMMENT = 65_535;
const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const MOST_DIRECTORY = 16 * 1024 * 1024;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

/**
 * Reads the central directory (PKWARE APPNOTE 4.3.12). What stands before the archive may or may not be counted in its offsets.
 * @throws HeedError `bad_zip`
 */
export async function readZip(source: ByteSource): Promise<Map<string, ZipEntry>> {
  const tail = await source.read(Math.max(0, source.size - END_BYTES - MOST_COMMENT), Math.min(source.size, END_BYTES + MOST_COMMENT));
  const end = endOf(tail);
  const [count, length, offset] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (length > MOST_DIRECTORY) throw badZip(`its directory has ${length} bytes, ${MOST_DIRECTORY} are allowed`);
  const start = source.size - tail.length + end - length;
  const before = start - offset;
  if (start < 0 || before < 0) throw badZip('its directory is not where it should be');
  return readDirectory(await source.read(start, length), count, before);
}

function endOf(tail: Buffer): number {
  for (let at = tail.length - END_BYTES; at >= 0; at--)
    if (tail.readUInt32LE(at) === END && at + END_BYTES + tail.readUInt16LE(at + 20) === tail.length) return at;
  throw badZip('its end is not that of a ZIP file');
}

function readDirectory(bytes: Buffer, count: number, before: number): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_BYTES > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw badZip('its directory is cut short');
    const named = at + CENTRAL_BYTES;
    const length = bytes.readUInt16LE(at + 28);
    const next = named + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (next > bytes.length) throw badZip('its directory is cut short');
    if (bytes.readUInt16LE(at + 8) & ENCRYPTED) throw badZip('it is encrypted');
    const name = bytes.toString('utf8', named, named + length);
    const offset = before + bytes.readUInt32LE(at + 42);
    entries.set(name, {
      name,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset,
    });
    at = next;
  }
  return entries;
}

/** The bytes of an entry, checked. @throws HeedError `bad_zip`, also for one of more than `most` bytes */
export async function readEntry(source: ByteSource, entry: ZipEntry, most: number): Promise<Buffer> {
  const { name, method, packed, size, offset } = entry;
  if (size > most) throw badZip(`${name.slice(0, 200)} has ${size} bytes, ${most} are allowed`);
  const head = await source.read(offset, LOCAL_BYTES);
  if (head.readUInt32LE(0) !== LOCAL) throw badZip(`${name.slice(0, 200)} is not where its directory says`);
  // A deflated file of so many bytes is never much larger than itself.
  if (packed > size + 64 + size / 100) throw badZip(`${name.slice(0, 200)} is larger than what it unpacks to`);
  const bytes = await source.read(offset + LOCAL_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28), packed);
  const content = await unpack(name, method, bytes, size);
  if (content.length !== size || crc32(content) !== entry.crc) throw badZip(`${name.slice(0, 200)} is damaged`);
  return content;
}

async function unpack(name: string, method: number, bytes: Buffer, size: number): Promise<Buffer> {
  if (method === STORED) return bytes;
  if (method !== DEFLATED) throw badZip(`${name.slice(0, 200)} is packed by method ${method}; Heed reads stored and deflated files`);
  try {
    return await inflate(bytes, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw badZip(`${name.slice(0, 200)} is damaged`);
  }
}

export const badZip = (why: string): HeedError => new HeedError('bad_zip', `cannot read the ZIP file: ${why}`);
