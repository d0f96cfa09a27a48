import type { Container } from '../items/container.ts';
import { readItem } from '../items/read-item.ts';
import { scrubEvent } from '../scrub/scrub-event.ts';
import type { EnvelopeHeader, Item } from '../wire/envelope.ts';
import { type Digesting, drop, keepCheckIn, keepEvent, leave, withinLimits } from './digesting.ts';
import { clientReportFact, logFact, segmentFact, transactionFact } from './item-facts.ts';
import { keepAttachment } from './keep-attachment.ts';
import type { Category, NotKept, Sample } from './messages.ts';
import { sessionsToCount, sessionToCount } from './session-counts.ts';
import { newFeedback } from './new-feedback.ts';
import { namePart, nameParts } from './series-name.ts';

/** Of items that hold one thing: asked before anything is made of their JSON. */
const CATEGORIES: Record<string, Category> = {
  event: 'error',
  transaction: 'transaction',
  check_in: 'monitor',
  session: 'session',
  sessions: 'session',
  feedback: 'default',
  user_report: 'default',
};

const LEFT: [beginning: string, NotKept][] = [
  ['replay', 'replay'],
  ['profile', 'profile'],
  ['nel', 'nel'],
];

const AS: Record<string, Sample['as']> = { counter: 'sum', gauge: 'last', distribution: 'mean' };

/**
 * Reads an item of an envelope and keeps what can be kept of it.
 * @throws HeedError as `readItem` does
 */
export function takeItem(state: Digesting, item: Item, header: EnvelopeHeader): void {
  const { result, request, allowance, sessions } = state;
  const project = state.project.slug;
  const { scrubber } = state.tools;
  const bytes = item.payload.length;
  const category = Object.hasOwn(CATEGORIES, item.type) ? CATEGORIES[item.type] : undefined;
  if (category !== undefined && withinLimits(state, category, 1) === 0) return;
  const read = readItem(item, header, state.arrival);
  switch (read.kind) {
    case 'event':
      return keepEvent(state, read.event);
    case 'transaction':
      result.facts.push(transactionFact(project, scrubEvent(read.event, scrubber)));
      break;
    case 'attachment':
      return keepAttachment(state, header.event_id, read.attachment);
    case 'feedback':
      result.feedback.push(newFeedback(state, read.feedback));
      break;
    case 'session':
      result.samples.push(...sessions.update(project, read.session));
      result.sessions.push(sessionToCount(state.project.id, read.session));
      break;
    case 'sessions':
      result.samples.push(...sessions.counts(project, read.sessions));
      result.sessions.push(...sessionsToCount(state.project.id, read.sessions));
      break;
    case 'check_in':
      keepCheckIn(state, read.checkIn);
      return allowance.used(state.project.id, bytes, request.received);
    case 'client_report':
      // Their numbers are kept in any case, and clients that hold back send them all the more.
      if (allowance.take(state.project.id, 'internal', 1, request.received).given > 0) result.facts.push(clientReportFact(project, read.report));
      for (const { reason, quantity } of read.report.discarded)
        result.samples.push({ name: `errors.${project}.client_discarded.${namePart(reason)}`, value: quantity, as: 'sum' });
      break;
    case 'log':
      for (const log of entriesOf(state, 'log_item', read.logs)) result.facts.push(logFact(project, log, scrubber));
      break;
    case 'span': {
      const roots = read.spans.entries.filter(({ isSegment }) => isSegment);
      const others = read.spans.entries.length - roots.length;
      if (others > 0) leave(state, 'span', others);
      for (const span of entriesOf(state, 'transaction', { entries: roots, bad: read.spans.bad })) result.facts.push(segmentFact(project, span, scrubber));
      break;
    }
    case 'trace_metric':
      for (const { name, type, value } of entriesOf(state, 'trace_metric', read.metrics))
        result.samples.push({ name: `sentry.${project}.${nameParts(name) || '_'}`, value, as: AS[type] });
      break;
    default:
      return leave(state, LEFT.find(([beginning]) => item.type.startsWith(beginning))?.[1] ?? 'other', 1);
  }
  result.taken++;
  allowance.used(state.project.id, bytes, request.received);
}

/** As many as are within the limits; those that could not be read are counted. */
function entriesOf<Entry>(state: Digesting, category: Category, { entries, bad }: Container<Entry>): Entry[] {
  if (bad > 0) drop(state, 'bad_item', bad);
  return entries.slice(0, withinLimits(state, category, entries.length));
}
