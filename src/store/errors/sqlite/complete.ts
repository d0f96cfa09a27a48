import { LEVELS } from '../../../core/error-event.ts';
import type { ErrorsFile } from './errors-file.ts';
import { likeOf } from './wildcard.ts';

const MOST = 100;
const STATES = ['unresolved', 'resolved', 'archived', 'ignored', 'assigned', 'unassigned', 'new', 'ongoing', 'regressed', 'escalating', 'for_review'];

/** Values of a search's key that begin with a text; for `has` the tags that there are. */
export function completeValues(file: ErrorsFile, project: number | null, key: string, prefix: string, limit: number): string[] {
  const most = Math.min(Math.max(1, Math.floor(limit)), MOST);
  const beginning = (values: readonly string[]): string[] => values.filter((value) => value.startsWith(prefix.toLowerCase())).slice(0, most);
  const pattern = `${likeOf(prefix.replaceAll('*', ''))}%`;
  const of = project === null ? '?1 IS NULL' : 'project = ?1';
  const texts = (sql: string, ...more: string[]): string[] =>
    file.all<{ text: string }>(`SELECT DISTINCT ${sql} LIMIT ?3`, project, pattern, most, ...more).map(({ text }) => text);
  switch (key) {
    case 'is':
      return beginning(STATES);
    case 'level':
      return beginning(LEVELS);
    case 'error.handled':
      return beginning(['true', 'false']);
    case 'bookmarks':
      return beginning(['me']);
    case 'assigned':
      return [
        ...beginning(['me', 'none']),
        ...texts(`assignee AS text FROM issues WHERE ${of} AND assignee <> '' AND assignee LIKE ?2 ESCAPE '\\' ORDER BY 1`),
      ].slice(0, most);
    case 'has':
      return texts(`text FROM tag_keys JOIN texts ON texts.id = key WHERE ${of} AND text LIKE ?2 ESCAPE '\\' ORDER BY text`);
    case 'release':
      return file
        .all<{ text: string }>(
          `SELECT release AS text FROM releases WHERE ${of} AND release LIKE ?2 ESCAPE '\\' GROUP BY 1 ORDER BY max(first_seen) DESC LIMIT ?3`,
          project,
          pattern,
          most,
        )
        .map(({ text }) => text);
    case 'user.id':
    case 'user.email':
    case 'user.username':
    case 'user.ip':
      // Users are not told apart by project.
      return texts(`${key.slice('user.'.length)} AS text FROM people WHERE (?1 IS NULL OR 1) AND text <> '' AND text LIKE ?2 ESCAPE '\\'`);
    default:
      return texts(
        `value AS text FROM groups CROSS JOIN tags ON grp = groups.id
          WHERE ${of} AND key = (SELECT id FROM texts WHERE text = ?4) AND value <> '' AND value LIKE ?2 ESCAPE '\\'`,
        key,
      ).toSorted();
  }
}
