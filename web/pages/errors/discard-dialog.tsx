import type { JSX } from 'preact';
import type { IssueItem } from '../../../src/api/contract-errors.ts';
import { go } from '../../state/router.ts';
import { Dialog } from '../../widgets/dialog.tsx';
import { plural } from '../../words/number.ts';
import { backToList } from './address.ts';
import { doTo } from './do.ts';

/** The one thing that cannot be undone says what it takes away. */
export function DiscardDialog({ issue, onClose }: { issue: IssueItem; onClose: () => void }): JSX.Element {
  return (
    <Dialog name="Discard" onClose={onClose}>
      <div class="dialog-head">
        <h2>Discard {issue.shortId}</h2>
      </div>
      <div class="dialog-body">
        <p>The issue and its {plural(issue.allEvents, 'event')} are removed, and every event like them is dropped from now on. This cannot be undone.</p>
      </div>
      <div class="dialog-foot">
        <button type="button" class="btn" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          class="btn danger"
          onClick={() => {
            onClose();
            void doTo([issue], { do: 'discard' }).then((done) => done && go(backToList()));
          }}
        >
          Discard {plural(issue.allEvents, 'event')}
        </button>
      </div>
    </Dialog>
  );
}
