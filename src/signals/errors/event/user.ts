import { isIP } from 'node:net';
import type { EventRequest, EventUser } from '../../../core/error-event.ts';
import type { Notes } from './notes.ts';
import { compact, emptyRecord, isEmpty, isRecord, lineOf, type Raw } from './shapes.ts';
import { recordOf } from './trim.ts';

const MOST_NAME = 256;
const MOST_DATA = 8192;
const OWN = new Set(['id', 'email', 'ip_address', 'username', 'name', 'geo', 'data']);
/** Platforms whose clients long left it to the server to know the address. */
const IMPLICIT = new Set(['javascript', 'cocoa', 'objc']);

/** Who it happened to; fields that are not known go into `data`. */
export function readUser(
  event: Raw,
  platform: string,
  request: EventRequest | undefined,
  clientAddress: string | undefined,
  notes: Notes,
): EventUser | undefined {
  const said = event.user ?? event['sentry.interfaces.User'];
  const raw: Raw = isRecord(said) ? said : { id: said };
  const user = compact<EventUser>({
    id: lineOf(raw.id, MOST_NAME),
    email: lineOf(raw.email, MOST_NAME),
    ip_address: readAddress(raw.ip_address, clientAddress, notes) ?? addressOf(request) ?? implicitAddress(event, raw, platform, clientAddress),
    username: lineOf(raw.username, MOST_NAME),
    name: lineOf(raw.name, MOST_NAME),
    geo: recordOf(raw.geo, MOST_DATA),
    data: readRest(raw),
  });
  return isEmpty(user) ? undefined : user;
}

function readAddress(value: unknown, clientAddress: string | undefined, notes: Notes): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (value === '{{auto}}') return clientAddress;
  if (typeof value === 'string' && isIP(value.trim()) !== 0) return value.trim();
  notes.add('invalid_data', 'user.ip_address');
  return undefined;
}

function addressOf(request: EventRequest | undefined): string | undefined {
  const address = request?.env?.REMOTE_ADDR;
  return typeof address === 'string' && isIP(address) !== 0 ? address : undefined;
}

/** Newer clients say in their settings whether the address is wanted. */
function implicitAddress(event: Raw, user: Raw, platform: string, clientAddress: string | undefined): string | undefined {
  const settings = isRecord(event.sdk) && isRecord(event.sdk.settings) ? event.sdk.settings : undefined;
  const infer = settings?.infer_ip;
  const isNull = user.ip_address === null;
  return infer === 'auto' || (infer === undefined && !isNull && IMPLICIT.has(platform)) ? clientAddress : undefined;
}

function readRest(raw: Raw): EventUser['data'] {
  const rest = emptyRecord<unknown>();
  if (isRecord(raw.data)) for (const key of Object.keys(raw.data).slice(0, MOST_NAME)) rest[key] = raw.data[key];
  for (const key of Object.keys(raw).slice(0, MOST_NAME)) if (!OWN.has(key) && raw[key] !== null) rest[key] ??= raw[key];
  return recordOf(rest, MOST_DATA);
}
