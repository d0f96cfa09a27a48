import { HeedError } from '../../core/errors.ts';
import type { ErrorsStore } from '../../store/errors/errors-store.ts';
import { issueOf } from '../issues/find.ts';

/** The largest of some issues takes the others, of equal ones the oldest. @throws HeedError `bad_change` for fewer than two, or of several projects */
export async function mergeInto(errors: ErrorsStore, ids: readonly number[], by: string): Promise<{ parent: string; children: string[] }> {
  if (ids.length < 2) throw new HeedError('bad_change', 'cannot merge issues: name two or more in the query, as in ?id=1&id=2');
  const issues = await Promise.all(ids.map(async (id) => issueOf(errors, String(id))));
  if (new Set(issues.map(({ project }) => project)).size > 1) throw new HeedError('bad_change', 'cannot merge issues: they are of several projects');
  const [parent, ...children] = issues.toSorted((a, b) => b.events - a.events || a.firstSeen - b.firstSeen || a.id - b.id).map(({ id }) => id);
  await errors.merge(parent, children, by);
  return { parent: String(parent), children: children.map(String) };
}
