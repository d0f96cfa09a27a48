import { join } from 'node:path';
import { CounterLane } from '../../../core/counters.ts';
import { HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import {
  type CheckedIn,
  type Job,
  type JobChange,
  type JobsStore,
  type NewCheckIn,
  type Run,
  type RunClue,
  RUNS_KEPT_MS,
  type RunsQuestion,
} from '../jobs-store.ts';
import { ActiveRuns } from './active-runs.ts';
import { checkIn } from './check-in.ts';
import { JobsFile } from './jobs-file.ts';
import { takeJob } from './known-job.ts';
import { endOverdue } from './overdue.ts';
import { environmentsOf, jobsOf } from './read-jobs.ts';
import { jobOf, type JobRow, type RunRow, runOf } from './rows.ts';

/** Within the data folder. */
const JOBS_FILE = 'jobs.db';
const FORGET_AT_ONCE = 1000;

/** Jobs in SQLite, on the thread that asks: their check-ins are few. No file is made before the first of them. */
export class SqliteJobsStore implements JobsStore {
  readonly damage: JobsStore['damage'] = [];
  readonly #file: JobsFile;
  readonly #lane: CounterLane;
  readonly #active = new ActiveRuns();
  readonly #since: number;
  #knowsActive = false;

  /** @param now when this process begins to look after jobs */
  constructor(folder: string, counters: SharedArrayBuffer, now = Date.now()) {
    const file = join(folder, JOBS_FILE);
    this.#since = now;
    this.#lane = new CounterLane(counters, 'main');
    this.#file = new JobsFile(file, (what) => {
      log.error({ file }, `damage: ${what}`);
      this.damage.push({ file, what, time: Date.now() });
    });
    this.#file.onForget = () => {
      this.#active.clear();
      this.#knowsActive = false;
    };
  }

  async checkIn(told: NewCheckIn): Promise<CheckedIn> {
    try {
      const checkedIn = this.#file.change(`keep the check-in of job '${told.slug}'`, () => checkIn(this.#file, told));
      this.#lane.add('jobs.check_ins');
      this.#active.see(checkedIn);
      return checkedIn;
    } catch (error) {
      this.#lane.add(error instanceof HeedError && error.code === 'too_many_jobs' ? 'jobs.dropped.too_many_jobs' : 'jobs.dropped.write_failed');
      throw error;
    }
  }

  async endOverdue(now: number): Promise<CheckedIn[]> {
    if (!this.#file.exists) return [];
    const ended = this.#file.change('look for jobs that are late', () => endOverdue(this.#file, now, this.#since));
    for (const one of ended) this.#active.see(one);
    return ended;
  }

  async jobs(project: number | null): Promise<Job[]> {
    return this.#file.read([], () => jobsOf(this.#file, project));
  }

  async job(project: number, slug: string): Promise<Job | undefined> {
    return this.#file.read(undefined, () => {
      const row = this.#file.get<JobRow>('SELECT * FROM jobs WHERE project = ? AND slug = ?', project, slug);
      return row && jobOf(row, environmentsOf(this.#file, row.id));
    });
  }

  async save(project: number, slug: string, change: JobChange): Promise<Job> {
    const row = this.#file.change(`change job '${slug}'`, () => takeJob(this.#file, project, slug, change, Date.now()));
    return jobOf(row, environmentsOf(this.#file, row.id));
  }

  async remove(project: number, slug: string): Promise<boolean> {
    if (!this.#file.exists) return false;
    return this.#file.change(`remove job '${slug}'`, () => {
      const id = this.#file.get<JobRow>('SELECT id FROM jobs WHERE project = ? AND slug = ?', project, slug)?.id;
      if (id !== undefined) this.#forget(id);
      return id !== undefined;
    });
  }

  async removeProject(project: number): Promise<void> {
    if (!this.#file.exists) return;
    this.#file.change('remove the jobs of a project', () => {
      for (const { id } of this.#file.all<JobRow>('SELECT id FROM jobs WHERE project = ?', project)) this.#forget(id);
    });
  }

  async runs({ job, environment, limit, before = Number.MAX_SAFE_INTEGER }: RunsQuestion): Promise<Run[]> {
    const rows =
      environment === undefined
        ? (): RunRow[] => this.#file.all('SELECT * FROM runs WHERE job = ? AND id < ? ORDER BY id DESC LIMIT ?', job, before, limit)
        : (): RunRow[] =>
            this.#file.all('SELECT * FROM runs WHERE job = ? AND environment = ? AND id < ? ORDER BY id DESC LIMIT ?', job, environment, before, limit);
    return this.#file.read([], rows).map(runOf);
  }

  async run(job: number, id: string): Promise<Run | undefined> {
    const row = this.#file.read(undefined, () => this.#file.get<RunRow>('SELECT * FROM runs WHERE job = ? AND run = ?', job, id));
    return row && runOf(row);
  }

  async output(job: number, id: string): Promise<string> {
    const sql = 'SELECT output FROM outputs JOIN runs ON runs.id = outputs.run WHERE runs.job = ? AND runs.run = ?';
    return this.#file.read('', () => this.#file.get<{ output: string }>(sql, job, id)?.output ?? '');
  }

  runOf(project: number, of: RunClue, now: number): ReturnType<JobsStore['runOf']> {
    this.#rememberActive();
    return this.#active.find(project, of, now);
  }

  async prune(now: number): Promise<void> {
    if (!this.#file.exists) return;
    const sql = 'SELECT id FROM runs WHERE started < ? LIMIT ?';
    this.#file.change('forget old runs of jobs', () => {
      for (const { id } of this.#file.all<{ id: number }>(sql, now - RUNS_KEPT_MS, FORGET_AT_ONCE)) {
        this.#file.run('DELETE FROM outputs WHERE run = ?', id);
        this.#file.run('DELETE FROM runs WHERE id = ?', id);
      }
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#file.close();
  }

  #forget(job: number): void {
    for (const table of ['outputs', 'runs', 'environments']) this.#file.run(`DELETE FROM ${table} WHERE job = ?`, job);
    this.#file.run('DELETE FROM jobs WHERE id = ?', job);
    this.#file.onForget();
  }

  /** What an earlier process left in progress. */
  #rememberActive(): void {
    if (this.#knowsActive) return;
    this.#knowsActive = true;
    const sql = `SELECT runs.*, jobs.slug, jobs.project FROM runs JOIN jobs ON jobs.id = runs.job WHERE status = 'in_progress' ORDER BY runs.id`;
    for (const row of this.#file.read([], () => this.#file.all<RunRow & { slug: string; project: number }>(sql)))
      this.#active.see({ project: row.project, slug: row.slug, run: runOf(row) });
  }
}

/** The jobs in the data folder `folder`; no file is made before the first of them. */
export function openJobs(folder: string, counters: SharedArrayBuffer): JobsStore {
  return new SqliteJobsStore(folder, counters);
}
