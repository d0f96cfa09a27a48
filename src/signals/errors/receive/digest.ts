import { HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import { isRecord } from '../event/shapes.ts';
import { readEventId } from '../event/event-id.ts';
import { normaliseEvent } from '../event/normalise.ts';
import { readAttachment } from '../items/attachment.ts';
import { readCheckIn } from '../items/check-in.ts';
import { readUserReport } from '../items/feedback.ts';
import { readSecurityReports } from '../wire/csp.ts';
import { inflateBody } from '../wire/encoding.ts';
import { type Item, parseEnvelope } from '../wire/envelope.ts';
import { parseJson } from '../wire/json.ts';
import { type Form, readForm } from '../wire/multipart.ts';
import { readStoreBody, readStoreQuery } from '../wire/store-body.ts';
import { type Digesting, drop, keepCheckIn, keepEvent, leave, noteFault, withinLimits } from './digesting.ts';
import { keepAttachment } from './keep-attachment.ts';
import { newFeedback } from './new-feedback.ts';
import { takeItem } from './take-item.ts';
import type { Digest, Received } from './messages.ts';

/** Most bytes of a body, inflated; an item has its own limits. */
const MOST_INFLATED = 64_000_000;
/** Of one event, or a report. */
const MOST_EVENT = 4_000_000;
/** The name of a minidump in a form (https://docs.sentry.io/platforms/native/guides/minidumps/). */
const DUMP = 'upload_file_minidump';
/** With the end of what the program printed. */
const MOST_MONITOR_BODY = 512_000;

/** Reads a request, whatever is in it, and makes ready what is to be kept. Never throws for what a client sent. */
export async function digest(state: Digesting): Promise<Digest> {
  const { request, result } = state;
  try {
    await DOORS[request.door](state);
  } catch (error) {
    const known = error instanceof HeedError ? error : ofOurs(error);
    drop(state, known.code === 'body_too_large' ? 'too_large' : 'bad_request');
    noteFault(state, known);
  }
  if (result.taken > 0 || result.limited.length > 0) delete result.fault;
  return result;
}

/** The next request is none the worse, and the client is not to send it again. */
function ofOurs(error: unknown): HeedError {
  log.error({ err: error }, 'bug: a request of a Sentry client could not be read');
  return new HeedError('unreadable', 'cannot read the request: an error of ours; the log has it');
}

const DOORS: Record<Received['door'], (state: Digesting) => Promise<void>> = {
  envelope: takeEnvelope,
  store: takeStore,
  store_query: takeStore,
  security: takeSecurity,
  minidump: takeMinidump,
  check_in: takeCheckIn,
  user_report: takeUserReport,
  attachments: takeAttachments,
};

async function takeEnvelope(state: Digesting): Promise<void> {
  const { header, items, wrong } = parseEnvelope(await inflated(state, MOST_INFLATED));
  state.result.id = header.event_id;
  for (const { fault, type } of wrong) {
    drop(state, fault === 'item_too_large' ? 'too_large' : 'bad_item');
    const status = fault === 'item_too_large' ? 413 : 400;
    noteFault(state, new HeedError(fault, `cannot read the envelope: ${FAULTS[fault]}${type === undefined ? '' : ` ('${type.slice(0, 40)}')`}`, { status }));
  }
  // Files follow their event: where too many of those came, they are left as well.
  const isFile = ({ type }: Item): boolean => type === 'attachment';
  for (const item of [...items.filter((one) => !isFile(one)), ...items.filter(isFile)]) {
    if (isFile(item) && state.result.limited.length > 0) {
      drop(state, 'rate_limited');
      continue;
    }
    try {
      takeItem(state, item, header);
    } catch (error) {
      drop(state, 'bad_item');
      noteFault(state, error instanceof HeedError ? error : ofOurs(error));
    }
  }
}

const FAULTS = {
  bad_item_header: 'the first line of an item must be a JSON object with a type',
  cut_short: 'an item is shorter than its length says',
  too_many_items: 'it has more than 1,000 items',
  too_many_sessions: 'it has more than 100 sessions',
  item_too_large: 'an item is too large',
};

async function takeStore(state: Digesting): Promise<void> {
  const { door, query } = state.request;
  const raw = door === 'store_query' ? await readStoreQuery(query, MOST_EVENT) : await readStoreBody(await inflated(state, MOST_EVENT), MOST_EVENT);
  keepRaw(state, raw);
}

async function takeSecurity(state: Digesting): Promise<void> {
  const { query, userAgent } = state.request;
  const said = new URLSearchParams(query);
  const { events, noise, other } = readSecurityReports(parseJson(await inflated(state, MOST_EVENT)));
  if (noise > 0) leave(state, 'noise', noise);
  if (other > 0) leave(state, 'other', other);
  for (const event of events) {
    const request = isRecord(event.request) ? event.request : {};
    const headers = Array.isArray(request.headers) ? (request.headers as unknown[]) : [];
    const knowsAgent = headers.some((header) => Array.isArray(header) && header[0] === 'User-Agent');
    keepRaw(state, {
      ...event,
      release: said.get('sentry_release') ?? undefined,
      environment: said.get('sentry_environment') ?? undefined,
      request: { ...request, headers: userAgent === undefined || knowsAgent ? headers : [...headers, ['User-Agent', userAgent]] },
    });
  }
}

/** Of a crash that a minidump tells of an event is made; the dump is kept with it, and so are other files of the form. */
async function takeMinidump(state: Digesting): Promise<void> {
  const body = await inflated(state, MOST_INFLATED);
  const isDump = body[0] === 0x4d && body[1] === 0x44 && body[2] === 0x4d && body[3] === 0x50;
  const { fields, files }: Form = isDump
    ? { fields: new Map(), files: [{ name: DUMP, filename: 'minidump.dmp', content: body }] }
    : readForm(body, state.request.contentType ?? '');
  if (files.length === 0) throw new HeedError('no_minidump', 'cannot read the crash report: it must hold the file upload_file_minidump');
  const said = fields.has('sentry') ? parseJson(fields.get('sentry') as Uint8Array) : {};
  const crash = {
    type: 'Minidump',
    value: 'The program crashed; its minidump is kept as it came',
    mechanism: { type: 'minidump', handled: false, synthetic: true },
  };
  keepRaw(state, { platform: 'native', level: 'fatal', ...(isRecord(said) ? said : {}), exception: { values: [crash] } });
  const [event] = state.result.events;
  if (event === undefined) return;
  for (const { name, filename, content } of files)
    keepAttachment(
      state,
      event.eventId,
      readAttachment({ filename: filename || name, attachment_type: name === DUMP ? 'event.minidump' : undefined }, content),
    );
}

/** Files that are sent after their event, each a part of a form. */
async function takeAttachments(state: Digesting): Promise<void> {
  const event = readEventId(state.request.event);
  if (event === undefined) throw new HeedError('bad_event', 'cannot keep the attachments: the address must hold the id of an event, 32 hex digits');
  const { files } = readForm(await inflated(state, MOST_INFLATED), state.request.contentType ?? '');
  if (files.length === 0) throw new HeedError('no_attachment', 'cannot keep the attachments: the form holds no file');
  for (const { name, filename, content } of files) keepAttachment(state, event, readAttachment({ filename: filename || name }, content));
}

async function takeCheckIn(state: Digesting): Promise<void> {
  const { request } = state;
  const query = Object.fromEntries(new URLSearchParams(request.query));
  const body = request.body.length === 0 ? new Uint8Array() : await inflated(state, MOST_MONITOR_BODY);
  const said = body.length === 0 ? {} : parseJson(body);
  const checkIn = readCheckIn({ ...query, ...(isRecord(said) ? said : {}) }, request.monitor);
  if (withinLimits(state, 'monitor', 1) === 0) return;
  keepCheckIn(state, checkIn);
}

async function takeUserReport(state: Digesting): Promise<void> {
  const { request, result } = state;
  const body = await inflated(state, MOST_EVENT);
  const text = Buffer.from(body).toString();
  // curl calls everything a form unless told otherwise.
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.contentType ?? '') && !/^\s*\{/.test(text);
  const said = isForm ? Object.fromEntries(new URLSearchParams(text)) : parseJson(body);
  const eventId = new URLSearchParams(request.query).get('eventId') ?? undefined;
  const feedback = { ...readUserReport(isRecord(said) ? { eventId, ...said } : said), source: isForm ? 'dialog' : 'api' };
  if (withinLimits(state, 'default', 1) === 0) return;
  result.feedback.push(newFeedback(state, feedback));
  result.taken++;
}

function keepRaw(state: Digesting, raw: unknown): void {
  if (withinLimits(state, 'error', 1) === 0) return;
  keepEvent(state, normaliseEvent(raw, state.arrival));
}

const inflated = ({ request }: Digesting, most: number): Promise<Uint8Array> => inflateBody(request.body, request.encoding, most);
