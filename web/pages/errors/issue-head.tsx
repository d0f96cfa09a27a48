import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { EventAnswer, IssueItem } from '../../../src/api/contract-errors.ts';
import { useKeys } from '../../state/keys.ts';
import { go } from '../../state/router.ts';
import { copyText } from '../../state/toast.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Menu, MenuItem } from '../../widgets/menu.tsx';
import { Glyph } from '../../widgets/state.tsx';
import { backToList, issueLink, listLink } from './address.ts';
import { AssignMenu } from './assign-menu.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import { doTo } from './do.ts';
import { markdownOf } from './markdown.ts';
import { JsonDialog } from './json-dialog.tsx';
import { ResolveButtons } from './resolve-menu.tsx';
import { term } from './search-tokens.ts';
import { standingLong } from './words.ts';

/** What it is, how it stands, and what can be done with it. */
export function IssueHead({ issue, event }: { issue: IssueItem; event: EventAnswer | null }): JSX.Element {
  const [dialog, setDialog] = useState<'none' | 'json' | 'discard'>('none');
  const stand = standingLong(issue);
  const act = (change: Parameters<typeof doTo>[1]): void => void doTo([issue], change);
  useKeys([
    { keys: 'r', about: 'resolve, or open again', run: () => act({ do: issue.state === 'unresolved' ? 'resolve' : 'unresolve' }) },
    {
      keys: 'a',
      about: 'archive until it escalates, or open again',
      run: () => act(issue.state === 'archived' ? { do: 'unresolve' } : { do: 'archive', escalating: true }),
    },
    { keys: 'Escape', about: 'back to the list', run: () => go(backToList()) },
  ]);
  const copyMarkdown = (): void => {
    if (event) void copyText(markdownOf(event, new URL(issueLink(issue.shortId, event.event.event_id), location.href).href), 'Copied as Markdown');
  };
  const chip = (key: string, value: string): JSX.Element | undefined =>
    value === '' ? undefined : (
      <a class="chip" href={listLink(term(key, value))} title={`Issues with ${key} ${value}`}>
        <i>{key}</i>
        <span>{value}</span>
      </a>
    );
  return (
    <div class="page-head">
      <div>
        <div class="crumbs">
          <a href={backToList()}>Errors</a>
          <Icon name="right" small />
          <a href={issueLink(issue.shortId)}>{issue.shortId}</a>
          {event && (
            <>
              <Icon name="right" small />
              <span title={event.event.event_id}>event {event.event.event_id.slice(0, 8)}</span>
            </>
          )}
        </div>
        <h1 class="error-title clamp" title={issue.title.length > 120 ? issue.title : undefined}>
          {issue.title.slice(0, 1000)}
        </h1>
        <div class="chips head-chips">
          <span class="state pill" data-s={stand.state}>
            <Glyph state={stand.state} />
            <span class="cut">{stand.text}</span>
          </span>
          {issue.bookmarked && (
            <span class="chip">
              <span>bookmarked</span>
            </span>
          )}
          {chip('level', issue.level)}
          {chip('platform', issue.platform)}
          {issue.handled !== null && (
            <a class="chip" href={listLink(term('error.handled', String(issue.handled)))}>
              <i>handled</i>
              <span>{issue.handled ? 'yes' : 'no'}</span>
            </a>
          )}
          {event?.event.transaction !== undefined && chip('transaction', event.event.transaction)}
        </div>
      </div>
      <div class="btn-row">
        <ResolveButtons issues={[issue]} onDo={act} />
        <AssignMenu assignee={issue.assignee} onDo={act} />
        <button type="button" class="btn not-phone" title="Copy the whole as Markdown, for a ticket" disabled={!event} onClick={copyMarkdown}>
          <Icon name="copy" small />
          Markdown
        </button>
        <Menu
          name="More"
          end
          button={(attributes) => (
            <button {...attributes} class="btn icon" aria-label="More">
              <Icon name="more" />
            </button>
          )}
        >
          {(close) => {
            const item = (text: string, run: () => void, css = ''): JSX.Element => (
              <MenuItem close={close} class={css} onDo={run}>
                {text}
              </MenuItem>
            );
            return (
              <>
                {event && item('Copy as Markdown', copyMarkdown, 'phone')}
                {event && item('JSON', () => setDialog('json'))}
                {item(issue.bookmarked ? 'Remove the bookmark' : 'Bookmark', () => act({ do: 'bookmark', on: !issue.bookmarked }))}
                <hr />
                {item('Discard…', () => setDialog('discard'))}
              </>
            );
          }}
        </Menu>
      </div>
      {dialog === 'discard' && <DiscardDialog issue={issue} onClose={() => setDialog('none')} />}
      {dialog === 'json' && event && <JsonDialog event={event.event} onClose={() => setDialog('none')} />}
    </div>
  );
}
