import type { DatabaseSync } from 'node:sqlite';
import { HeedError } from '../../../core/errors.ts';
import { type Deploy, MOST_COMMITS_BYTES, MOST_DEPLOYS, MOST_RELEASES, MOST_VERSION, type Release, type ReleasePart, type Releases } from '../releases.ts';
import type { Change } from './change.ts';

type ReleaseRow = Omit<Release, 'projects' | 'commits' | 'started' | 'released' | 'archived'> & {
  archived: number;
  projects: string;
  commits: string;
  started: number | null;
  released: number | null;
};

const RELEASE = 'id, version, projects, created, started, released, archived, url, ref, commits';

/** Releases in the catalog's file; `change` is how that is written to. */
export class SqliteReleases implements Releases {
  readonly #database: DatabaseSync;
  readonly #change: Change;

  constructor(database: DatabaseSync, change: Change) {
    this.#database = database;
    this.#change = change;
    database.prepare(`SELECT ${RELEASE} FROM releases`);
    database.prepare('SELECT id, release, environment, name, url, started, finished FROM deploys');
  }

  async save(version: string, part: ReleasePart): Promise<{ release: Release; made: boolean }> {
    if (version === '' || version.length > MOST_VERSION)
      throw new HeedError('bad_name', `cannot save a release: its version has ${version.length} characters, 1 to ${MOST_VERSION} may be`);
    const known = this.#find(version);
    const old = known ?? { projects: [], created: Date.now(), started: undefined, released: undefined, archived: false, url: '', ref: '', commits: [] };
    const next = { ...old, ...withoutHoles(part), projects: [...new Set([...old.projects, ...(part.projects ?? [])])].toSorted((a, b) => a - b) };
    const commits = JSON.stringify(next.commits);
    if (Buffer.byteLength(commits) > MOST_COMMITS_BYTES)
      throw new HeedError('too_large', `cannot save release '${version}': its commits are larger than ${MOST_COMMITS_BYTES / 1024} kB`, { status: 413 });
    const values = [
      JSON.stringify(next.projects),
      next.created,
      next.started ?? null,
      next.released ?? null,
      Number(next.archived),
      next.url,
      next.ref,
      commits,
    ];
    this.#change(`save release '${version}'`, () => {
      this.#database
        .prepare(
          `INSERT INTO releases (version, projects, created, started, released, archived, url, ref, commits) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (version) DO UPDATE SET projects = excluded.projects, started = excluded.started, released = excluded.released,
          archived = excluded.archived, url = excluded.url, ref = excluded.ref, commits = excluded.commits`,
        )
        .run(version, ...values);
      this.#database.prepare('DELETE FROM releases WHERE id IN (SELECT id FROM releases ORDER BY id DESC LIMIT -1 OFFSET ?)').run(MOST_RELEASES);
    });
    return { release: this.#find(version) as Release, made: known === undefined };
  }

  async release(version: string): Promise<Release | undefined> {
    return this.#find(version);
  }

  async list({ project, archived, limit, offset }: Parameters<Releases['list']>[0]): Promise<Release[]> {
    const kept = archived === undefined ? null : Number(archived);
    const rows = this.#database
      .prepare(
        `SELECT ${RELEASE} FROM releases WHERE (? IS NULL OR EXISTS (SELECT 1 FROM json_each(projects) WHERE value = ?)) AND (? IS NULL OR archived = ?)
        ORDER BY id DESC LIMIT ? OFFSET ?`,
      )
      .all(project ?? null, project ?? null, kept, kept, limit, offset);
    return (rows as unknown as ReleaseRow[]).map(releaseOf);
  }

  async remove(version: string): Promise<boolean> {
    const { changes } = this.#change(`remove release '${version}'`, () => this.#database.prepare('DELETE FROM releases WHERE version = ?').run(version));
    return changes > 0;
  }

  async addDeploy(version: string, deploy: Omit<Deploy, 'id'>): Promise<Deploy> {
    const release = this.#find(version)?.id;
    if (release === undefined) throw new HeedError('not_found', `cannot add a deploy: there is no release '${version}'`, { status: 404 });
    const { environment, name, url, started, finished } = deploy;
    return this.#change(`add a deploy of '${version}'`, () => {
      const { lastInsertRowid } = this.#database
        .prepare('INSERT INTO deploys (release, environment, name, url, started, finished) VALUES (?, ?, ?, ?, ?, ?)')
        .run(release, environment, name, url, started ?? null, finished);
      this.#database
        .prepare('DELETE FROM deploys WHERE id IN (SELECT id FROM deploys WHERE release = ? ORDER BY id DESC LIMIT -1 OFFSET ?)')
        .run(release, MOST_DEPLOYS);
      return { ...deploy, id: Number(lastInsertRowid) };
    });
  }

  async deploys(version: string): Promise<Deploy[]> {
    const rows = this.#database
      .prepare(
        `SELECT deploys.id, environment, name, deploys.url, deploys.started, finished
        FROM deploys JOIN releases ON releases.id = deploys.release WHERE version = ? ORDER BY deploys.id DESC`,
      )
      .all(version);
    return (rows as unknown as (Omit<Deploy, 'started'> & { started: number | null })[]).map((row) => ({ ...row, started: row.started ?? undefined }));
  }

  #find(version: string): Release | undefined {
    const row = this.#database.prepare(`SELECT ${RELEASE} FROM releases WHERE version = ?`).get(version);
    return row && releaseOf(row as unknown as ReleaseRow);
  }
}

const releaseOf = (row: ReleaseRow): Release => ({
  ...row,
  projects: JSON.parse(row.projects) as number[],
  commits: JSON.parse(row.commits) as Release['commits'],
  started: row.started ?? undefined,
  released: row.released ?? undefined,
  archived: row.archived === 1,
});

/** What is not given leaves what is known. */
const withoutHoles = (part: ReleasePart): ReleasePart => Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
