import type { NewSessions, SessionOutcome } from '../../../store/errors/sessions.ts';
import type { SessionCounts, SessionUpdate } from '../items/session.ts';

/** A session as it is counted. It counts as well until it is told otherwise. */
export function sessionToCount(project: number, session: SessionUpdate): NewSessions {
  const { release, environment = '', started, user = '', id, isFirst: first, sequence } = session;
  return { project, release, environment, started, user, id, first, sequence, outcome: outcomeOf(session) };
}

/** Sessions of each minute; a server tells no more of them later. */
export function sessionsToCount(project: number, { release, environment = '', counts }: SessionCounts): NewSessions[] {
  return counts.map(({ started, user = '', exited, errored, unhandled, abnormal, crashed }) => ({
    project,
    release,
    environment,
    started,
    user,
    counts: { healthy: exited, errored, unhandled, abnormal, crashed },
  }));
}

function outcomeOf({ status, errors }: SessionUpdate): SessionOutcome {
  if (status === 'crashed' || status === 'abnormal' || status === 'unhandled') return status;
  return errors > 0 ? 'errored' : 'healthy';
}
