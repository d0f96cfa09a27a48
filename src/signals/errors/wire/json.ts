import { HeedError } from '../../../core/errors.ts';
import { mendJson } from './json-mend.ts';

/** Levels of lists and objects; what is kept is cut to far fewer. */
const MOST_DEPTH = 128;
const MOST_VALUES = 50_000;
/** Integers of more digits lose the last ones in a double. */
const SAFE_DIGITS = 15;

/**
 * Parses JSON from outside. Bytes that are no UTF-8 become U+FFFD, a byte order mark is passed over, integers that no double
 * holds, NaN and Infinity become texts, of a key said twice the last counts. Objects may own a key `__proto__`.
 * @throws HeedError `bad_json`
 */
export function parseJson(bytes: Uint8Array): unknown {
  const long = measure(bytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const raw = buffer.toString('utf8');
  const text = raw.charCodeAt(0) === 0xfeff ? raw.slice(1) : raw;
  try {
    return JSON.parse(long ? mendJson(text) : text) as unknown;
  } catch {
    return parseMended(text);
  }
}

function parseMended(text: string): unknown {
  try {
    return JSON.parse(mendJson(text)) as unknown;
  } catch {
    throw badJson('it is not JSON');
  }
}

/** Refuses what is too deep or too much before anything is built of it; true when it has integers of many digits. */
function measure(bytes: Uint8Array): boolean {
  let depth = 0;
  let values = 0;
  let digits = 0;
  let long = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === 0x22) {
      // To the end of the string; what is escaped does not end it.
      for (i++; i < bytes.length && bytes[i] !== 0x22; i++) if (bytes[i] === 0x5c) i++;
      continue;
    }
    if (byte >= 0x30 && byte <= 0x39) {
      if (++digits > SAFE_DIGITS) long = true;
      continue;
    }
    digits = 0;
    if (byte === 0x5b || byte === 0x7b) {
      if (++depth > MOST_DEPTH) throw badJson(`it is nested deeper than ${MOST_DEPTH} levels`);
    } else if (byte === 0x5d || byte === 0x7d) depth--;
    else if (byte === 0x2c && ++values > MOST_VALUES) throw badJson(`it has more than ${MOST_VALUES.toLocaleString('en-US')} values`);
  }
  return long;
}

const badJson = (why: string): HeedError => new HeedError('bad_json', `cannot read JSON: ${why}`);
