import type { ErrorsFile } from './errors-file.ts';
import type { KnownIssue, Memory } from './memory.ts';
import { escalationFrom, PAST_HOURS } from './states.ts';
import { HOUR } from './tally.ts';

/** Events of an issue in this hour when they are an escalation, else undefined. Call after they were counted. */
export function watch(file: ErrorsFile, memory: Memory, issue: KnownIssue, newest: number, now: number): number | undefined {
  const hour = Math.floor(now / HOUR);
  if (Math.floor(newest / HOUR) !== hour || (issue.state !== 'archived' && issue.substate === 'escalating')) return undefined;
  if (issue.state === 'archived' ? !issue.until.escalating : issue.state !== 'unresolved') return undefined;
  let from = memory.thresholds.get(issue.id);
  if (from?.hour !== hour) {
    const first = Math.max(hour - PAST_HOURS, Math.floor(issue.firstSeen / HOUR));
    const past = file.all<{ events: number }>(
      'SELECT sum(hours.events) AS events FROM groups CROSS JOIN hours ON grp = id WHERE issue = ? AND hour >= ? AND hour < ? GROUP BY hour',
      issue.id,
      first,
      hour,
    );
    from = {
      hour,
      events: escalationFrom(
        past.map(({ events }) => events),
        hour - first,
      ),
    };
    memory.thresholds.set(issue.id, from);
  }
  // The whole of its events is fewer, mostly.
  if (issue.events < from.events) return undefined;
  const { events } = file.get<{ events: number }>(
    'SELECT coalesce(sum(hours.events), 0) AS events FROM groups CROSS JOIN hours ON grp = id WHERE issue = ? AND hour = ?',
    issue.id,
    hour,
  ) as { events: number };
  return events >= from.events ? events : undefined;
}
