import type { CheckedIn, JobsStore, RunClue } from '../jobs-store.ts';

/** What happened in a run may be told a little after its end. */
const KNOWN_MS = 10 * 60_000;
const MOST = 10_000;

interface ActiveRun {
  project: number;
  slug: string;
  run: string;
  environment: string;
  trace: string;
  /** Infinity while it goes on. */
  ended: number;
}

/** Runs that go on, or ended a moment ago, for finding the one that an event is of. */
export class ActiveRuns {
  readonly #runs = new Map<string, ActiveRun>();

  see({ project, slug, run }: Pick<CheckedIn, 'project' | 'slug' | 'run'>): void {
    const { id, environment, trace, ended } = run;
    if (run.status === 'missed') return;
    const key = `${project} ${slug} ${id}`;
    // Those that were seen longest ago come first.
    this.#runs.delete(key);
    this.#runs.set(key, { project, slug, run: id, environment, trace, ended: ended ?? Infinity });
    if (this.#runs.size > MOST) this.#runs.delete(this.#runs.keys().next().value as string);
  }

  find(project: number, { slug, run, trace, environment }: RunClue, now: number): ReturnType<JobsStore['runOf']> {
    if (run !== undefined) {
      const known = this.#only(project, now, (active) => active.run === run && (slug === undefined || active.slug === slug));
      return known ?? (slug === undefined ? undefined : { slug, run });
    }
    if (slug !== undefined) return this.#only(project, now, (active) => active.slug === slug && active.environment === environment);
    return trace === undefined ? undefined : this.#only(project, now, (active) => active.trace === trace);
  }

  clear(): void {
    this.#runs.clear();
  }

  /** Of those that go on, else of those that just ended, if it is one. */
  #only(project: number, now: number, fits: (run: ActiveRun) => boolean): { slug: string; run: string } | undefined {
    const found: ActiveRun[] = [];
    for (const [key, active] of this.#runs) {
      if (active.ended + KNOWN_MS < now) this.#runs.delete(key);
      else if (active.project === project && fits(active)) found.push(active);
    }
    const going = found.filter(({ ended }) => ended === Infinity);
    const [one, ...others] = going.length > 0 ? going : found;
    return one === undefined || others.length > 0 ? undefined : { slug: one.slug, run: one.run };
  }
}
