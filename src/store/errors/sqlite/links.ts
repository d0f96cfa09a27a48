import { HeedError } from '../../../core/errors.ts';
import { type IssueLink, MOST_LINKS } from '../errors-store.ts';
import { note } from './activity.ts';
import type { ErrorsFile } from './errors-file.ts';
import { noIssue } from './known-issue.ts';

const LINK = 'id, url, title, by, time';

export function linksOf(file: ErrorsFile, issue: number): IssueLink[] {
  return file.all<IssueLink>(`SELECT ${LINK} FROM links WHERE issue = ? ORDER BY id`, issue);
}

/** The same address once more changes its title. */
export function linkTo(file: ErrorsFile, issue: number, { url, title }: Pick<IssueLink, 'url' | 'title'>, by: string, now: number): IssueLink {
  if (!file.get('SELECT 1 FROM issues WHERE id = ?', issue)) throw noIssue(issue);
  const known = file.get<IssueLink>(`SELECT ${LINK} FROM links WHERE issue = ? AND url = ?`, issue, url);
  if (known) {
    file.run('UPDATE links SET title = ? WHERE id = ?', title, known.id);
    return { ...known, title };
  }
  const count = file.get<{ count: number }>('SELECT count(*) AS count FROM links WHERE issue = ?', issue)?.count ?? 0;
  if (count >= MOST_LINKS) throw new HeedError('too_many_links', `cannot add a link: the issue has ${MOST_LINKS}; remove one first`, { status: 507 });
  const id = file.insert('INSERT INTO links (issue, url, title, by, time) VALUES (?, ?, ?, ?, ?)', issue, url, title, by, now);
  note(file, issue, { time: now, by, kind: 'linked', text: url });
  return { id, url, title, by, time: now };
}

export function unlink(file: ErrorsFile, issue: number, id: number, by: string, now: number): boolean {
  const known = file.get<IssueLink>(`SELECT ${LINK} FROM links WHERE issue = ? AND id = ?`, issue, id);
  if (!known) return false;
  file.run('DELETE FROM links WHERE id = ?', id);
  note(file, issue, { time: now, by, kind: 'unlinked', text: known.url });
  return true;
}

/** Links of an issue that becomes part of another; those that both have are one. */
export function moveLinks(file: ErrorsFile, from: number, into: number): void {
  file.run('UPDATE OR IGNORE links SET issue = ? WHERE issue = ?', into, from);
  file.run('DELETE FROM links WHERE issue = ?', from);
}
