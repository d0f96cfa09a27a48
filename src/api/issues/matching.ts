import type { ErrorsStore } from '../../store/errors/errors-store.ts';
import type { ReadSearch } from './question.ts';

/** Most issues that one change is made to. */
export const MOST_CHANGED = 1000;
const PAGE = 100;

/** Ids of the issues that match, last seen first, at most MOST_CHANGED. */
export async function matchingIds(errors: Pick<ErrorsStore, 'issues'>, search: ReadSearch): Promise<number[]> {
  const ids: number[] = [];
  const now = Date.now();
  for (let cursor: string | undefined; ids.length < MOST_CHANGED;) {
    const page = await errors.issues({ ...search, sort: 'date', from: 0, until: now, slots: 1, limit: PAGE, cursor });
    ids.push(...page.issues.map(({ id }) => id));
    cursor = page.next;
    if (cursor === undefined) break;
  }
  return ids.slice(0, MOST_CHANGED);
}
