import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FeedbackItem } from '../../../src/api/contract-feedback.ts';
import { useAsked } from '../../state/asked.ts';
import { askOneFeedback } from '../../state/feedback.ts';
import { serverNow } from '../../state/now.ts';
import { copyText } from '../../state/toast.ts';
import { FormDialog } from '../../widgets/form-dialog.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { SidePanel } from '../../widgets/side-panel.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { Glyph } from '../../widgets/state.tsx';
import { agoText, iso } from '../../words/time.ts';
import { issueLink } from '../errors/address.ts';
import { Attachments } from '../errors/attachments.tsx';
import { feedbackLink, show } from './address.ts';
import { remove, settle } from './do.ts';
import { STATE_WORDS, webAddress, whoOf } from './words.ts';
import { Problem } from '../../widgets/problem.tsx';

/** One message in full, beside the list; a whole sheet where there is little room. */
export function FeedbackPanel({ id, onChanged }: { id: number; onChanged: () => void }): JSX.Element {
  const { answer, problem, again } = useAsked(String(id), (signal) => askOneFeedback(id, signal));
  const [leaving, setLeaving] = useState(false);
  const close = (): void => show({ feedback: 0 });
  const changed = (): void => {
    again();
    onChanged();
  };
  const item = answer?.feedback;
  return (
    <SidePanel
      name="Feedback"
      title={item ? whoOf(item) : String(id)}
      onClose={close}
      tools={
        <button
          type="button"
          class="btn quiet icon"
          aria-label="Copy the link"
          title="Copy the link"
          onClick={() => void copyText(new URL(feedbackLink(id), location.href).href, 'Link copied')}
        >
          <Icon name="link" />
        </button>
      }
    >
      <Problem text={problem?.message ?? ''} />
      {!answer && !problem && <Skeleton rows={6} slow="Heed takes long to answer." />}
      {answer && item && (
        <>
          <div class="row panel-chips">
            <span class="state pill" data-s={STATE_WORDS[item.state].glyph}>
              <Glyph state={STATE_WORDS[item.state].glyph} />
              <span>{STATE_WORDS[item.state].text}</span>
            </span>
            <span class="chip">
              <span>{item.project}</span>
            </span>
          </div>
          <p class="feedback-message">{item.message}</p>
          <div class="btn-row">
            <button type="button" class="btn primary" title="r" onClick={() => void settle(item, item.state === 'resolved' ? 'open' : 'resolved', changed)}>
              {item.state === 'resolved' ? 'Open again' : 'Resolve'}
            </button>
            <button type="button" class="btn" title="u" onClick={() => void settle(item, item.state === 'spam' ? 'open' : 'spam', changed)}>
              {item.state === 'spam' ? 'No spam' : 'Spam'}
            </button>
            {item.email !== '' && /^[^\s@?&]+@[^\s@?&]+$/.test(item.email) && (
              <a class="btn" href={`mailto:${encodeURIComponent(item.email)}`}>
                Answer
              </a>
            )}
            <button type="button" class="btn quiet" onClick={() => setLeaving(true)}>
              Remove
            </button>
          </div>
          <Facts item={item} />
          <Attachments attachments={answer.attachments} project={item.project} event={answer.ownId} />
        </>
      )}
      {leaving && item && (
        <FormDialog
          name="Remove the feedback"
          title={`Remove what ${whoOf(item)} wrote?`}
          verb="Remove it"
          danger
          onDo={async () => {
            await remove(item, onChanged);
            close();
          }}
          onClose={() => setLeaving(false)}
        >
          <p>It goes for good, with the files that came with it. To only put it away resolve it, or call it spam.</p>
        </FormDialog>
      )}
    </SidePanel>
  );
}

function Facts({ item }: { item: FeedbackItem }): JSX.Element {
  const page = webAddress(item.url);
  const rows: [string, JSX.Element | string][] = [
    ['From', [item.name, item.email].filter((part) => part !== '').join(', ') || 'somebody'],
    ['Written', <time title={iso(item.time)}>{agoText(item.time, serverNow())}</time>],
  ];
  if (item.issue)
    rows.push([
      'About',
      <>
        <a href={issueLink(item.issue.shortId, item.eventId)}>{item.issue.shortId}</a> <span class="dim">{item.issue.title.slice(0, 300)}</span>
      </>,
    ]);
  else if (item.eventId !== '') rows.push(['About', 'an error that has not come, or is no longer kept']);
  if (item.url !== '')
    rows.push([
      'Page',
      page === undefined ? (
        item.url
      ) : (
        <a href={page} rel="noreferrer noopener" target="_blank">
          {item.url}
        </a>
      ),
    ]);
  for (const [name, value] of [
    ['With', item.browser],
    ['Release', item.release],
    ['Environment', item.environment],
    [item.state === 'open' ? 'Opened again' : 'Settled', item.changed === null ? '' : `${agoText(item.changed, serverNow())} by ${item.changedBy}`],
  ])
    if (value !== '') rows.push([name, value]);
  return (
    <dl class="pairs feedback-facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
