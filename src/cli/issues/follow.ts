import { setTimeout as wait } from 'node:timers/promises';
import type { IssueEventsAnswer, IssueItem, IssuesAnswer } from '../../api/contract-errors.ts';
import type { ServerClient } from '../client.ts';

/** Issues that are looked at, and events of each that are told, at a time. */
const MOST_ISSUES = 100;
const MOST_EVENTS = 100;

export interface NewEvent {
  issue: IssueItem;
  event: IssueEventsAnswer['events'][number];
}

/** Which issues have more events than when they were looked at last, and how many more. The first look only remembers. */
export class EventCounts {
  #known: Map<number, number> | undefined;

  more(issues: readonly IssueItem[], since: number): { issue: IssueItem; events: number }[] {
    const known = this.#known;
    this.#known = new Map(issues.map(({ id, allEvents }) => [id, allEvents]));
    if (!known) return [];
    return issues.flatMap((issue) => {
      // An issue that was not among the newest before: of one that was new then all its events are.
      const before = known.get(issue.id) ?? (issue.firstSeen >= since ? 0 : issue.allEvents - 1);
      const events = Math.min(MOST_EVENTS, issue.allEvents - before);
      return events > 0 ? [{ issue, events }] : [];
    });
  }
}

/** Events of errors as they come, oldest first, looked for every `pause` milliseconds until the client's signal ends it. */
export async function* followErrors(client: ServerClient, query: string, pause: number, signal: AbortSignal): AsyncGenerator<NewEvent> {
  const counts = new EventCounts();
  const question = new URLSearchParams({ query, sort: 'date', limit: String(MOST_ISSUES), from: '-1h' });
  const since = Date.now();
  for (;;) {
    const { issues } = await client.json<IssuesAnswer>(`/api/v1/issues?${question}`);
    const found: NewEvent[] = [];
    for (const { issue, events } of counts.more(issues, since)) {
      const page = await client.json<IssueEventsAnswer>(`/api/v1/issues/${issue.id}/events?limit=${events}`);
      found.push(...page.events.map((event) => ({ issue, event })));
    }
    yield* found.toSorted((a, b) => a.event.time - b.event.time);
    await wait(pause, undefined, { signal });
  }
}
