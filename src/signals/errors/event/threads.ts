import type { EventThread } from '../../../core/error-event.ts';
import { threadId } from './exception.ts';
import type { Notes } from './notes.ts';
import { compact, flagOf, isRecord, lineOf, listOf, type Raw } from './shapes.ts';
import { readStacktrace } from './stacktrace.ts';

const MOST_THREADS = 256;
const MOST_NAME = 256;

export function readThreads(event: Raw, notes: Notes): EventThread[] | undefined {
  const said = listOf(event.threads ?? event['sentry.interfaces.threads']);
  if (said.length > MOST_THREADS) notes.add('too_many_values', 'threads', said.length);
  const threads = said
    .slice(0, MOST_THREADS)
    .filter(isRecord)
    .map((raw) =>
      compact<EventThread>({
        id: threadId(raw.id),
        name: lineOf(raw.name, MOST_NAME),
        crashed: flagOf(raw.crashed),
        current: flagOf(raw.current),
        main: flagOf(raw.main),
        state: lineOf(raw.state, MOST_NAME),
        stacktrace: readStacktrace(raw.stacktrace, 'threads.stacktrace', notes),
      }),
    )
    .filter((thread) => Object.keys(thread).length > 0);
  return threads.length === 0 ? undefined : threads;
}
