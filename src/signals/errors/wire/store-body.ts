import { HeedError } from '../../../core/errors.ts';
import { inflate, isZlib } from './encoding.ts';
import { parseJson } from './json.ts';

/**
 * The event of a `/store/` body, after its Content-Encoding: JSON, or JSON under zlib or gzip, or either in base64 (of both
 * alphabets, with blanks and line ends in it).
 * @param most bytes when inflated
 * @throws HeedError `bad_store_body`, `bad_json`, `body_too_large` (413)
 */
export async function readStoreBody(body: Uint8Array, most: number): Promise<unknown> {
  if (beginsLikeJson(body)) return parseJson(body);
  const packed = await unpack(body, most);
  if (packed !== undefined) return parseJson(packed);
  const decoded = fromBase64(body);
  if (beginsLikeJson(decoded)) return parseJson(decoded);
  const event = await unpack(decoded, most);
  if (event === undefined) throw new HeedError('bad_store_body', 'cannot read the event: its body is neither JSON, nor base64, nor compressed JSON');
  return parseJson(event);
}

/** The event in `sentry_data` of a GET's address, where base64's `+` may have become a blank. */
export async function readStoreQuery(query: string, most: number): Promise<unknown> {
  const data = new URLSearchParams(query).get('sentry_data');
  if (data === null || data === '') throw new HeedError('bad_store_body', 'cannot read the event: the address has no sentry_data');
  const text = data.trimStart();
  return readStoreBody(Buffer.from(text.startsWith('{') ? text : text.replaceAll(' ', '+')), most);
}

async function unpack(bytes: Uint8Array, most: number): Promise<Uint8Array | undefined> {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return inflate(bytes, 'gzip', most);
  return isZlib(bytes) ? inflate(bytes, 'zlib', most) : undefined;
}

/** Blanks and a byte order mark may stand before the brace. */
function beginsLikeJson(bytes: Uint8Array): boolean {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0a || bytes[at] === 0x0d) at++;
  return bytes[at] === 0x7b;
}

function fromBase64(bytes: Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'), 'base64');
}
