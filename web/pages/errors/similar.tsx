import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { IssueItem, SimilarIssues } from '../../../src/api/contract-errors.ts';
import { askSimilar } from '../../state/errors.ts';
import { serverNow } from '../../state/now.ts';
import { plural } from '../../words/number.ts';
import { issueLink } from './address.ts';
import { mergeAll } from './do.ts';
import { fresh } from './fresh.ts';
import { when } from './words.ts';

/** Issues that may be the same fault, to be merged. Nothing is shown where there are none. */
export function Similar({ issue }: { issue: IssueItem }): JSX.Element | null {
  const [found, setFound] = useState<SimilarIssues['similar']>([]);
  useEffect(() => {
    const stop = new AbortController();
    askSimilar(issue.shortId, stop.signal).then(
      ({ similar }) => setFound(similar),
      // The page itself says when Heed does not answer.
      () => undefined,
    );
    return () => stop.abort();
  }, [issue.id, fresh.value]);
  if (found.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="h-similar">
      <div class="panel-head">
        <h2 id="h-similar">May be the same</h2>
      </div>
      <ul class="similar">
        {found.map(({ issue: other }) => (
          <li key={other.id}>
            <a class="cut" href={issueLink(other.shortId)} title={other.title}>
              {other.title}
            </a>
            <span class="small dim">
              {other.shortId}, {plural(other.allEvents, 'event')}, {when(other.lastSeen, serverNow())}
            </span>
            <button type="button" class="btn quiet" title={`Merge ${other.shortId} with ${issue.shortId}`} onClick={() => void mergeAll([issue, other])}>
              Merge
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
