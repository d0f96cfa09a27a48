import type { JSX } from 'preact';
import type { IssueItem } from '../../../src/api/contract-errors.ts';
import { serverNow } from '../../state/now.ts';
import { thousands } from '../../words/number.ts';
import { ago, iso } from '../../words/time.ts';
import { show } from './address.ts';
import { IssueName } from './issue-name.tsx';
import { Trend } from './trend.tsx';

/** One issue in two lines. Its name opens the panel; with ⌘ or the middle button it is a link to its page. */
export function IssueRow(props: { issue: IssueItem; current: boolean; open: boolean; chosen: boolean; onChoose(range: boolean): void }): JSX.Element {
  const { issue, current, open } = props;
  const name = issue.type === '' ? issue.title : issue.type;
  const take = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    show({ issue: issue.shortId });
  };
  const takeRow = (event: MouseEvent): void => {
    if ((event.target as Element).closest('a, button, input, label') || getSelection()?.isCollapsed === false) return;
    show({ issue: issue.shortId });
  };
  return (
    <tr id={`issue-${issue.id}`} class={current ? 'current' : undefined} aria-selected={open} onClick={takeRow}>
      <td class="p2 fit">
        <input
          type="checkbox"
          aria-label={`Select ${issue.shortId} ${name}`}
          checked={props.chosen}
          onClick={(event) => {
            event.stopPropagation();
            props.onChoose(event.shiftKey);
          }}
        />
      </td>
      <td class="grow">
        <IssueName issue={issue} onClick={take} />
      </td>
      <td class="p3">
        {issue.assignee !== '' && (
          <span class="chip assignee" title={`Assigned to ${issue.assignee}`}>
            <span>{issue.assignee}</span>
          </span>
        )}
      </td>
      <td class="p2 fit">
        <Trend values={issue.trend} bad={issue.substate === 'new'} />
      </td>
      <td class="n strong">{thousands(issue.events)}</td>
      <td class="n p2">{issue.users === 0 ? <span class="dim">0</span> : thousands(issue.users)}</td>
      <td class="n dim">
        <time title={iso(issue.lastSeen)}>{ago(issue.lastSeen, serverNow())}</time>
      </td>
    </tr>
  );
}
