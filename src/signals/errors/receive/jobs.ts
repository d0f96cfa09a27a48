import { causeOf } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import type { Catalog } from '../../../store/catalog/catalog.ts';
import type { FactsStore } from '../../../store/facts/facts-store.ts';
import type { CheckedIn, JobsStore, NewCheckIn } from '../../../store/jobs/jobs-store.ts';
import type { EventRow } from '../../../store/errors/sqlite/event-row.ts';
import type { ErrorNumbers } from './numbers.ts';
import { namePart } from './series-name.ts';

const LOOK_MS = 5000;
const FORGET_MS = 3_600_000;

/** Check-ins become runs of jobs; what does not come in time is found by looking. Both are counted. */
export class Jobs {
  readonly #jobs: JobsStore;
  readonly #catalog: Pick<Catalog, 'projects'>;
  readonly #facts: Pick<FactsStore, 'add'>;
  readonly #numbers: Pick<ErrorNumbers, 'sum' | 'sample'>;
  readonly #timers: NodeJS.Timeout[];
  #looking = Promise.resolve();

  constructor(parts: { jobs: JobsStore; catalog: Pick<Catalog, 'projects'>; facts: Pick<FactsStore, 'add'>; numbers: Pick<ErrorNumbers, 'sum' | 'sample'> }) {
    this.#jobs = parts.jobs;
    this.#catalog = parts.catalog;
    this.#facts = parts.facts;
    this.#numbers = parts.numbers;
    const quietly = (work: Promise<void>): void => void work.catch((error: unknown) => log.warn(`cannot look after jobs: ${causeOf(error)}`));
    this.#timers = [setInterval(() => quietly(this.look(Date.now())), LOOK_MS), setInterval(() => quietly(this.#jobs.prune(Date.now())), FORGET_MS)];
    for (const timer of this.#timers) timer.unref();
  }

  /** @throws HeedError as the store does */
  async checkIn(checkIn: NewCheckIn, project: string): Promise<void> {
    this.#count(await this.#jobs.checkIn(checkIn), project);
  }

  /** Finds the runs that events are of, by what they say of them; they can be searched for by those then. */
  tie(events: readonly EventRow[], now: number): void {
    for (const event of events) {
      const { clue, project, environment } = event;
      if (clue === undefined) continue;
      delete event.clue;
      const found = this.#jobs.runOf(project, { ...clue, environment: environment || 'production' }, now);
      if (found === undefined) continue;
      const { file, record } = clue;
      event.job = { ...found, file, record };
      for (const [key, value] of [
        ['job', found.slug],
        ['job.run', found.run],
        ['job.file', file],
      ])
        if (value !== '' && !event.tags.some(([known]) => known === key)) event.tags.push([key, value]);
    }
  }

  /** Looks for runs that should have begun, or ended. */
  look(now: number): Promise<void> {
    return (this.#looking = this.#looking
      .catch(() => undefined)
      .then(async () => {
        const ended = await this.#jobs.endOverdue(now);
        if (ended.length === 0) return;
        const slugs = new Map((await this.#catalog.projects()).map(({ id, slug }) => [Number(id), slug]));
        for (const one of ended) {
          const project = slugs.get(one.project);
          if (project === undefined) continue;
          this.#count(one, project);
          const { status, environment, started } = one.run;
          const tags = { project, monitor: one.slug, status, environment };
          this.#facts.add({ kind: 'check_in', time: now, title: `${one.slug}: ${status}`, text: '', tags, data: { id: one.run.id, planned: started } });
        }
      }));
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#looking.catch(() => undefined);
  }

  #count({ slug, run, ended, newRecords }: CheckedIn, project: string): void {
    const name = `jobs.${namePart(project)}.${namePart(slug)}`;
    for (const what of ['ok', 'failed'] as const) if (newRecords[what] > 0) this.#numbers.sum(`${name}.records.${what}`, newRecords[what]);
    if (!ended) return;
    this.#numbers.sum(`${name}.${run.status}`);
    if (run.durationMs !== null) this.#numbers.sample({ name: `${name}.ms`, value: run.durationMs, as: 'mean' });
  }
}
