import type { ErrorEvent, EventException, EventUser, Frame, Json } from '../../../core/error-event.ts';
import { blockedOrigin } from '../wire/csp-origin.ts';
import { cutText } from './shapes.ts';

/** What lists and mails show of an event. Every text is one line without control characters. */
export interface Description {
  title: string;
  /** Where it happened, for people: the transaction, or a file and a function; may be empty. */
  culprit: string;
  /** A file or address; may be empty. */
  location: string;
  /** As Sentry's API has it: type, value, filename, function; of a report message, directive, uri; else title. */
  metadata: Record<string, string>;
  /** False when some exception was not caught; undefined where nothing is known. */
  handled?: boolean;
}

const MOST_TITLE = 256;

export function describeEvent(event: ErrorEvent): Description {
  const thrown = event.exception?.at(-1);
  const frame = culpritFrame(thrown?.stacktrace?.frames ?? event.stacktrace?.frames ?? currentFrames(event));
  const where = { culprit: event.transaction ?? event.culprit ?? (frame ? frameText(frame) : ''), location: frame?.filename ?? frame?.module ?? '' };
  const { title, metadata } = titleOf(event, thrown, frame);
  return {
    title: title === '' ? '<unlabelled event>' : title,
    culprit: line(where.culprit),
    location: line(event.type === 'csp' ? text(event.csp?.document_uri) : where.location),
    metadata,
    handled: handledOf(event),
  };
}

/** The user as Sentry's tag `user` has it: `id:42`, `email:…`, `username:…` or `ip:…`. */
export function userTag(user: EventUser | undefined): string | undefined {
  if (user?.id !== undefined) return `id:${user.id}`;
  if (user?.email !== undefined) return `email:${user.email}`;
  if (user?.username !== undefined) return `username:${user.username}`;
  return user?.ip_address === undefined ? undefined : `ip:${user.ip_address}`;
}

/** The name by which people know a user. */
export const userName = (user: EventUser | undefined): string | undefined => user?.email ?? user?.username ?? user?.name ?? user?.id ?? user?.ip_address;

function titleOf(event: ErrorEvent, thrown: EventException | undefined, frame: Frame | undefined): Pick<Description, 'title' | 'metadata'> {
  if (event.type === 'transaction') return simple(event.transaction ?? '');
  if (event.type === 'feedback') return simple(text(event.contexts?.feedback?.message));
  if (event.csp !== undefined) return reported(event.logentry?.formatted ?? '', event.csp);
  if (thrown === undefined) return simple(event.logentry?.formatted ?? event.transaction ?? '');
  // What captureMessage sends has no type, and the type that a client made up says nothing.
  const type = line(thrown.type ?? '');
  const value = line(thrown.value ?? event.logentry?.formatted ?? '');
  const metadata: Record<string, string> = { type, value, filename: line(frame?.filename ?? ''), function: line(frame?.function ?? '') };
  for (const key of Object.keys(metadata)) if (metadata[key] === '') delete metadata[key];
  return { title: line([type, value].filter((part) => part !== '').join(': ')), metadata };
}

/** As Sentry's API tells a security report. */
function reported(message: string, csp: Record<string, Json>): Pick<Description, 'title' | 'metadata'> {
  const directive = line(text(csp.effective_directive));
  const title = line(message);
  if (directive === '') return simple(title);
  return { title, metadata: { message: title, directive, uri: line(blockedOrigin(csp.blocked_uri, csp.document_uri)) } };
}

function simple(said: string): Pick<Description, 'title' | 'metadata'> {
  const title = line(said);
  return { title, metadata: title === '' ? {} : { title } };
}

/** The last call in the program's own code, or the last at all. */
const culpritFrame = (frames: Frame[] | undefined): Frame | undefined => frames?.findLast((frame) => frame.in_app === true) ?? frames?.at(-1);

function currentFrames(event: ErrorEvent): Frame[] | undefined {
  const thread = event.threads?.find((one) => one.crashed === true) ?? event.threads?.find((one) => one.current === true);
  return (thread ?? (event.threads?.length === 1 ? event.threads[0] : undefined))?.stacktrace?.frames;
}

function frameText(frame: Frame): string {
  const file = frame.module ?? frame.filename ?? frame.package ?? '';
  // What clients call a function without a name.
  const name = frame.function === '?' || frame.function === '<anonymous>' ? '' : (frame.function ?? '');
  return file === '' || name === '' ? file + name : `${file} in ${name}`;
}

function handledOf(event: ErrorEvent): boolean | undefined {
  const said = (event.exception ?? []).map((exception) => exception.mechanism?.handled).filter((handled) => handled !== undefined);
  return said.length === 0 ? undefined : !said.includes(false);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The first line that says anything, without control characters and the marks that turn the direction of writing. */
function line(said: string): string {
  const start = said.search(/\S/);
  if (start < 0) return '';
  const end = said.slice(start).search(/[\r\n\u2028\u2029]/);
  const first = end < 0 ? said.slice(start) : said.slice(start, start + end);
  return cutText(first.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim(), MOST_TITLE);
}
