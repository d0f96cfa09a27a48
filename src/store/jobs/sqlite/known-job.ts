import { checkSchedule, expectedAfter, expectedAfterRun } from '../../../core/job-schedule.ts';
import { type JobSettings, USUAL_JOB } from '../../../core/job.ts';
import { HeedError } from '../../../core/errors.ts';
import { type JobChange, MOST_ENVIRONMENTS, MOST_JOBS } from '../jobs-store.ts';
import type { JobsFile } from './jobs-file.ts';
import { type EnvironmentRow, type JobRow, settingsOf } from './rows.ts';

const MINUTE_MS = 60_000;
const OTHERS = 'other';

/** The job of this slug, made or changed where something is given. Within a transaction. @throws HeedError `too_many_jobs` (429), `bad_schedule` */
export function takeJob(file: JobsFile, project: number, slug: string, change: JobChange, now: number): JobRow {
  const known = file.get<JobRow>('SELECT * FROM jobs WHERE project = ? AND slug = ?', project, slug);
  const { name, muted, ...given } = change;
  const before = known === undefined ? USUAL_JOB : settingsOf(known);
  const settings: JobSettings = { ...before, ...withoutHoles(given) };
  if (known === undefined) {
    if (settings.schedule !== null) checkSchedule(settings.schedule, settings.timezone);
    const count = file.get<{ count: number }>('SELECT count(*) AS count FROM jobs WHERE project = ?', project)?.count ?? 0;
    if (count >= MOST_JOBS)
      throw new HeedError('too_many_jobs', `cannot keep job '${slug}': the project has ${MOST_JOBS}; remove some, or call jobs that are one alike`, {
        status: 429,
      });
    const values = [project, slug, name ?? slug, JSON.stringify(settings), Number(muted ?? false), now];
    const id = file.insert('INSERT INTO jobs (project, slug, name, settings, muted, created) VALUES (?, ?, ?, ?, ?, ?)', ...values);
    return file.get<JobRow>('SELECT * FROM jobs WHERE id = ?', id) as JobRow;
  }
  const next: JobRow = { ...known, name: name ?? known.name, muted: Number(muted ?? known.muted === 1), settings: JSON.stringify(settings) };
  if (next.name === known.name && next.muted === known.muted && JSON.stringify(before) === next.settings) return known;
  if (settings.schedule !== null) checkSchedule(settings.schedule, settings.timezone);
  file.run('UPDATE jobs SET name = ?, muted = ?, settings = ? WHERE id = ?', next.name, next.muted, next.settings, known.id);
  for (const environment of file.all<EnvironmentRow>('SELECT * FROM environments WHERE job = ?', known.id)) {
    const isOther =
      JSON.stringify(before.schedule) !== JSON.stringify(settings.schedule) || before.timezone !== settings.timezone || known.muted !== next.muted;
    const expected = !isOther && environment.expected > 0 ? environment.expected : planned(settings, next.muted, now);
    setExpected(file, environment, expected, settings);
  }
  return next;
}

/** Where a run of the job belongs. Of a job that makes up ever new environments, those that are too many are one. */
export function takeEnvironment(file: JobsFile, job: JobRow, name: string, now: number): EnvironmentRow {
  const find = (of: string): EnvironmentRow | undefined => file.get<EnvironmentRow>('SELECT * FROM environments WHERE job = ? AND name = ?', job.id, of);
  const known = find(name);
  if (known !== undefined) return known;
  const count = file.get<{ count: number }>('SELECT count(*) AS count FROM environments WHERE job = ?', job.id)?.count ?? 0;
  if (count >= MOST_ENVIRONMENTS && name !== OTHERS) return takeEnvironment(file, job, OTHERS, now);
  file.run('INSERT INTO environments VALUES (?, ?, ?, ?, 0, 0, 0, 0)', job.id, name, 'waiting', now);
  return find(name) as EnvironmentRow;
}

/** A run began: the next one is expected after it. */
export function expectNext(file: JobsFile, job: JobRow, environment: EnvironmentRow, began: number): void {
  const settings = settingsOf(job);
  const next = settings.schedule === null || job.muted === 1 ? 0 : (expectedAfterRun(settings.schedule, settings.timezone, began) ?? 0);
  // What is told late does not bring back what was expected before.
  if (next > environment.expected || next === 0) setExpected(file, environment, next, settings);
}

/** The time after one that was missed, or that nobody watched. */
export function expectAfterMiss(file: JobsFile, job: JobRow, environment: EnvironmentRow, after: number): void {
  const settings = settingsOf(job);
  setExpected(file, environment, planned(settings, job.muted, after), settings);
}

const planned = ({ schedule, timezone }: JobSettings, muted: number, after: number): number =>
  schedule === null || muted === 1 ? 0 : (expectedAfter(schedule, timezone, after) ?? 0);

function setExpected(file: JobsFile, { job, name }: EnvironmentRow, expected: number, { marginMinutes }: JobSettings): void {
  const deadline = expected === 0 ? 0 : expected + marginMinutes * MINUTE_MS;
  file.run('UPDATE environments SET expected = ?, deadline = ? WHERE job = ? AND name = ?', expected, deadline, job, name);
}

/** What is not given leaves what is known. */
const withoutHoles = <Part extends object>(part: Part): Part => Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Part;
