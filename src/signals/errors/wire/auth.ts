import { HeedError } from '../../../core/errors.ts';
import { parseDsn } from './dsn.ts';

/** Who sends, by the public key of a project. */
export interface Credentials {
  /** 32 lower-case hex digits. */
  key: string;
  /** Of the protocol, 2 to 7. */
  version: number;
  /** `sentry.python/1.9.10`; empty when it does not say. */
  client: string;
}

/** Where a request may carry its key. */
export interface AuthSources {
  /** The header `X-Sentry-Auth`. */
  xSentryAuth?: string;
  /** What follows the `?` of the address. */
  query?: string;
  /** The header `Authorization`. */
  authorization?: string;
  /** `dsn` of the envelope's header. */
  dsn?: string;
}

const MOST_CLIENT = 128;
const MOST_HEADER = 4096;

interface Said {
  key?: string;
  version?: string;
  client?: string;
}

/**
 * The first key found in the order header, query, `Authorization`, envelope; secrets and timestamps are not looked at.
 * @throws HeedError `no_key` (401), `bad_key` (403), `bad_version` (400)
 */
export function readCredentials(sources: AuthSources): Credentials {
  const said = firstOf(sources);
  if (said === undefined) {
    throw new HeedError('no_key', 'cannot accept events: the request names no key; send the header X-Sentry-Auth, or sentry_key in the address, as SDKs do', {
      status: 401,
    });
  }
  const key = said.key.toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(key)) {
    throw new HeedError('bad_key', 'cannot accept events: a key has 32 hex digits; copy the DSN from the settings of the project', { status: 403 });
  }
  const version = readVersion(said.version);
  if (!(version >= 2 && version <= 7)) {
    throw new HeedError('bad_version', `cannot accept events: versions 2 to 7 of the protocol are known, not '${(said.version ?? '').slice(0, 20)}'`);
  }
  return { key, version, client: (said.client ?? '').slice(0, MOST_CLIENT) };
}

function firstOf(sources: AuthSources): (Said & { key: string }) | undefined {
  const readers: (() => Said | undefined)[] = [
    () => readHeader(sources.xSentryAuth),
    () => readQuery(sources.query),
    () => readAuthorization(sources.authorization),
    () => keyOfDsn(sources.dsn),
  ];
  for (const read of readers) {
    const said = read();
    if (said?.key !== undefined && said.key !== '') return { ...said, key: said.key };
  }
  return undefined;
}

const readVersion = (text: string | undefined): number => (text === undefined || text === '' ? 7 : Number.parseInt(text, 10));

/** `Sentry sentry_key=…, sentry_version=7`; blanks and the first word may be missing. */
function readHeader(header: string | undefined): Said | undefined {
  if (header === undefined || header.length > MOST_HEADER) return undefined;
  const pairs = new Map<string, string>();
  for (const part of header.replace(/^\s{0,8}sentry\s{1,8}/i, '').split(',')) {
    const equals = part.indexOf('=');
    if (equals > 0) pairs.set(part.slice(0, equals).trim().toLowerCase(), part.slice(equals + 1).trim());
  }
  return { key: pairs.get('sentry_key'), version: pairs.get('sentry_version'), client: pairs.get('sentry_client') };
}

function readQuery(query: string | undefined): Said | undefined {
  if (query === undefined || !query.includes('sentry_key') || query.length > MOST_HEADER * 4) return undefined;
  const pairs = new URLSearchParams(query);
  return { key: pairs.get('sentry_key') ?? undefined, version: pairs.get('sentry_version') ?? undefined, client: pairs.get('sentry_client') ?? undefined };
}

/** `Sentry …` as above, `Basic` with the key as user, `DSN` with a whole one. */
function readAuthorization(header: string | undefined): Said | undefined {
  if (header === undefined || header.length > MOST_HEADER) return undefined;
  const space = header.indexOf(' ');
  const rest = header.slice(space + 1).trim();
  switch (header.slice(0, space).toLowerCase()) {
    case 'sentry':
      return readHeader(header);
    case 'basic':
      return { key: Buffer.from(rest, 'base64').toString('latin1').split(':', 1)[0] };
    case 'dsn':
      return keyOfDsn(rest);
    default:
      return undefined;
  }
}

const keyOfDsn = (dsn: string | undefined): Said => ({ key: parseDsn(dsn)?.key });
