import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { EventAnswer, TraceAnswer, TraceRow } from '../../../src/api/contract-errors.ts';
import { askTrace } from '../../state/errors.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Glyph } from '../../widgets/state.tsx';
import { inWords, plural } from '../../words/number.ts';
import { iso } from '../../words/time.ts';
import { issueLink, listLink } from './address.ts';
import { beforeEvent } from './crumbs.ts';
import { term } from './search-tokens.ts';
import { traceWords } from './trace-words.ts';

const LONG = 200;

/** What else happened in the event's trace, here and in other projects: errors, transactions, logs. Nothing where that is all there is. */
export function SameTrace({ answer: { event, issue } }: { answer: EventAnswer }): JSX.Element | null {
  const [found, setFound] = useState<TraceAnswer | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    // The event is shown without it where it cannot be asked.
    if (event.contexts?.trace) askTrace(issue.shortId, event.event_id, stop.signal).then(setFound, () => undefined);
    return () => stop.abort();
  }, [event.event_id]);
  if (!found?.trace || !found.rows.some(({ kind, eventId }) => kind !== 'error' || eventId !== event.event_id)) return null;
  return (
    <section aria-labelledby="h-same-trace">
      <div class="section-head">
        <h2 id="h-same-trace">In the same trace</h2>
        <span class="meta">{found.more ? 'those nearest of many' : plural(found.rows.length, 'entry', 'entries')}</span>
        <a class="meta push mono" href={listLink(term('trace', found.trace))} title={`Errors of trace ${found.trace}`}>
          {found.trace.slice(0, 8)}…
        </a>
      </div>
      <ol class="trail">
        {found.rows.map((row, index) => (
          <Row key={index} row={row} event={event} project={issue.project} />
        ))}
      </ol>
    </section>
  );
}

function Row({ row, event, project }: { row: TraceRow; event: EventAnswer['event']; project: string }): JSX.Element {
  const { state, icon, lead } = traceWords(row);
  const self = row.kind === 'error' && row.eventId === event.event_id;
  const title = row.title.length > LONG ? `${row.title.slice(0, LONG)}…` : row.title;
  const about = [row.project === project ? '' : row.project, row.durationMs === null ? '' : inWords(row.durationMs, 'ms')].filter((part) => part !== '');
  return (
    <li data-s={state} aria-current={self ? 'true' : undefined}>
      <time title={iso(row.time)}>{self ? 'this' : beforeEvent(row.time, event.timestamp)}</time>
      <span class="dot" data-s={state}>
        {state ? <Glyph state={state} /> : <Icon name={icon} small />}
      </span>
      <div class="crumb">
        <p>
          {lead}{' '}
          {row.issue !== '' && !self ? (
            <a class="link" href={issueLink(row.issue, row.eventId)} title={row.about}>
              {title}
            </a>
          ) : (
            <span class={row.kind === 'error' ? undefined : 'mono'} title={row.about}>
              {title}
            </span>
          )}
        </p>
      </div>
      <span class="n">{about.join(', ')}</span>
    </li>
  );
}
