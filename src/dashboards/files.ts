import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Dashboard } from '../core/dashboard.ts';
import { causeOf } from '../core/errors.ts';
import { log } from '../core/log.ts';
import { slugOf } from '../core/slug.ts';
import { readAnyDashboard } from './read-any.ts';
import type { Mistake } from './yaml/nodes.ts';

const LOOK_EVERY = 1000;
const MOST_FILES = 500;
/** Grafana's JSON is wordy; what it becomes is as bounded as any dashboard. */
const MOST_BYTES = 2_000_000;

/** A file as it was last read well. */
export interface DashboardFile {
  slug: string;
  /** As the user gave the folder, and its name. */
  path: string;
  text: string;
  dashboard: Dashboard;
}

export interface FileProblem extends Mistake {
  file: string;
}

interface Watched {
  /** Changes with the file. */
  version: string;
  /** What it was when it last could be read. */
  good?: DashboardFile;
  problems: FileProblem[];
}

/** The dashboards of a watched folder, which may come later. A file that is broken is told, and what it was before stays. */
export class DashboardFiles {
  readonly folder: string;
  readonly #watched = new Map<string, Watched>();
  #tooMany: FileProblem[] = [];
  #onRead: (file: DashboardFile) => unknown = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Looks at the folder, now and then again and again; `onRead` is told of each file that is new or changed. */
  async watch(onRead: (file: DashboardFile) => unknown): Promise<void> {
    this.#onRead = onRead;
    await this.look();
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.watch(onRead), LOOK_EVERY);
    this.#timer.unref();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  all(): DashboardFile[] {
    return [...this.#watched.values()].flatMap(({ good }) => good ?? []);
  }

  get(slug: string): DashboardFile | undefined {
    return this.all().find((file) => file.slug === slug);
  }

  problems(): FileProblem[] {
    return [...this.#tooMany, ...[...this.#watched.values()].flatMap(({ problems }) => problems)];
  }

  async look(): Promise<void> {
    const found = await this.#files();
    const gone = [...this.#watched.keys()].filter((name) => !found.has(name));
    for (const name of gone) this.#watched.delete(name);
    // An address that was taken may be free now.
    if (gone.length > 0) for (const watched of this.#watched.values()) if (watched.problems.length > 0) watched.version = '';
    // In the order of names, so that of two files with one slug the first counts.
    for (const [name, version] of found) {
      const known = this.#watched.get(name);
      if (this.#stopped || known?.version === version) continue;
      const path = join(this.folder, name);
      const read = await this.#read(path, slugOf(name.slice(0, -extname(name).length)));
      this.#watched.set(name, { version, good: read.good ?? known?.good, problems: read.problems });
      if (!read.good) continue;
      try {
        await this.#onRead(read.good);
      } catch (error) {
        log.warn(`cannot look at what was changed of ${path}: ${causeOf(error)}`);
      }
    }
  }

  async #read(path: string, slug: string): Promise<Omit<Watched, 'version'>> {
    const problem = (message: string, line = 0): Omit<Watched, 'version'> => ({ problems: [{ file: path, line, message }] });
    if (slug === '' || slug.length > 100) return problem('its name needs letters or digits, and 100 characters at most, as it becomes part of an address');
    const same = this.all().find((file) => file.slug === slug && file.path !== path);
    if (same) return problem(`it would have the same address as ${same.path}; rename one of them`);
    try {
      const text = await readFile(path, 'utf8');
      if (text.length > MOST_BYTES) return problem(`it is larger than ${MOST_BYTES / 1_000_000} MB`);
      const { dashboard, notes } = await readAnyDashboard(text);
      if (notes.length > 0) log.info({ file: path, notes }, 'a dashboard was not taken over whole');
      return { good: { slug, path, text, dashboard }, problems: [] };
    } catch (error) {
      const mistakes = (error as { mistakes?: readonly Mistake[] }).mistakes ?? [{ line: 0, message: causeOf(error) }];
      log.warn(`cannot read ${path}: ${mistakes.map(({ line, message }) => (line > 0 ? `line ${line}: ${message}` : message)).join('; ')}`);
      return { problems: mistakes.map((mistake) => ({ file: path, ...mistake })) };
    }
  }

  /** Names of the files, each with a word that changes with it. */
  async #files(): Promise<Map<string, string>> {
    const files = new Map<string, string>();
    try {
      const names = (await readdir(this.folder)).filter((name) => /^[^.].*\.(?:ya?ml|json)$/i.test(name)).toSorted();
      this.#tooMany =
        names.length > MOST_FILES ? [{ file: this.folder, line: 0, message: `there are ${names.length} files; the first ${MOST_FILES} are read` }] : [];
      for (const name of names.slice(0, MOST_FILES)) {
        const found = await stat(join(this.folder, name)).catch(() => undefined);
        if (found?.isFile()) files.set(name, `${found.mtimeMs} ${found.size} ${found.ino}`);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn(`cannot look at dashboards in ${this.folder}: ${causeOf(error)}`);
    }
    return files;
  }
}
