import { createHash } from 'node:crypto';
import { log } from '../../../core/log.ts';
import { causeOf } from '../../../core/errors.ts';
import type { Catalog } from '../../../store/catalog/catalog.ts';
import type { EventRow } from '../../../store/errors/sqlite/event-row.ts';
import type { FactsStore } from '../../../store/facts/facts-store.ts';

const HOUR_MS = 3_600_000;
/** Who has a key may make up releases; a project does not have more in an hour. */
const MOST_IN_AN_HOUR = 20;
const MOST_REMEMBERED = 10_000;

/** A release of a project where it is first heard of. */
interface Marked {
  project: number;
  slug: string;
  release: string;
  /** Empty for all. */
  environment: string;
  time: number;
  text: string;
}

/** Makes an event for charts of each release of a project: when it is finalised or deployed, else when its first error or session comes; once, also after a restart. */
export class ReleaseMarkers {
  readonly #catalog: Pick<Catalog, 'mark' | 'marked'>;
  readonly #facts: Pick<FactsStore, 'add'>;
  readonly #known = new Set<string>();
  readonly #made = new Map<number, { hour: number; count: number }>();

  constructor(catalog: Pick<Catalog, 'mark' | 'marked'>, facts: Pick<FactsStore, 'add'>) {
    this.#catalog = catalog;
    this.#facts = facts;
  }

  /** Looks at the releases of what was kept. */
  async see(
    kept: readonly Pick<EventRow, 'project' | 'slug' | 'release' | 'environment' | 'time'>[],
    now: number,
    what: 'error' | 'session' = 'error',
  ): Promise<void> {
    for (const { project, slug, release, environment, time } of kept) {
      if (release === '' || this.#known.has(markOf(project, release))) continue;
      const text = `The first ${what} of ${slug} in this release.`;
      await this.#make(markOf(project, release), { project, slug, release, environment, time, text }, now);
    }
  }

  /** A release is out, as whoever builds it says. */
  async released(release: Omit<Marked, 'text'>, now: number): Promise<void> {
    await this.#make(markOf(release.project, release.release), { ...release, text: `${release.slug} was released.` }, now);
  }

  /** A release reached an environment; one that came out in the hour before is marked by that. */
  async deployed(release: Omit<Marked, 'text'>, now: number): Promise<void> {
    const { project, environment } = release;
    const text = `${release.slug} was deployed to ${environment}.`;
    const out = await this.#catalog.marked(markOf(project, release.release));
    if (out === undefined) await this.#make(markOf(project, release.release), { ...release, text }, now);
    // Known from here on, so that a repeated deploy makes no second marker.
    const mark = markOf(project, `${release.release}\0${environment}`);
    if (out !== undefined && now - out > HOUR_MS) await this.#make(mark, { ...release, text }, now);
    else await this.#catalog.mark(mark, now);
  }

  async #make(mark: string, { project, slug, release, environment, time, text }: Marked, now: number): Promise<void> {
    if (this.#known.has(mark) || !this.#mayMake(project, now)) return;
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    this.#known.add(mark);
    try {
      if ((await this.#catalog.marked(mark)) !== undefined) return;
      await this.#catalog.mark(mark, now);
    } catch (error) {
      this.#known.delete(mark);
      log.warn(`cannot mark release ${release}: ${causeOf(error)}`);
      return;
    }
    this.#count(project, now);
    const tags = { release, project: slug, ...(environment === '' ? undefined : { environment }) };
    this.#facts.add({ kind: 'event', time, title: `release ${release}`, text, tags, data: {} });
  }

  #mayMake(project: number, now: number): boolean {
    const made = this.#made.get(project);
    return made === undefined || made.hour !== Math.floor(now / HOUR_MS) || made.count < MOST_IN_AN_HOUR;
  }

  #count(project: number, now: number): void {
    const hour = Math.floor(now / HOUR_MS);
    const made = this.#made.get(project);
    this.#made.set(project, made?.hour === hour ? { hour, count: made.count + 1 } : { hour, count: 1 });
  }
}

const markOf = (project: number, release: string): string => `release ${project} ${createHash('sha256').update(release).digest('hex').slice(0, 32)}`;
