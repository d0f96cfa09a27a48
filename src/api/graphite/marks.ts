import type { Fact } from '../../core/fact.ts';
import { HeedError } from '../../core/errors.ts';
import { tagsOfList } from '../../core/tag-list.ts';
import type { FactsStore, StoredFact } from '../../store/facts/facts-store.ts';
import type { Marker } from './marker.ts';

/** The same marker again within so long is the same event: several hosts deploy, one release is marked. */
const SAME_WITHIN = 60_000;
/** Events near a marker that are looked at for the same one. */
const MOST_NEAR = 1000;

/** Keeps markers as facts of the kind `event`, each once. */
export class Marks {
  readonly #facts: Pick<FactsStore, 'add' | 'find' | 'sync'>;
  /** Markers that are being kept, by what they say: the same one again waits until the first can be found. */
  readonly #keeping = new Map<string, Promise<unknown>>();

  constructor(facts: Pick<FactsStore, 'add' | 'find' | 'sync'>) {
    this.#facts = facts;
  }

  /**
   * Keeps a marker, unless it is there already; gives the event's number and whether it is new.
   * @throws HeedError `not_kept`
   */
  async keep({ what, tags, text, time, data }: Marker): Promise<{ id: number; added: boolean }> {
    const fact: Fact = { kind: 'event', time, title: what, text, tags: tagsOfList(tags), data };
    const key = sayingOf(fact);
    const before = this.#keeping.get(key) ?? Promise.resolve();
    const kept = before.then(
      () => this.#keep(fact, key),
      () => this.#keep(fact, key),
    );
    this.#keeping.set(key, kept);
    try {
      return await kept;
    } finally {
      if (this.#keeping.get(key) === kept) this.#keeping.delete(key);
    }
  }

  async #keep(fact: Fact, key: string): Promise<{ id: number; added: boolean }> {
    const same = await this.#same(fact, key);
    if (same) return { id: same.id, added: false };
    if (!this.#facts.add(fact)) throw notKept();
    await this.#facts.sync();
    const kept = await this.#same(fact, key);
    if (!kept) throw notKept();
    return { id: kept.id, added: true };
  }

  async #same({ time, tags }: Fact, key: string): Promise<StoredFact | undefined> {
    const near = await this.#facts.find({ kind: 'event', from: time - SAME_WITHIN, until: time + SAME_WITHIN, tags, limit: MOST_NEAR });
    return near.find((fact) => sayingOf(fact) === key);
  }
}

/** All of an event but its time. */
function sayingOf({ title, text, tags, data }: Fact): string {
  return JSON.stringify([title, text, Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1)), data]);
}

const notKept = (): HeedError => new HeedError('not_kept', 'cannot keep the event: too many come at once, or there is no room', { status: 503 });
