import type { JSX } from 'preact';
import type { IssueAnswer } from '../../../src/api/contract-errors.ts';
import { thousands } from '../../words/number.ts';
import { DEFAULT_QUERY, listLink } from './address.ts';
import { term, withTerm } from './search-tokens.ts';
import { share } from './words.ts';

/** Each tag with its values and how many events had them. */
export function TagsView({ tags }: { tags: IssueAnswer['tags'] }): JSX.Element {
  if (tags.length === 0) return <p class="mid">None of its events has a tag.</p>;
  return (
    <div class="tag-grid">
      {tags.map(({ key, total, values }) => (
        <section key={key} class="panel" aria-label={`Tag ${key}`}>
          <div class="panel-head">
            <h2 class="cut" title={key}>
              {key}
            </h2>
            <span class="meta">{thousands(total)}</span>
          </div>
          <ul class="panel-body tag-bars">
            {values.map(({ value, count }) => (
              <li key={value}>
                <a class="cut" href={listLink(withTerm(DEFAULT_QUERY, term(key, value)))} title={value}>
                  {value === '' ? '(empty)' : value.slice(0, 200)}
                </a>
                <span class="n" title={`${thousands(count)} events`}>
                  {share(count, total)}
                </span>
                <span class="meter" aria-hidden="true">
                  <i style={{ width: `${total === 0 ? 0 : (count / total) * 100}%` }} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
