import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProbeDefinition } from '../../core/define.ts';
import { causeOf } from '../../core/errors.ts';
import { log } from '../../core/log.ts';
import { nameOf, ownCollector } from './collector.ts';

const LOOK_EVERY = 2000;

/** What starts and ends probes. */
interface Runner {
  start(probe: ProbeDefinition): unknown;
  end(probe: ProbeDefinition): void;
}

interface Watched {
  probe: ProbeDefinition;
  /** Changes with the file. */
  version: string;
}

/** Keeps a collector going for each file of a folder, which may come later: new files begin, changed ones begin anew, removed ones end. */
export class OwnCollectors {
  readonly #folder: string;
  readonly #runner: Runner;
  readonly #watched = new Map<string, Watched>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(folder: string, runner: Runner) {
    this.#folder = folder;
    this.#runner = runner;
  }

  /** Looks at the folder, now and then again and again. */
  async watch(): Promise<void> {
    await this.look();
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.watch(), LOOK_EVERY);
    this.#timer.unref();
  }

  async look(): Promise<void> {
    const files = await this.#files();
    if (this.#stopped) return;
    for (const [file, { probe, version }] of this.#watched) {
      if (files.get(file) === version) continue;
      this.#runner.end(probe);
      this.#watched.delete(file);
    }
    for (const [file, version] of files) {
      if (this.#watched.has(file)) continue;
      const probe = ownCollector(join(this.#folder, file), nameOf(file) as string);
      this.#watched.set(file, { probe, version });
      void this.#runner.start(probe);
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #files(): Promise<Map<string, string>> {
    const files = new Map<string, string>();
    // Of two files with one name the first counts.
    const names = new Set<string>();
    try {
      for (const file of (await readdir(this.#folder)).toSorted()) {
        const name = nameOf(file);
        if (name === undefined || names.has(name)) continue;
        names.add(name);
        const { mtimeMs, size } = await stat(join(this.#folder, file));
        files.set(file, `${mtimeMs} ${size}`);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn(`cannot look at collectors in ${this.#folder}: ${causeOf(error)}`);
    }
    return files;
  }
}
