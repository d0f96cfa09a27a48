import { createHash } from 'node:crypto';
import type { Dashboard } from '../core/dashboard.ts';
import type { DashboardDefinition } from '../core/define.ts';
import { causeOf, HeedError } from '../core/errors.ts';
import { checkDashboard } from './check.ts';
import { completeDashboard } from './complete.ts';
import type { DashboardFile, DashboardFiles, FileProblem } from './files.ts';

/** A watched file, the screens, or a source that Heed knows. */
export type Origin = 'file' | 'screen' | 'automatic';

/** A dashboard as it is shown. */
export interface Shelved {
  slug: string;
  dashboard: Dashboard;
  origin: Origin;
  /** Of one from a file: its path. */
  file: string;
  /** Was changed on the screen since it came from its file or source. */
  changed: boolean;
  /** Changes with the dashboard. */
  version: string;
}

/** What a list tells of it. */
export type ShelfEntry = Omit<Shelved, 'dashboard' | 'version'> & { title: string; about: string; panels: number; tags: string[] };

/** Where what was made on the screen is kept; the catalog. */
export interface SavedDashboards {
  dashboards(): Promise<{ slug: string; changed: number }[]>;
  dashboard(slug: string): Promise<{ text: string } | undefined>;
  saveDashboard(slug: string, text: string): Promise<void>;
  removeDashboard(slug: string): Promise<boolean>;
}

export interface ShelfParts {
  files: DashboardFiles;
  saved: SavedDashboards;
  automatic: readonly DashboardDefinition[];
  /** Whether any name matches a glob. */
  exists(glob: string): Promise<boolean>;
}

/** How long it is remembered that a source sends, or does not. */
const FOUND_FOR = 60_000;
const MISSING_FOR = 3000;

type Summary = Pick<ShelfEntry, 'title' | 'about' | 'panels' | 'tags'>;

/**
 * All dashboards: those of files, those made on the screen, and automatic ones while their source sends. What is changed on the screen is
 * kept in the catalog and lies over its file or source, which is never written; it goes when the file becomes the same.
 */
export class Shelf {
  readonly #parts: ShelfParts;
  readonly #automatic: ReadonlyMap<string, DashboardDefinition>;
  /** Of saved ones, so that a list does not read them all; by slug and time of saving. */
  readonly #summaries = new Map<string, { changed: number; summary: Summary | FileProblem }>();
  readonly #arrived = new Map<string, { found: boolean; until: number }>();
  /** One change after the other. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(parts: ShelfParts) {
    this.#parts = parts;
    this.#automatic = new Map(parts.automatic.map((definition) => [definition.slug, definition]));
  }

  /** All of them by title, and what could not be read. */
  async list(): Promise<{ dashboards: ShelfEntry[]; problems: FileProblem[] }> {
    const entries = new Map<string, ShelfEntry>();
    const problems = this.#parts.files.problems();
    for (const definition of this.#automatic.values())
      if (await this.#arrives(definition)) entries.set(definition.slug, entryOf(definition.slug, 'automatic', '', summaryOf(completeDashboard(definition))));
    for (const { slug, path, dashboard } of this.#parts.files.all()) entries.set(slug, entryOf(slug, 'file', path, summaryOf(dashboard)));
    for (const { slug, changed } of await this.#parts.saved.dashboards()) {
      const summary = await this.#summary(slug, changed);
      if ('line' in summary) {
        problems.push(summary);
        continue;
      }
      const { origin, file } = this.#base(slug);
      entries.set(slug, { ...entryOf(slug, origin, file, summary), changed: origin !== 'screen' });
    }
    return { dashboards: [...entries.values()].toSorted(byTitle), problems };
  }

  /** @throws HeedError `not_found` */
  async get(slug: string): Promise<Shelved> {
    return (await this.#find(slug)) ?? missing(slug);
  }

  /**
   * Saves what was made or changed on the screen. `version` is that of the one it was made from, empty for a new one.
   * @throws HeedError `changed_meanwhile` (409) when it is another by now, `exists` (409) when there is one already
   */
  save(slug: string, dashboard: Dashboard, version: string): Promise<Shelved> {
    return this.#change(async () => {
      const present = await this.#find(slug);
      if (version === '' && present)
        throw new HeedError('exists', `cannot save dashboard '${slug}': there is one already, '${present.dashboard.title}'`, { status: 409 });
      if (version !== (present?.version ?? ''))
        throw new HeedError('changed_meanwhile', `cannot save dashboard '${slug}': it was ${present ? 'changed' : 'removed'} meanwhile; load it again`, {
          status: 409,
        });
      const text = jsonOf(dashboard);
      const below = this.#base(slug).dashboard;
      if (below && jsonOf(below) === text) await this.#parts.saved.removeDashboard(slug);
      else await this.#parts.saved.saveDashboard(slug, text);
      this.#summaries.delete(slug);
      return await this.get(slug);
    });
  }

  /**
   * Removes what was made on the screen; a changed one is its file or source again.
   * @throws HeedError `not_found`, `not_removable` (409) for what was not made on the screen
   */
  remove(slug: string): Promise<void> {
    return this.#change(async () => {
      this.#summaries.delete(slug);
      if (await this.#parts.saved.removeDashboard(slug)) return;
      const { origin, file, dashboard } = this.#base(slug);
      if (!dashboard) missing(slug);
      const why = origin === 'file' ? `it comes from ${file}; remove the file` : 'it is automatic and there while its numbers arrive';
      throw new HeedError('not_removable', `cannot remove dashboard '${slug}': ${why}`, { status: 409 });
    });
  }

  /** The text that a draft is compared with: its file as it is, its source, or what was saved; empty for a new one. */
  async baseText(slug: string): Promise<string> {
    const { text, dashboard = await this.#saved(slug) } = this.#base(slug);
    if (text !== undefined || !dashboard) return text ?? '';
    // With the library of YAML, which is needed for nothing else here.
    return (await import('./yaml/write.ts')).writeDashboard(dashboard);
  }

  /** Forgets what was changed on the screen when its file has become the same. */
  settle({ slug, dashboard }: DashboardFile): Promise<void> {
    return this.#change(async () => {
      const saved = await this.#parts.saved.dashboard(slug);
      if (saved && saved.text === jsonOf(dashboard)) await this.#parts.saved.removeDashboard(slug);
    });
  }

  async #find(slug: string): Promise<Shelved | undefined> {
    const saved = await this.#saved(slug);
    const base = this.#base(slug);
    const definition = this.#automatic.get(slug);
    if (!saved && base.origin === 'automatic' && definition && !(await this.#arrives(definition))) return undefined;
    const dashboard = saved ?? base.dashboard;
    if (!dashboard) return undefined;
    const version = createHash('sha256').update(jsonOf(dashboard)).digest('hex').slice(0, 16);
    return { slug, dashboard, origin: base.origin, file: base.file, changed: saved !== undefined && base.origin !== 'screen', version };
  }

  /** What lies below what was saved. */
  #base(slug: string): { origin: Origin; file: string; dashboard?: Dashboard; text?: string } {
    const file = this.#parts.files.get(slug);
    // Another format than ours is compared as what it became.
    if (file) return { origin: 'file', file: file.path, dashboard: file.dashboard, ...(file.path.endsWith('.json') ? {} : { text: file.text }) };
    const definition = this.#automatic.get(slug);
    return definition ? { origin: 'automatic', file: '', dashboard: completeDashboard(definition) } : { origin: 'screen', file: '' };
  }

  /** Series stay for long once they are there, and looking through a large tree takes its time. */
  async #arrives({ slug, when }: DashboardDefinition): Promise<boolean> {
    const known = this.#arrived.get(slug);
    if (known && performance.now() < known.until) return known.found;
    let found = true;
    for (const glob of when) found &&= await this.#parts.exists(glob);
    this.#arrived.set(slug, { found, until: performance.now() + (found ? FOUND_FOR : MISSING_FOR) });
    return found;
  }

  async #summary(slug: string, changed: number): Promise<Summary | FileProblem> {
    const known = this.#summaries.get(slug);
    if (known?.changed === changed) return known.summary;
    let summary: Summary | FileProblem;
    try {
      summary = summaryOf((await this.#saved(slug)) ?? missing(slug));
    } catch (error) {
      summary = { file: `saved dashboard ${slug}`, line: 0, message: causeOf(error) };
    }
    this.#summaries.set(slug, { changed, summary });
    return summary;
  }

  async #saved(slug: string): Promise<Dashboard | undefined> {
    const saved = await this.#parts.saved.dashboard(slug);
    return saved && checkDashboard(JSON.parse(saved.text));
  }

  #change<Result>(change: () => Promise<Result>): Promise<Result> {
    const changed = this.#changing.then(change);
    this.#changing = changed.catch(() => undefined);
    return changed;
  }
}

/** The same for dashboards that are the same: all keys, in one order. */
function jsonOf(dashboard: Dashboard): string {
  return JSON.stringify(checkDashboard(dashboard));
}

function summaryOf({ title, about, panels, tags }: Dashboard): Summary {
  return { title, about, panels: panels.length, tags };
}

function entryOf(slug: string, origin: Origin, file: string, summary: Summary): ShelfEntry {
  return { slug, origin, file, changed: false, ...summary };
}

function byTitle(a: ShelfEntry, b: ShelfEntry): number {
  const [one, other] = [a.title.toLowerCase(), b.title.toLowerCase()];
  if (one === other) return a.slug < b.slug ? -1 : 1;
  return one < other ? -1 : 1;
}

function missing(slug: string): never {
  throw new HeedError('not_found', `cannot find dashboard '${slug}'; /api/v1/dashboards lists what there is`, { status: 404 });
}
