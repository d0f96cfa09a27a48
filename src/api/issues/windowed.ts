import type { ErrorsStore, Issue } from '../../store/errors/errors-store.ts';
import type { IssueItem } from '../contract-errors.ts';
import { listedItem } from './item.ts';
import { trendSlots, type Window } from './window.ts';

/** An issue with what happened in a window; undefined when it is gone meanwhile. */
export async function windowedItem(errors: Pick<ErrorsStore, 'issues'>, { project, shortId }: Issue, window: Window): Promise<IssueItem | undefined> {
  const terms = [{ key: 'issue', operator: '=', value: shortId, not: false } as const];
  const { issues } = await errors.issues({ project, terms, sort: 'date', ...window, slots: trendSlots(window), limit: 1 });
  return issues[0] && listedItem(issues[0]);
}
