import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { causeOf, HeedError } from '../../core/errors.ts';
import type { CommandIo } from '../../core/define.ts';

/** Until when (seconds) something is imported, and how the server keeps it. */
export interface Done {
  until: number;
  retention: string;
}

/** Where an import from `source` into the server at `url` notes how far it came: XDG's state folder. */
export function doneFilePath(io: CommandIo, source: string, url: string): string {
  const state = io.env.XDG_STATE_HOME || join(io.env.HOME || homedir(), '.local/state');
  return join(state, 'heed', `import-${createHash('sha256').update(`${url}\n${source}`).digest('hex').slice(0, 16)}.jsonl`);
}

/**
 * What has been imported and read back, by name; one line of JSON each, of several with one name the last counts. It only saves work:
 * without it everything is sent again and the server leaves out what is there.
 */
export class DoneFile {
  readonly path: string;
  readonly entries: Map<string, Done>;

  /** @throws HeedError `cannot_write` when there is no place for it */
  constructor(path: string) {
    this.path = path;
    this.entries = readEntries(path);
    try {
      mkdirSync(join(path, '..'), { recursive: true });
      this.#rewrite();
    } catch (error) {
      throw new HeedError('cannot_write', `cannot note progress in ${path}: ${causeOf(error)}; XDG_STATE_HOME names another folder`);
    }
  }

  /** Forgets everything: it tells of another data folder. */
  clear(): void {
    this.entries.clear();
    this.#rewrite();
  }

  add(list: readonly (Done & { name: string })[]): void {
    if (list.length === 0) return;
    for (const { name, until, retention } of list) this.entries.set(name, { until, retention });
    appendFileSync(this.path, list.map(lineOf).join(''));
  }

  #rewrite(): void {
    writeFileSync(`${this.path}.tmp`, [...this.entries].map(([name, done]) => lineOf({ name, ...done })).join(''));
    renameSync(`${this.path}.tmp`, this.path);
  }
}

const lineOf = ({ name, until, retention }: Done & { name: string }): string => `${JSON.stringify([name, until, retention])}\n`;

function readEntries(path: string): Map<string, Done> {
  const entries = new Map<string, Done>();
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return entries;
  }
  for (const line of text.split('\n')) {
    const entry = parseDone(line);
    if (entry) entries.set(entry.name, entry);
  }
  return entries;
}

/** One line; undefined for a torn or foreign one. */
export function parseDone(line: string): (Done & { name: string }) | undefined {
  try {
    const [name, until, retention] = JSON.parse(line) as unknown[];
    if (typeof name === 'string' && typeof until === 'number' && typeof retention === 'string') return { name, until, retention };
  } catch {
    // Cut by a crash.
  }
  return undefined;
}
