import type { IssueItem } from '../../../src/api/contract-errors.ts';
import type { IssueChange } from '../../state/errors.ts';
import { useKeys } from '../../state/keys.ts';
import { go } from '../../state/router.ts';
import { issueLink, show } from './address.ts';

/** The list by keyboard: what is chosen is acted on, else the row that the cursor is at. */
export function useListKeys(list: {
  rows: readonly IssueItem[];
  at: number;
  open: string;
  picked: readonly IssueItem[];
  move(index: number): void;
  act(change: IssueChange): void;
  choose(ids: readonly number[], on: boolean): void;
  clear: () => void;
}): void {
  const { rows, at, picked } = list;
  const row = rows[at] as IssueItem | undefined;
  const subject = picked[0] ?? row;
  const enter = (event: KeyboardEvent): void => {
    // A focused button or link means itself.
    if (event.target instanceof Element && event.target.closest('button, a, summary')) (event.target as HTMLElement).click();
    else if (!row) list.move(0);
    else if (list.open === row.shortId) go(issueLink(row.shortId));
    else show({ issue: row.shortId });
  };
  useKeys([
    { keys: 'j', about: 'next issue', run: () => list.move(at + 1) },
    { keys: 'k', about: 'issue before', run: () => list.move(at < 0 ? 0 : at - 1) },
    { keys: 'Enter', about: 'open the issue, once more for its whole page', run: enter },
    { keys: 'r', about: 'resolve, or open again', run: () => list.act({ do: subject?.state === 'unresolved' ? 'resolve' : 'unresolve' }) },
    {
      keys: 'a',
      about: 'archive until it escalates, or open again',
      run: () => list.act(subject?.state === 'archived' ? { do: 'unresolve' } : { do: 'archive', escalating: true }),
    },
    { keys: 'x', about: 'choose for several', run: () => row && list.choose([row.id], !picked.includes(row)) },
    ...(picked.length > 0 ? [{ keys: 'Escape', about: 'choose none', run: list.clear }] : []),
  ]);
}
