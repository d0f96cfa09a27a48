import type { IssueItem } from '../../../src/api/contract-errors.ts';
import { ApiProblem } from '../../state/api.ts';
import { changeIssues, mergeIssues, undoChange, type IssueChange } from '../../state/errors.ts';
import { go } from '../../state/router.ts';
import { say } from '../../state/toast.ts';
import { plural } from '../../words/number.ts';
import { issueLink } from './address.ts';
import { fresh } from './fresh.ts';

const problemText = (error: unknown): string => (error instanceof ApiProblem ? error.message : String(error));

function doneText(change: IssueChange): string {
  switch (change.do) {
    case 'resolve':
      return change.inNextRelease ? 'resolved in the next release' : change.inRelease ? `resolved in ${change.inRelease}` : 'resolved';
    case 'unresolve':
      return 'open again';
    case 'archive':
      return 'archived';
    case 'assign':
      return change.to === '' ? 'assigned to nobody' : `assigned to ${change.to}`;
    case 'bookmark':
      return change.on ? 'bookmarked' : 'no longer bookmarked';
    default:
      return 'discarded';
  }
}

/** Changes issues; what was done is told with a way back for ten seconds. Resolves to whether it worked. */
export async function doTo(issues: readonly Pick<IssueItem, 'id' | 'shortId'>[], change: IssueChange): Promise<boolean> {
  if (issues.length === 0) return false;
  const ids = issues.map(({ id }) => id);
  try {
    const { changed, undo } = await changeIssues(ids, change);
    const what = issues.length === 1 ? issues[0].shortId : plural(changed, 'issue');
    const back = async (): Promise<void> => {
      try {
        await undoChange(undo);
        say('As it was before');
      } catch (error) {
        say(problemText(error));
      }
      fresh.value++;
    };
    say(`${what} ${doneText(change)}`, undo === '' ? undefined : { text: 'Undo', run: () => void back() });
    return true;
  } catch (error) {
    say(problemText(error));
    return false;
  } finally {
    fresh.value++;
  }
}

/** Puts all into the one that has the most events. */
export async function mergeAll(issues: readonly IssueItem[]): Promise<void> {
  const [into, ...rest] = issues.toSorted((a, b) => b.allEvents - a.allEvents || a.id - b.id);
  if (rest.length === 0) return;
  try {
    await mergeIssues(
      into.id,
      rest.map(({ id }) => id),
    );
    say(`${plural(rest.length, 'issue')} merged into ${into.shortId}`, { text: 'Open', run: () => go(issueLink(into.shortId, '', { view: 'activity' })) });
  } catch (error) {
    say(problemText(error));
  }
  fresh.value++;
}
