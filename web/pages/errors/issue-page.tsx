import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useMarks } from '../../state/marks.ts';
import { route } from '../../state/router.ts';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { plural } from '../../words/number.ts';
import { Activity } from './activity.tsx';
import { backToList, issueLink, viewOf, type View } from './address.ts';
import { EventNav } from './event-nav.tsx';
import { EventView } from './event-view.tsx';
import { EventsTable } from './events-table.tsx';
import { HowOftenPanel } from './how-often-panel.tsx';
import { useEvent, useIssue } from './issue.ts';
import { IssueHead } from './issue-head.tsx';
import { EventFacts } from './facts.tsx';
import { TagsView } from './tags-view.tsx';
import { Similar } from './similar.tsx';
import { SourceMaps } from './source-maps.tsx';
import { Links } from './links.tsx';
import { UserFeedback } from './user-feedback.tsx';
import { Why } from './why.tsx';

/** An issue with one of its events: where it happened, what led to it, how often, why it is here, and what was done about it. */
export function IssuePage({ id, event }: { id: string; event: string }): JSX.Element {
  const { answer, window, problem } = useIssue(id);
  const found = useEvent(id, event);
  const marks = useMarks();
  const view = viewOf(route.value.params);
  const issue = answer?.issue ?? found.answer?.issue;
  useEffect(() => void (document.title = `${issue ? issue.type || issue.title.slice(0, 60) : id} · Errors · Heed`), [issue?.title]);
  if (!issue) {
    return (
      <div class="page issue-page">
        {problem ? (
          <div class="empty" role="alert">
            <h1>{id} cannot be shown</h1>
            <p>{problem.message}.</p>
            <a class="btn" href={backToList()}>
              All errors
            </a>
          </div>
        ) : (
          <Skeleton rows={10} slow="Heed takes long to answer." />
        )}
      </div>
    );
  }
  const tabs: readonly [View, string, string][] = [
    ['event', 'Event', ''],
    ['events', 'All events', found.answer ? String(found.answer.kept) : ''],
    ['tags', 'Tags', answer ? String(answer.tags.length) : ''],
    ['activity', 'Activity', issue.comments > 0 ? plural(issue.comments, 'comment') : ''],
  ];
  return (
    <div class="page issue-page">
      <IssueHead issue={issue} event={found.answer} />
      <nav class="tabs" aria-label="Parts of the issue">
        {tabs.map(([key, text, note]) => (
          <a
            key={key}
            href={issueLink(issue.shortId, event === 'latest' ? '' : event, key === 'event' ? {} : { view: key })}
            aria-current={key === view ? 'page' : undefined}
          >
            {text}
            {note !== '' && <small>{note}</small>}
          </a>
        ))}
      </nav>
      {view === 'event' && found.answer && <EventNav answer={found.answer} issue={issue} named={event} onAgain={found.askAgain} />}
      <div class="cols">
        <div class="stack">
          {view === 'event' && found.problem && (
            <div class="empty" role="alert">
              <h2>This event cannot be shown</h2>
              <p>{found.problem.message}. Its figures stay, the event itself may be older than what is kept.</p>
            </div>
          )}
          {view === 'event' && !found.answer && !found.problem && <Skeleton rows={8} slow="Heed takes long to answer." />}
          {view === 'event' && found.answer && <EventView key={found.answer.event.event_id} answer={found.answer} />}
          {view === 'events' && <EventsTable issue={issue} current={found.answer?.event.event_id ?? ''} />}
          {view === 'tags' && answer && <TagsView tags={answer.tags} />}
          {view === 'activity' && answer && <Activity answer={answer} />}
        </div>
        <aside class="stack" aria-label="About the issue">
          <HowOftenPanel issue={issue} window={window} marks={marks} />
          {view === 'event' && found.answer && (
            <EventFacts key={found.answer.event.event_id} event={found.answer.event} job={found.answer.job} project={found.answer.issue.project} />
          )}
          {view === 'event' && found.answer?.maps && <SourceMaps key={`maps ${found.answer.event.event_id}`} maps={found.answer.maps} />}
          {answer && <Links answer={answer} />}
          <UserFeedback issue={issue.shortId} event={view === 'event' ? (found.answer?.event.event_id ?? '') : ''} />
          <Why answer={answer} event={found.answer} />
          <Similar issue={issue} />
          {view !== 'activity' && answer && <Activity answer={answer} short />}
        </aside>
      </div>
    </div>
  );
}
