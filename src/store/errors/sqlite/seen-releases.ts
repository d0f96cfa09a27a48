import type { ReleaseIssues, ReleaseIssuesQuestion, ReleasesQuestion, SeenRelease } from '../sessions.ts';
import type { ErrorsFile } from './errors-file.ts';
import type { Memory } from './memory.ts';
import { HOUR } from './tally.ts';

/** Releases of one answer, those seen last. */
const MOST_RELEASES = 1000;
const MOST_ISSUES = 1000;

/** When a release of a project was first seen decides over regressions. */
export function rememberRelease(file: ErrorsFile, memory: Memory, { project, release, time }: { project: number; release: string; time: number }): void {
  if (release === '') return;
  const place = `release ${project} ${release}`;
  const known = memory.seen.get(place);
  if (known !== undefined && known <= time) return;
  file.run(
    'INSERT INTO releases VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET first_seen = excluded.first_seen WHERE excluded.first_seen < first_seen',
    project,
    release,
    time,
  );
  memory.seen.set(place, time);
}

/** Releases that events or sessions named, those that were seen first last. */
export function seenReleases(file: ErrorsFile, { project, release, environment, from, until }: ReleasesQuestion): SeenRelease[] {
  const among = `(?1 IS NULL OR project = ?1) AND (?2 IS NULL OR text = ?2)`;
  const asked = [project, release ?? null] as const;
  const rows = file.all<{ project: number; release: string; firstSeen: number }>(
    `SELECT project, release, first_seen AS firstSeen FROM releases WHERE (?1 IS NULL OR project = ?1) AND (?2 IS NULL OR release = ?2)
      ORDER BY first_seen DESC LIMIT ${MOST_RELEASES}`,
    ...asked,
  );
  const seen = new Map(rows.map((row) => [`${row.project} ${row.release}`, { ...row, lastSeen: 0, events: 0, newIssues: 0, regressedIssues: 0 }]));
  for (const { table, sum } of [
    { table: 'project_hours', sum: 'sum(events)' },
    { table: 'session_hours', sum: '0' },
  ]) {
    for (const row of file.all<{ project: number; text: string; events: number; last: number }>(
      `SELECT project, text, ${sum} AS events, max(hour) AS last FROM ${table} JOIN texts ON texts.id = release
        WHERE ${among} AND (?5 IS NULL OR environment = (SELECT id FROM texts WHERE text = ?5)) AND hour BETWEEN ?3 AND ?4 GROUP BY project, release`,
      ...asked,
      Math.floor(from / HOUR),
      Math.floor(until / HOUR),
      environment ?? null,
    )) {
      const of = seen.get(`${row.project} ${row.text}`);
      if (!of) continue;
      of.events += row.events;
      of.lastSeen = Math.max(of.lastSeen, row.last * HOUR, of.firstSeen);
    }
  }
  for (const row of file.all<{ project: number; text: string; issues: number }>(
    `SELECT project, text, count(DISTINCT issue) AS issues FROM activity JOIN issues ON issues.id = issue
      WHERE kind = 'regressed' AND (?1 IS NULL OR project = ?1) AND (?2 IS NULL OR text = ?2) GROUP BY 1, 2`,
    ...asked,
  )) {
    const of = seen.get(`${row.project} ${row.text}`);
    if (of) of.regressedIssues = row.issues;
  }
  for (const row of file.all<{ project: number; text: string; issues: number }>(
    `SELECT project, first_release AS text, count(*) AS issues FROM issues WHERE (?1 IS NULL OR project = ?1) AND (?2 IS NULL OR first_release = ?2) GROUP BY 1, 2`,
    ...asked,
  )) {
    const of = seen.get(`${row.project} ${row.text}`);
    if (of) of.newIssues = row.issues;
  }
  return [...seen.values()].filter(({ lastSeen }) => environment === undefined || lastSeen > 0);
}

/** What became of issues in a release. */
export function issuesOfRelease(file: ErrorsFile, question: ReleaseIssuesQuestion): ReleaseIssues {
  const { project, release, previous } = question;
  const of = '(?1 IS NULL OR project = ?1)';
  const idsOf = (sql: string): number[] => file.all<{ id: number }>(`${sql} LIMIT ${MOST_ISSUES}`, project, release).map(({ id }) => id);
  const commits = new Set(question.commits);
  const resolved = file.all<{ id: number; until: string }>(
    `SELECT id, until FROM issues WHERE ${of} AND state = 'resolved' AND until <> '{}' ORDER BY since DESC LIMIT 20000`,
    project,
  );
  return {
    new: idsOf(`SELECT id FROM issues WHERE ${of} AND first_release = ?2 ORDER BY first_seen DESC`),
    regressed: idsOf(
      `SELECT DISTINCT issues.id FROM activity JOIN issues ON issues.id = issue WHERE ${of} AND kind = 'regressed' AND text = ?2 ORDER BY issues.id DESC`,
    ),
    resolved: resolved
      .filter(({ until }) => {
        const { inRelease, afterRelease, inCommit } = JSON.parse(until) as { inRelease?: string; afterRelease?: string; inCommit?: string };
        return inRelease === release || (previous !== undefined && afterRelease === previous) || (inCommit !== undefined && commits.has(inCommit));
      })
      .slice(0, MOST_ISSUES)
      .map(({ id }) => id),
  };
}
