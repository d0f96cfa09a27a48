import type { JobOfEvent } from '../../../core/job-clue.ts';
import type { RunErrors, RunErrorsQuestion } from '../jobs.ts';
import { readBody } from './bodies.ts';
import type { ErrorsFile } from './errors-file.ts';
import type { EventRow } from './event-row.ts';
import type { Memory } from './memory.ts';

/** Events of a run whose file and record are kept; of more only the number is. */
const MOST_LISTED = 200_000;
const MOST_FILES = 100;
const MOST_ISSUES = 50;
const MOST_RECORDS = 1000;

/** Keeps of which run, file and record an event is; within the transaction that keeps it. */
export function linkJob(file: ErrorsFile, { project, time, job }: EventRow, event: number, group: number): void {
  if (job === undefined) return;
  const { id, events } = file.get<{ id: number; events: number }>(
    `INSERT INTO job_runs (project, run, slug, events, last) VALUES (?, ?, ?, 1, ?)
      ON CONFLICT (project, run) DO UPDATE SET events = events + 1, last = max(last, excluded.last) RETURNING id, events`,
    project,
    job.run,
    job.slug,
    time,
  ) as { id: number; events: number };
  if (events <= MOST_LISTED) file.run('INSERT OR IGNORE INTO job_events VALUES (?, ?, ?, ?, ?)', event, id, group, job.file, job.record);
}

export function unlinkJob(file: ErrorsFile, event: number): void {
  file.run('DELETE FROM job_events WHERE event = ?', event);
}

/** The run that an event is of. */
export function jobOfEvent(file: ErrorsFile, event: number): JobOfEvent | undefined {
  return file.get<JobOfEvent>('SELECT slug, job_runs.run, file, record FROM job_events JOIN job_runs ON job_runs.id = job_events.run WHERE event = ?', event);
}

export function runErrors(file: ErrorsFile, memory: Memory, { project, run, file: only, limit }: RunErrorsQuestion): RunErrors {
  const known = file.get<{ id: number; events: number }>('SELECT id, events FROM job_runs WHERE project = ? AND run = ?', project, run);
  if (known === undefined) return { events: 0, listed: 0, files: [], allFiles: 0, issues: [], records: [], allRecords: 0 };
  const { id, events } = known;
  // Removed issues have no groups any more.
  const from = 'FROM job_events JOIN groups ON groups.id = grp WHERE run = ?1';
  const some = `${from} AND (?2 IS NULL OR file = ?2)`;
  const counted = file.get<{ listed: number; files: number }>(`SELECT count(*) AS listed, count(DISTINCT file) AS files ${from}`, id);
  const files = file.all<RunErrors['files'][number]>(
    `SELECT file, count(*) AS events, count(DISTINCT record) AS records, count(DISTINCT issue) AS issues ${from} GROUP BY file ORDER BY events DESC, file LIMIT ?2`,
    id,
    MOST_FILES,
  );
  const issues = file.all<RunErrors['issues'][number]>(
    `SELECT issue, count(*) AS events, count(DISTINCT file || char(0) || record) AS records, count(DISTINCT file) AS files ${some}
      GROUP BY issue ORDER BY events DESC, issue LIMIT ?3`,
    id,
    only ?? null,
    MOST_ISSUES,
  );
  const all = file.get<{ count: number }>(`SELECT count(*) AS count FROM (SELECT 1 ${some} GROUP BY file, record, issue)`, id, only ?? null)?.count ?? 0;
  const rows = file.all<{ file: string; record: string; issue: number; events: number; event: number }>(
    `SELECT file, record, issue, count(*) AS events, max(event) AS event ${some}
      GROUP BY file, record, issue ORDER BY file, CAST(record AS INTEGER), record, issue LIMIT ?3`,
    id,
    only ?? null,
    Math.min(Math.max(1, limit), MOST_RECORDS),
  );
  const records = rows.map(({ event, ...row }) => {
    const eventId = Buffer.from(file.get<{ event_id: Uint8Array }>('SELECT event_id FROM events WHERE id = ?', event)?.event_id ?? []).toString('hex');
    return { ...row, eventId, title: readBody(file, memory, event, eventId)?.title ?? '' };
  });
  return { events, listed: counted?.listed ?? 0, files, allFiles: counted?.files ?? 0, issues, records, allRecords: all };
}
