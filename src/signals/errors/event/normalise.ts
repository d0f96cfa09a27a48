import type { ErrorEvent } from '../../../core/error-event.ts';
import { HeedError } from '../../../core/errors.ts';
import { readBreadcrumbs } from './breadcrumbs.ts';
import { eventClock } from './clock.ts';
import { readContexts } from './contexts.ts';
import { readEventId } from './event-id.ts';
import { readExceptions } from './exception.ts';
import { readExtra, readModules } from './extra.ts';
import { readChecksum, readFingerprint } from './fingerprint.ts';
import { readLevel } from './level.ts';
import { readMessage } from './message.ts';
import { readDist, readEnvironment, readLine, readRelease } from './names.ts';
import { Notes } from './notes.ts';
import { readPlatform } from './platform.ts';
import { readRequest } from './request.ts';
import { readDebugMeta, readSdk } from './sdk.ts';
import { compact, isRecord, type Raw } from './shapes.ts';
import { readStacktrace } from './stacktrace.ts';
import { readTags } from './tags.ts';
import { readThreads } from './threads.ts';
import { readMeasurements, readSpans } from './transaction.ts';
import { recordOf } from './trim.ts';
import { typeOf } from './type.ts';
import { readUser } from './user.ts';

/** What is known of an event besides what it says. */
export interface Arrival {
  /** Milliseconds since 1970. */
  received: number;
  /** Makes an id for an event without one: 32 lower-case hex digits. */
  newId(): string;
  /** Of the envelope's item. */
  itemType?: string;
  /** Of the envelope; counts more than the event's own. */
  eventId?: string;
  /** Of the envelope, by the client's clock. */
  sentAt?: number;
  /** For `{{auto}}`. */
  clientAddress?: string;
  /** Name and version of the client, or an `sdk` object, for an event that does not say. */
  sdk?: unknown;
}

const MOST_NAME = 200;
const MOST_LOGGER = 64;
const MOST_SERVER = 256;
const MOST_REPORT = 16_384;

/**
 * Brings an event of any client and age to one shape, cut to size; what was wrong or cut stands in its `errors`. Doing it twice
 * changes nothing more, when `sentAt` is not said again.
 * @throws HeedError `bad_event` when it is no JSON object
 */
export function normaliseEvent(raw: unknown, arrival: Arrival): ErrorEvent {
  if (!isRecord(raw)) throw new HeedError('bad_event', 'cannot read the event: it must be a JSON object');
  const notes = new Notes(raw.errors);
  const clock = eventClock(raw.timestamp, arrival.received, arrival.sentAt, notes);
  const stacks = readStacks(raw, notes);
  const csp = recordOf(raw.csp, MOST_REPORT);
  const hasStack = stacks.exception !== undefined || stacks.stacktrace !== undefined;
  const type = typeOf(raw, arrival.itemType, { stack: hasStack, report: csp !== undefined });
  const platform = readPlatform(raw.platform);
  const request = readRequest(raw, notes);
  const release = readRelease(raw.release, notes);
  const allTags = readTags(raw.tags, notes);
  const environment = readEnvironment(raw.environment ?? allTags.find(([key]) => key === 'environment')?.[1], notes);
  return compact<ErrorEvent>({
    event_id: arrival.eventId ?? readEventId(raw.event_id) ?? arrival.newId(),
    type,
    timestamp: clock.timestamp,
    received: arrival.received,
    level: readEventLevel(raw.level, type, notes),
    platform,
    logger: readLine(raw.logger, MOST_LOGGER, 'logger', notes),
    server_name: readLine(raw.server_name, MOST_SERVER, 'server_name', notes),
    release,
    dist: release === undefined ? undefined : readDist(raw.dist, notes),
    environment,
    transaction: readLine(raw.transaction, MOST_NAME, 'transaction', notes),
    culprit: readLine(raw.culprit, MOST_NAME, 'culprit', notes),
    logentry: readMessage(raw, notes),
    ...stacks,
    threads: readThreads(raw, notes),
    breadcrumbs: readBreadcrumbs(raw, clock.read, notes),
    request,
    user: readUser(raw, platform, request, arrival.clientAddress, notes),
    contexts: readContexts(raw, notes),
    tags: allTags.filter(([key, value]) => key !== 'environment' || value !== environment),
    extra: readExtra(raw.extra, notes),
    modules: readModules(raw.modules),
    fingerprint: readFingerprint(raw.fingerprint),
    checksum: readChecksum(raw.checksum),
    sdk: readSdk(raw.sdk) ?? readSdk(arrival.sdk),
    debug_meta: readDebugMeta(raw.debug_meta),
    csp,
    ...(type === 'transaction' ? readTransaction(raw, clock.read, clock.timestamp, notes) : undefined),
    errors: notes.list.length > 0 ? notes.list : undefined,
  });
}

/** A stack of the event itself belongs to its only exception, where that has none. */
function readStacks(raw: Raw, notes: Notes): Pick<ErrorEvent, 'exception' | 'stacktrace'> {
  const exception = readExceptions(raw, notes);
  const stacktrace = readStacktrace(raw.stacktrace ?? raw['sentry.interfaces.Stacktrace'], 'stacktrace', notes);
  if (stacktrace === undefined || exception?.length !== 1 || exception[0].stacktrace !== undefined) return { exception, stacktrace };
  return { exception: [{ ...exception[0], stacktrace }], stacktrace: undefined };
}

function readEventLevel(said: unknown, type: ErrorEvent['type'], notes: Notes): ErrorEvent['level'] {
  const level = readLevel(said);
  if (level === undefined && said !== undefined && said !== null) notes.add('invalid_data', 'level', said);
  return level ?? (type === 'transaction' || type === 'feedback' ? 'info' : 'error');
}

function readTransaction(raw: Raw, readTime: (value: unknown) => number | undefined, end: number, notes: Notes): Partial<ErrorEvent> {
  const start = readTime(raw.start_timestamp);
  if (start === undefined) notes.add('invalid_data', 'start_timestamp');
  return {
    start_timestamp: start === undefined || start > end ? end : start,
    measurements: readMeasurements(raw.measurements),
    spans: readSpans(raw.spans, readTime, notes),
  };
}
