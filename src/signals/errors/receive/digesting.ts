import { rowOf } from '../../../store/errors/sqlite/event-row.ts';
import type { ErrorEvent } from '../../../core/error-event.ts';
import { HeedError } from '../../../core/errors.ts';
import type { Arrival } from '../event/normalise.ts';
import type { CheckIn } from '../items/check-in.ts';
import type { Allowance } from './allowance.ts';
import { checkInFact } from './item-facts.ts';
import type { Category, Digest, Dropped, NotKept, Received } from './messages.ts';
import { prepareEvent } from './prepare-event.ts';
import type { Sessions } from './sessions.ts';
import type { EventTools } from './tools.ts';

/** A request that is being read, and what came of it so far. */
export interface Digesting {
  request: Received;
  project: Received['project'];
  arrival: Arrival;
  result: Digest;
  tools: EventTools;
  allowance: Allowance;
  sessions: Sessions;
}

/** A request nothing of which was read yet. */
export function begin(request: Received, parts: Pick<Digesting, 'tools' | 'allowance' | 'sessions'> & { newId: () => string }): Digesting {
  const { received, address, client } = request;
  const slash = client.lastIndexOf('/');
  return {
    ...parts,
    request,
    project: request.project,
    arrival: {
      received,
      newId: parts.newId,
      clientAddress: address,
      sdk: client === '' ? undefined : { name: slash < 0 ? client : client.slice(0, slash), version: slash < 0 ? '' : client.slice(slash + 1) },
    },
    result: {
      events: [],
      facts: [],
      samples: [],
      sessions: [],
      checkIns: [],
      feedback: [],
      attachments: [],
      withoutEvent: 0,
      dropped: {},
      notKept: {},
      limited: [],
      taken: 0,
    },
  };
}

/** @throws HeedError `event_too_large` (413) */
export function keepEvent({ request, result, project, tools, allowance }: Digesting, event: ErrorEvent): void {
  const row = rowOf(prepareEvent(event, project, tools));
  if (row === undefined) throw new HeedError('event_too_large', 'cannot keep the event: it is too large; send less with it', { status: 413 });
  result.events.push(row);
  result.id ??= event.event_id;
  result.taken++;
  allowance.used(project.id, row.body.length, request.received);
}

/** A check-in is kept with its job, and is told in the list of facts. */
export function keepCheckIn({ request, result, project }: Digesting, checkIn: CheckIn): void {
  const { slug, id, status, environment, durationMs, release, trace, job, config } = checkIn;
  result.facts.push(checkInFact(project.slug, checkIn, request.received));
  result.checkIns.push({
    project: project.id,
    slug,
    id: id === 'latest' ? undefined : id,
    status,
    environment,
    time: request.received,
    durationMs,
    settings: config,
    release,
    trace,
    details: job,
  });
  result.taken++;
}

/** How many of a category may be kept; the others are counted, and their client is told to hold back. */
export function withinLimits(state: Digesting, category: Category, wanted: number): number {
  const { allowance, project, request, result } = state;
  const { given, why, seconds, scope } = allowance.take(project.id, category, wanted, request.received, request.key);
  if (why !== undefined) {
    drop(state, why, wanted - given);
    if (!result.limited.some((limit) => limit.category === category)) result.limited.push({ category, seconds, scope });
  }
  return given;
}

export function drop({ result }: Digesting, why: Dropped, count = 1): void {
  result.dropped[why] = (result.dropped[why] ?? 0) + count;
}

/** It is read, or known, and not kept; the client need not know. */
export function leave({ result }: Digesting, what: NotKept, count: number): void {
  result.notKept[what] = (result.notKept[what] ?? 0) + count;
  result.taken++;
}

/** The first of them is told, if nothing can be used. */
export function noteFault({ result }: Digesting, { code, message, status }: HeedError): void {
  result.fault ??= { code, message, status };
}
