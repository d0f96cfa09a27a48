import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { IssueItem } from '../../../src/api/contract-errors.ts';
import { range } from '../../state/range.ts';
import { rangeText } from '../../words/range.ts';
import { show, type Sort } from './address.ts';
import { IssueRow } from './issue-row.tsx';

/** Issues, sorted by the server; a column's head sorts by it. */
export function IssuesTable(props: {
  rows: readonly IssueItem[];
  sort: Sort;
  open: string;
  current: number;
  chosen: ReadonlySet<number>;
  onChoose(ids: readonly number[], chosen: boolean): void;
  onHold(held: boolean): void;
}): JSX.Element {
  const { rows, chosen } = props;
  const last = useRef(-1);
  const all = rows.length > 0 && rows.every(({ id }) => chosen.has(id));
  const choose = (index: number, through: boolean): void => {
    const on = !chosen.has(rows[index].id);
    const from = through && last.current >= 0 ? Math.min(last.current, index) : index;
    const until = through && last.current >= 0 ? Math.max(last.current, index) : index;
    last.current = index;
    props.onChoose(
      rows.slice(from, until + 1).map(({ id }) => id),
      on,
    );
  };
  const head = (sort: Sort, text: string, about: string, css: string): JSX.Element => (
    <th class={css} aria-sort={props.sort === sort ? 'descending' : undefined}>
      <button type="button" class="plain" title={about} onClick={() => show({ sort })}>
        {text}
      </button>
    </th>
  );
  useEffect(() => () => props.onHold(false), []);
  return (
    <div class="panel plain">
      <table class="table issues">
        <thead>
          <tr>
            <th class="p2 fit">
              <input
                type="checkbox"
                aria-label="Select all that are shown"
                checked={all}
                ref={(element) => {
                  if (element) element.indeterminate = !all && chosen.size > 0;
                }}
                onClick={() =>
                  props.onChoose(
                    rows.map(({ id }) => id),
                    !all,
                  )
                }
              />
            </th>
            {head('new', 'Issue', 'Newest first', '')}
            <th class="p3">
              <span class="sr">Assigned</span>
            </th>
            {head('trends', rangeText(range.value), 'What grows most first', 'p2')}
            {head('freq', 'Events', 'Most events first', 'n')}
            {head('user', 'People', 'Most people first', 'n p2')}
            {head('date', 'Last seen', 'Last seen first', 'n')}
          </tr>
        </thead>
        <tbody onMouseEnter={() => props.onHold(true)} onMouseLeave={() => props.onHold(false)}>
          {rows.map((issue, index) => (
            <IssueRow
              key={issue.id}
              issue={issue}
              current={index === props.current}
              open={issue.shortId === props.open}
              chosen={chosen.has(issue.id)}
              onChoose={(through) => choose(index, through)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
