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

/** Makes an event for charts of each release of a project when the first error of it comes; once, also after a restart. */
export class ReleaseMarkers {
  readonly #catalog: Pick<Catalog, 'mark' | 'marked'>;
  readonly #facts: Pick<FactsStore, 'add'>;
  readonly #known = new Set<string>();
  readonly #made = new Map<number, { hour: number; count: number }>();

  constructor(catalog: Pick<Catalog, 'mark' | 'marked'>, facts: Pick<FactsStore, 'add'>) {
    this.#catalog = catalog;
    this.#facts = facts;
  }

  /** Looks at the releases of events that were kept. */
  async see(events: readonly EventRow[], now: number): Promise<void> {
    for (const { project, slug, release, environment, time } of events) {
      if (release === '') continue;
      const mark = markOf(project, release);
      if (this.#known.has(mark) || !this.#mayMake(project, now)) continue;
      if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
      this.#known.add(mark);
      try {
        if ((await this.#catalog.marked(mark)) !== undefined) continue;
        await this.#catalog.mark(mark, now);
      } catch (error) {
        this.#known.delete(mark);
        log.warn(`cannot mark release ${release}: ${causeOf(error)}`);
        continue;
      }
      this.#count(project, now);
      const tags = { release, project: slug, ...(environment === '' ? undefined : { environment }) };
      this.#facts.add({
        kind: 'event',
        time,
        title: `release ${release}`,
        text: `The first error of ${slug} in this release.`,
        tags,
        data: {},
      });
    }
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
