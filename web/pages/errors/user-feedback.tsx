import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { FeedbackItem } from '../../../src/api/contract-feedback.ts';
import { askFeedbackOfIssue } from '../../state/feedback.ts';
import { serverNow } from '../../state/now.ts';
import { pageLink } from '../../state/router.ts';
import { agoText } from '../../words/time.ts';

const SHOWN = 5;
const MOST_TEXT = 300;

/** What users wrote about an issue; first what is about the event that is looked at. Nothing where nobody did. */
export function UserFeedback({ issue, event }: { issue: string; event: string }): JSX.Element | null {
  const [all, setAll] = useState<FeedbackItem[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    // The issue is shown without it where it cannot be asked.
    askFeedbackOfIssue(issue, stop.signal).then(setAll, () => undefined);
    return () => stop.abort();
  }, [issue]);
  if (all.length === 0) return null;
  const sorted = [...all.filter(({ eventId }) => eventId === event), ...all.filter(({ eventId }) => eventId !== event)];
  return (
    <section class="panel" aria-labelledby="h-user-feedback">
      <div class="panel-head">
        <h2 id="h-user-feedback">Users wrote</h2>
        <span class="meta push">{all.length}</span>
      </div>
      <ul class="panel-body user-feedback">
        {sorted.slice(0, SHOWN).map((item) => (
          <li key={item.id}>
            <a class="plain" href={pageLink('/feedback', { state: 'all', feedback: String(item.id) })}>
              {item.message.slice(0, MOST_TEXT)}
              {item.message.length > MOST_TEXT && '…'}
            </a>
            <span class="dim small">
              {item.name || item.email || 'somebody'}, {agoText(item.time, serverNow())}
              {item.eventId === event && ', about this event'}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
