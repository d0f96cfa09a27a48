import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

/** A ZIP file, deflated or stored by turns, whose offsets count what stands before it or do not. */
export function zipOf(files: Readonly<Record<string, Buffer>>, before = Buffer.alloc(0), counted = false): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = counted ? before.length : 0;
  for (const [i, [path, content]] of Object.entries(files).entries()) {
    const [name, method] = [Buffer.from(path), i % 2 === 0 ? 8 : 0];
    const packed = method === 8 ? deflateRawSync(content) : content;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const end = Buffer.alloc(14);
    end.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, end, name);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, packed);
    at += 30 + name.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([before, ...parts, central, end]);
}

export interface FixtureFile {
  type: string;
  url: string;
  content: string;
  headers?: Record<string, string>;
}

/** An artifact bundle as sentry-cli writes it. */
export function bundleOf(files: readonly FixtureFile[]): Buffer {
  const paths = files.map(({ url }, i) => `files/_/_/${i}-${url.replace(/^.*\//, '')}`);
  const manifest = { files: Object.fromEntries(files.map(({ type, url, headers = {} }, i) => [paths[i], { type, url, headers }])) };
  const contents = Object.fromEntries(files.map(({ content }, i) => [paths[i], Buffer.from(content)]));
  return zipOf({ 'manifest.json': Buffer.from(JSON.stringify(manifest)), ...contents }, Buffer.from('SYSB\x02\x00\x00\x00', 'latin1'));
}

/** A bundle in pieces, with their checksums. */
export function piecesOf(bundle: Buffer, length = bundle.length): { checksum: string; chunks: string[]; pieces: Buffer[] } {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bundle.length; at += length) pieces.push(bundle.subarray(at, at + length));
  return { checksum: sha1(bundle), chunks: pieces.map(sha1), pieces };
}
