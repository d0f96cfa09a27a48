import { useRef } from 'preact/hooks';
import type { IssueItem } from '../../../src/api/contract-errors.ts';
import type { IssueChange } from '../../state/errors.ts';
import { useKeys } from '../../state/keys.ts';
import { go } from '../../state/router.ts';
import { issueLink, show } from './address.ts';

/** What the keys work on. */
interface ListInHand {
  rows: readonly IssueItem[];
  at: number;
  /** Short id of the issue whose panel is open. */
  open: string;
  picked: readonly IssueItem[];
  move: (index: number) => void;
  act: (change: IssueChange) => void;
  choose: (ids: readonly number[], on: boolean) => void;
  clear: () => void;
}

function enter({ rows, at, open, move }: ListInHand, event: KeyboardEvent): void {
  const row = rows[at] as IssueItem | undefined;
  // A focused button or link means itself.
  const control = event.target instanceof Element ? event.target.closest<HTMLElement>('button, a, summary') : null;
  if (control) control.click();
  else if (!row) move(0);
  else if (open === row.shortId) go(issueLink(row.shortId));
  else show({ issue: row.shortId });
}

/** The list by keyboard: what is chosen is acted on, else the row that the cursor is at. */
export function useListKeys(list: ListInHand): void {
  // Keys are made known after the screen is drawn; a fast hand presses them before, on what it sees.
  const latest = useRef(list);
  latest.current = list;
  const subject = (): IssueItem | undefined => latest.current.picked[0] ?? latest.current.rows[latest.current.at];
  useKeys([
    { keys: 'j', about: 'next issue', run: () => latest.current.move(latest.current.at + 1) },
    { keys: 'k', about: 'issue before', run: () => latest.current.move(Math.max(0, latest.current.at - 1)) },
    { keys: 'Enter', about: 'open the issue, once more for its whole page', run: (event) => enter(latest.current, event) },
    { keys: 'r', about: 'resolve, or open again', run: () => latest.current.act({ do: subject()?.state === 'unresolved' ? 'resolve' : 'unresolve' }) },
    {
      keys: 'a',
      about: 'archive until it escalates, or open again',
      run: () => latest.current.act(subject()?.state === 'archived' ? { do: 'unresolve' } : { do: 'archive', escalating: true }),
    },
    {
      keys: 'x',
      about: 'choose for several',
      run: () => {
        const { rows, at, picked, choose } = latest.current;
        const row = rows[at] as IssueItem | undefined;
        if (row) choose([row.id], !picked.includes(row));
      },
    },
    ...(list.picked.length > 0 ? [{ keys: 'Escape', about: 'choose none', run: () => latest.current.clear() }] : []),
  ]);
}
