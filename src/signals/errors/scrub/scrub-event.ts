import type { Breadcrumb, ErrorEvent, EventException, EventThread, EventUser, Frame, Json, Stacktrace } from '../../../core/error-event.ts';
import { emptyRecord, isEmpty } from '../event/shapes.ts';
import { scrubRequest } from './scrub-request.ts';
import { mapSame, type Scrubber } from './scrubber.ts';

/**
 * The event without secrets. Left alone are debug images, paths of frames, the User-Agent and ids; in messages and source only
 * what looks like a secret is replaced.
 */
export function scrubEvent(event: ErrorEvent, scrubber: Scrubber): ErrorEvent {
  const scrubbed = { ...event };
  const record = (value: Record<string, Json>): Record<string, Json> => scrubber.record(value);
  for (const key of ['server_name', 'transaction', 'culprit', 'logger', 'environment', 'checksum'] as const) {
    change(scrubbed, key, (text) => scrubber.prose(text));
  }
  change(scrubbed, 'release', (text) => scrubber.version(text));
  change(scrubbed, 'logentry', (entry) => scrubMessage(entry, scrubber));
  change(scrubbed, 'exception', (list) => list.map((one) => scrubException(one, scrubber)));
  change(scrubbed, 'stacktrace', (stack) => scrubStack(stack, scrubber));
  change(scrubbed, 'threads', (list) => list.map((one) => scrubThread(one, scrubber)));
  change(scrubbed, 'breadcrumbs', (list) => list.map((one) => scrubBreadcrumb(one, scrubber)));
  change(scrubbed, 'request', (request) => scrubRequest(request, scrubber));
  change(scrubbed, 'user', (user) => scrubUser(user, scrubber));
  change(scrubbed, 'contexts', (contexts) => scrubContexts(contexts, scrubber));
  change(scrubbed, 'tags', (tags) => scrubber.pairs(tags));
  change(scrubbed, 'extra', record);
  change(scrubbed, 'fingerprint', (parts) => mapSame(parts, (part) => scrubber.prose(part)));
  change(scrubbed, 'csp', record);
  change(scrubbed, 'spans', (spans) => mapSame(spans, record));
  change(scrubbed, 'errors', (notes) => notes.map((note) => ({ ...note, ...(note.value === undefined ? undefined : { value: scrubber.prose(note.value) }) })));
  if (scrubbed.user === undefined) delete scrubbed.user;
  return scrubbed;
}

/** Changes a field that is there. */
function change<Shape, Key extends keyof Shape>(shape: Shape, key: Key, by: (value: NonNullable<Shape[Key]>) => Shape[Key]): void {
  const value = shape[key];
  if (value !== undefined && value !== null) shape[key] = by(value);
}

/** A copy with a field changed; the same where nothing is. */
function changed<Key extends keyof Frame>(frame: Frame, key: Key, by: (value: NonNullable<Frame[Key]>) => Frame[Key]): Frame {
  const value = frame[key];
  if (value === undefined || value === null) return frame;
  const scrubbed = by(value);
  return scrubbed === value ? frame : { ...frame, [key]: scrubbed };
}

function scrubMessage(entry: NonNullable<ErrorEvent['logentry']>, scrubber: Scrubber): NonNullable<ErrorEvent['logentry']> {
  const scrubbed = { ...entry, formatted: scrubber.prose(entry.formatted) };
  change(scrubbed, 'message', (text) => scrubber.prose(text));
  change(scrubbed, 'params', (params) => scrubber.json(params));
  return scrubbed;
}

function scrubException(exception: EventException, scrubber: Scrubber): EventException {
  const scrubbed = { ...exception };
  change(scrubbed, 'type', (text) => scrubber.prose(text));
  change(scrubbed, 'value', (text) => scrubber.prose(text));
  change(scrubbed, 'module', (text) => scrubber.prose(text));
  change(scrubbed, 'mechanism', (mechanism) => scrubber.record(mechanism as Record<string, Json>) as typeof mechanism);
  change(scrubbed, 'stacktrace', (stack) => scrubStack(stack, scrubber));
  change(scrubbed, 'raw_stacktrace', (stack) => scrubStack(stack, scrubber));
  return scrubbed;
}

function scrubThread(thread: EventThread, scrubber: Scrubber): EventThread {
  const scrubbed = { ...thread };
  change(scrubbed, 'name', (text) => scrubber.prose(text));
  change(scrubbed, 'state', (text) => scrubber.prose(text));
  change(scrubbed, 'stacktrace', (stack) => scrubStack(stack, scrubber));
  return scrubbed;
}

const scrubStack = (stack: Stacktrace, scrubber: Scrubber): Stacktrace => ({ ...stack, frames: mapSame(stack.frames, (frame) => scrubFrame(frame, scrubber)) });

function scrubFrame(frame: Frame, scrubber: Scrubber): Frame {
  const line = (text: string): string => scrubber.source(text);
  const lines = (list: string[]): string[] => mapSame(list, line);
  let scrubbed = changed(frame, 'context_line', line);
  scrubbed = changed(scrubbed, 'pre_context', lines);
  scrubbed = changed(scrubbed, 'post_context', lines);
  scrubbed = changed(scrubbed, 'vars', (vars) => scrubber.record(vars));
  scrubbed = changed(scrubbed, 'data', (data) => scrubber.record(data));
  return changed(scrubbed, 'lock', (lock) => scrubber.json(lock));
}

function scrubBreadcrumb(crumb: Breadcrumb, scrubber: Scrubber): Breadcrumb {
  const scrubbed = { ...crumb };
  change(scrubbed, 'category', (text) => scrubber.prose(text));
  change(scrubbed, 'message', (text) => scrubber.prose(text));
  change(scrubbed, 'data', (data) => scrubber.record(data));
  return scrubbed;
}

/** A user without an address, where that is hidden: one that all share would make them one user. */
function scrubUser(user: EventUser, scrubber: Scrubber): EventUser | undefined {
  const { ip_address, ...rest } = user;
  const scrubbed = scrubber.record(rest) as EventUser;
  if (ip_address !== undefined && !scrubber.hidesAddresses) return { ...scrubbed, ip_address };
  return isEmpty(rest) ? undefined : scrubbed;
}

/** A context is never hidden as a whole, whatever it is called. */
function scrubContexts(contexts: NonNullable<ErrorEvent['contexts']>, scrubber: Scrubber): NonNullable<ErrorEvent['contexts']> {
  const scrubbed: typeof contexts = emptyRecord();
  for (const key in contexts) scrubbed[scrubber.prose(key)] = scrubber.record(contexts[key]);
  return scrubbed;
}
