import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { EventAnswer, IssueItem } from '../../../src/api/contract-errors.ts';
import { useKeys } from '../../state/keys.ts';
import { go } from '../../state/router.ts';
import { Icon } from '../../widgets/icon.tsx';
import { thousands } from '../../words/number.ts';
import { clock, day, iso } from '../../words/time.ts';
import { issueLink } from './address.ts';
import { JsonDialog } from './json-dialog.tsx';

/** When the event was, its place among the others, and the way to them. */
export function EventNav(props: { answer: EventAnswer; issue: IssueItem; named: string; onAgain(): void }): JSX.Element {
  const { answer, issue, named } = props;
  const { event, previous, next, place, kept } = answer;
  const [json, setJson] = useState(false);
  const newer = next === '' && issue.lastSeen > event.timestamp && named === 'latest';
  const to = (which: string): void => {
    if (which === '') return;
    if (which === named) props.onAgain();
    else go(issueLink(issue.shortId, which), named !== 'latest');
  };
  useKeys([
    { keys: 'p', about: 'older event', run: () => to(previous) },
    { keys: 'n', about: 'newer event', run: () => to(next) },
    { keys: 'P', about: 'first event', run: () => to('oldest') },
    { keys: 'N', about: 'last event', run: () => to('latest') },
  ]);
  return (
    <div class="event-nav">
      <time class="strong" title={iso(event.timestamp)}>
        {day(event.timestamp, true)}, {clock(event.timestamp, true)}
      </time>
      <span class="dim">
        event {thousands(place)} of {thousands(kept)}
      </span>
      {newer && (
        <button type="button" class="plain link" onClick={() => props.onAgain()}>
          A newer one came
        </button>
      )}
      <span class="push btn-row">
        <button type="button" class="btn quiet not-phone" title="First  P" disabled={previous === ''} onClick={() => to('oldest')}>
          First
        </button>
        <button type="button" class="btn quiet icon" aria-label="Older event" title="Older event  p" disabled={previous === ''} onClick={() => to(previous)}>
          <Icon name="left" />
        </button>
        <button type="button" class="btn quiet icon" aria-label="Newer event" title="Newer event  n" disabled={next === ''} onClick={() => to(next)}>
          <Icon name="right" />
        </button>
        <button type="button" class="btn quiet not-phone" title="Last  N" disabled={next === ''} onClick={() => to('latest')}>
          Last
        </button>
        <button type="button" class="btn quiet not-phone" onClick={() => setJson(true)}>
          JSON
        </button>
      </span>
      {json && <JsonDialog event={event} onClose={() => setJson(false)} />}
    </div>
  );
}
