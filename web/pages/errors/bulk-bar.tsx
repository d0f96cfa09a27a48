import type { JSX } from 'preact';
import type { IssueItem } from '../../../src/api/contract-errors.ts';
import type { IssueChange } from '../../state/errors.ts';
import { plural } from '../../words/number.ts';
import { AssignMenu } from './assign-menu.tsx';
import { mergeAll } from './do.ts';
import { ResolveButtons } from './resolve-menu.tsx';

/** What can be done with those that are chosen. */
export function BulkBar({ issues, onDo, onClear }: { issues: readonly IssueItem[]; onDo: (change: IssueChange) => void; onClear: () => void }): JSX.Element {
  return (
    <div class="row bulk" role="group" aria-label="With the chosen issues">
      <b class="strong">{plural(issues.length, 'issue')} chosen</b>
      <div class="btn-row">
        <ResolveButtons issues={issues} onDo={onDo} />
        <AssignMenu assignee="" onDo={onDo} />
        <button
          type="button"
          class="btn"
          disabled={issues.length < 2}
          title={issues.length < 2 ? 'Choose two or more' : 'All into the one with the most events'}
          onClick={() => {
            void mergeAll(issues);
            onClear();
          }}
        >
          Merge
        </button>
      </div>
      <button type="button" class="btn quiet push" title="Choose none  Esc" onClick={onClear}>
        Choose none
      </button>
    </div>
  );
}
