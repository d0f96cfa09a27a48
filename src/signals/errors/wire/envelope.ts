import { HeedError } from '../../../core/errors.ts';
import { readEventId } from '../event/event-id.ts';
import { isRecord, type Raw } from '../event/shapes.ts';
import { readTime } from '../event/time.ts';
import { mostBytesOf } from './item-limits.ts';

/** What the first line of an envelope says. */
export interface EnvelopeHeader {
  event_id?: string;
  dsn?: string;
  /** By the client's clock, milliseconds since 1970. */
  sent_at?: number;
  sdk?: Raw;
  /** What belongs to the whole trace: release, environment, sampling. */
  trace?: Raw;
}

export interface Item {
  type: string;
  /** All that its first line says. */
  header: Raw;
  /** A part of the envelope's bytes. */
  payload: Uint8Array;
}

export type EnvelopeFault = 'bad_item_header' | 'cut_short' | 'too_many_items' | 'too_many_sessions' | 'item_too_large';

export interface Envelope {
  header: EnvelopeHeader;
  items: Item[];
  /** What could not be taken, one for each. */
  wrong: { fault: EnvelopeFault; type?: string }[];
}

const MOST_ITEMS = 1000;
const MOST_SESSIONS = 100;
export const MOST_HEADER_BYTES = 8192;
const MOST_TYPE = 64;

/**
 * Reads an envelope (https://develop.sentry.dev/sdk/foundations/data-model/envelopes/). What is damaged or too large is told
 * in `wrong`; the items before it, and after it where its end is known, are there all the same.
 * @throws HeedError `bad_envelope`
 */
export function parseEnvelope(bytes: Uint8Array): Envelope {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = lineEnd(buffer, 0);
  const envelope: Envelope = { header: readEnvelopeHeader(buffer.subarray(0, end)), items: [], wrong: [] };
  let sessions = 0;
  let seen = 0;
  for (let at = skipBlank(buffer, end); at < buffer.length; at = skipBlank(buffer, at)) {
    const headerEnd = lineEnd(buffer, at);
    const header = readHeaderLine(buffer, at, headerEnd);
    const length = header?.length;
    if (header === undefined || !(length === undefined || length === null || (Number.isSafeInteger(length) && (length as number) >= 0))) {
      envelope.wrong.push({ fault: 'bad_item_header' });
      break;
    }
    const type = typeof header.type === 'string' ? header.type.slice(0, MOST_TYPE) : undefined;
    const start = Math.min(headerEnd + 1, buffer.length);
    const stop = typeof length === 'number' ? start + length : lineEnd(buffer, start);
    if (stop > buffer.length) {
      envelope.wrong.push({ fault: 'cut_short', type });
      break;
    }
    if (++seen > MOST_ITEMS) {
      envelope.wrong.push({ fault: 'too_many_items', type });
      break;
    }
    at = stop;
    if (type === undefined) envelope.wrong.push({ fault: 'bad_item_header' });
    else if (stop - start > mostBytesOf(type)) envelope.wrong.push({ fault: 'item_too_large', type });
    else if (type === 'session' && ++sessions > MOST_SESSIONS) envelope.wrong.push({ fault: 'too_many_sessions', type });
    else envelope.items.push({ type, header, payload: bytes.subarray(start, stop) });
  }
  return envelope;
}

/**
 * The first line of an envelope, without its newline.
 * @throws HeedError `bad_envelope`
 */
export function readEnvelopeHeader(line: Uint8Array): EnvelopeHeader {
  const header = readHeaderLine(Buffer.from(line.buffer, line.byteOffset, line.byteLength), 0, line.length);
  if (header === undefined) {
    throw new HeedError('bad_envelope', `cannot read the envelope: its first line must be a JSON object of at most ${MOST_HEADER_BYTES} bytes`);
  }
  return {
    event_id: readEventId(header.event_id),
    dsn: typeof header.dsn === 'string' ? header.dsn : undefined,
    sent_at: readTime(header.sent_at),
    sdk: isRecord(header.sdk) ? header.sdk : undefined,
    trace: isRecord(header.trace) ? header.trace : undefined,
  };
}

function readHeaderLine(buffer: Buffer, start: number, end: number): Raw | undefined {
  if (end - start > MOST_HEADER_BYTES) return undefined;
  try {
    const header: unknown = JSON.parse(buffer.toString('utf8', start, end).replace(/^\ufeff/, ''));
    return isRecord(header) ? header : undefined;
  } catch {
    return undefined;
  }
}

function lineEnd(buffer: Buffer, from: number): number {
  const found = buffer.indexOf(0x0a, from);
  return found < 0 ? buffer.length : found;
}

function skipBlank(buffer: Buffer, from: number): number {
  let at = from;
  while (buffer[at] === 0x0a || buffer[at] === 0x0d) at++;
  return at;
}
