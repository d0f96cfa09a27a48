import type { JSX } from 'preact';
import type { IssueItem } from '../../../src/api/contract-errors.ts';
import { Glyph } from '../../widgets/state.tsx';
import { issueLink } from './address.ts';
import { standing } from './words.ts';

/** What an issue is, in two lines: its name with what it says, and how it stands with where it comes from. */
export function IssueName({ issue, onClick }: { issue: IssueItem; onClick?: (event: MouseEvent) => void }): JSX.Element {
  const state = standing(issue);
  return (
    <>
      <div title={issue.title}>
        <a class="name" href={issueLink(issue.shortId)} onClick={onClick}>
          {issue.type === '' ? issue.title : issue.type}
        </a>{' '}
        {issue.type !== '' && <span class="mid">{issue.value}</span>}
      </div>
      <span class="sub" title={issue.culprit}>
        {state && (
          <>
            <span class="state small" data-s={state.state}>
              <Glyph state={state.state} />
              {state.text}
            </span>
            {' · '}
          </>
        )}
        <span class="mono">{issue.culprit === '' ? issue.shortId : issue.culprit}</span>
      </span>
    </>
  );
}
