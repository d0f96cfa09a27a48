import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { IssueEventsAnswer, IssueItem } from '../../../src/api/contract-errors.ts';
import { askIssueEvents } from '../../state/errors.ts';
import { change, route } from '../../state/router.ts';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { clock, day, iso } from '../../words/time.ts';
import { issueLink } from './address.ts';
import { SearchField } from './search-field.tsx';
import { NothingMatches } from './empty.tsx';
import { shortRelease } from './words.ts';

const PAGE = 50;

/** All events of the issue that are kept, newest first; a search narrows them. */
export function EventsTable({ issue, current }: { issue: IssueItem; current: string }): JSX.Element {
  const [state, setState] = useState<{ events: IssueEventsAnswer['events']; next: string | null; problem: string } | null>(null);
  const query = route.value.params.get('q') ?? '';
  const ask = (cursor: string, signal?: AbortSignal): Promise<void> =>
    askIssueEvents(String(issue.id), query, PAGE, cursor, signal).then(
      (answer) =>
        setState((before) => ({ events: cursor === '' ? answer.events : [...(before?.events ?? []), ...answer.events], next: answer.next, problem: '' })),
      (error: unknown) => {
        if (!signal?.aborted) setState((before) => ({ events: before?.events ?? [], next: null, problem: (error as Error).message }));
      },
    );
  useEffect(() => {
    const stop = new AbortController();
    void ask('', stop.signal);
    return () => stop.abort();
  }, [issue.id, query]);
  const search = (text: string): void => change((params) => (text === '' ? params.delete('q') : params.set('q', text)));
  return (
    <section class="stack-m" aria-label="All events">
      <SearchField query={query} project={issue.project} name="Search these events" onSearch={search} />
      {state?.problem && (
        <p class="bad" role="alert">
          {state.problem}
        </p>
      )}
      {!state && <Skeleton rows={8} slow="Heed takes long to answer." />}
      {state?.events.length === 0 && state.problem === '' && <NothingMatches query={query} onSearch={search} />}
      {state && state.events.length > 0 && (
        <div class="panel">
          <table class="table">
            <thead>
              <tr>
                <th>Event</th>
                <th>When</th>
                <th class="p2">Release</th>
                <th class="p3">Environment</th>
                <th class="p2">Who</th>
                <th class="p3">Where</th>
              </tr>
            </thead>
            <tbody>
              {state.events.map((event) => (
                <tr key={event.eventId} aria-selected={event.eventId === current}>
                  <td class="fit">
                    <a class="name mono" href={issueLink(issue.shortId, event.eventId)} title={event.title}>
                      {event.eventId.slice(0, 8)}
                    </a>
                  </td>
                  <td class="nowrap">
                    <time title={iso(event.time)}>
                      {day(event.time)}, {clock(event.time, true)}
                    </time>
                  </td>
                  <td class="p2 clip" title={event.release}>
                    {shortRelease(event.release)}
                  </td>
                  <td class="p3 clip" title={event.environment}>
                    {event.environment}
                  </td>
                  <td class="p2 clip" title={event.user}>
                    {event.user}
                  </td>
                  <td class="p3 clip mono small" title={event.url}>
                    {event.url}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {state.next !== null && (
            <div class="panel-foot">
              <button type="button" class="plain link" onClick={() => void ask(state.next ?? '')}>
                Show more
              </button>
            </div>
          )}
        </div>
      )}
    </section>
  );
}
