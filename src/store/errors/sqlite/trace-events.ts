import { LEVELS } from '../../../core/error-event.ts';
import type { TracedEvent, TraceQuestion } from '../errors-store.ts';
import { readBody } from './bodies.ts';
import type { ErrorsFile } from './errors-file.ts';
import { firstIdOf, timeOf } from './event-id.ts';
import { numberOfTrace } from './event-row.ts';
import type { Memory } from './memory.ts';

const MOST_EACH_SIDE = 100;

interface Stored {
  id: number;
  project: number;
  issue: number;
  event_id: Uint8Array;
  level: number;
}

export function eventsOfTrace(file: ErrorsFile, memory: Memory, { trace, around, limit }: TraceQuestion): TracedEvent[] {
  const number = numberOfTrace(trace);
  if (number === 0) return [];
  const most = Math.min(Math.max(1, Math.floor(limit)), MOST_EACH_SIDE);
  const place = firstIdOf(Math.floor(around) + 1);
  const side = (comparison: string, order: string): Stored[] =>
    file.all<Stored>(
      `SELECT events.id, events.project, issue, event_id, level FROM events INDEXED BY events_by_trace JOIN groups ON groups.id = grp
        WHERE trace = ? AND trace <> 0 AND events.id ${comparison} ? ORDER BY events.id ${order} LIMIT ?`,
      number,
      place,
      most,
    );
  return [...side('<', 'DESC').toReversed(), ...side('>=', 'ASC')].flatMap((stored): TracedEvent[] => {
    const eventId = Buffer.from(stored.event_id).toString('hex');
    const body = readBody(file, memory, stored.id, eventId);
    const { project, issue, level } = stored;
    const time = body?.event.timestamp ?? timeOf(stored.id);
    return [{ project, issue, eventId, time, level: LEVELS[level] ?? 'error', title: body?.title ?? '', culprit: body?.culprit ?? '' }];
  });
}
