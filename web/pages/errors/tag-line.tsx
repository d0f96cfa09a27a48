import type { JSX } from 'preact';
import type { IssueAnswer } from '../../../src/api/contract-errors.ts';
import { DEFAULT_QUERY, listLink } from './address.ts';
import { term, withTerm } from './search-tokens.ts';
import { share } from './words.ts';

type Tag = IssueAnswer['tags'][number];

const MOST = 3;

/** `browser` and its most frequent values with their shares; each leads to the issues that have it. */
export function TagLine({ tag: { key, total, values } }: { tag: Tag }): JSX.Element {
  const shown = values.slice(0, MOST);
  const only = values.length === 1 && values[0].count === total;
  const rest = values.length - shown.length;
  return (
    <>
      <dt class="cut" title={key}>
        {key}
      </dt>
      <dd>
        {shown.map(({ value, count }, index) => (
          <span key={value}>
            {index > 0 && ', '}
            <a class="tag-value" href={listLink(withTerm(DEFAULT_QUERY, term(key, value)))} title={value}>
              {value === '' ? '(empty)' : value.slice(0, 60)}
            </a>{' '}
            {only ? 'only' : share(count, total)}
          </span>
        ))}
        {rest > 0 && <span class="dim">, {rest} more</span>}
      </dd>
    </>
  );
}
