import type { ErrorsFile } from './errors-file.ts';

/** How many users an issue has had, or has had since an hour: a user of several of its groups is one. */
export function usersOf(file: ErrorsFile, issue: number, since = 0): number {
  const { groups, thinned } = file.get<{ groups: number; thinned: number }>(
    'SELECT count(*) AS groups, coalesce(max(thinned), 0) AS thinned FROM groups WHERE issue = ?',
    issue,
  ) ?? { groups: 0, thinned: 0 };
  if (groups === 0) return 0;
  const { count } = file.get<{ count: number }>(
    `SELECT count(${groups === 1 ? '*' : 'DISTINCT user'}) AS count FROM groups CROSS JOIN group_users ON grp = id
      WHERE issue = ? AND last >= ? AND user & ? = 0`,
    issue,
    since,
    2 ** thinned - 1,
  ) ?? { count: 0 };
  return count * 2 ** thinned;
}
