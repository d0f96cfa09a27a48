import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import { type Catalog, MOST_DASHBOARD_BYTES, MOST_DASHBOARDS, type SavedDashboard } from '../catalog.ts';
import type { ProjectKey } from '../../../core/project.ts';
import type { CatalogProject } from '../projects.ts';
import { migrate } from './migrate.ts';
import { copyOf, openSound, writeCopy } from './sound-file.ts';
import { SqliteAudit } from './sqlite-audit.ts';
import { SqlitePeople } from './sqlite-people.ts';
import { SqliteProjects } from './sqlite-projects.ts';
import { SqliteReleases } from './sqlite-releases.ts';
import { SqliteSessions } from './sqlite-sessions.ts';
import { SqliteTokens } from './sqlite-tokens.ts';

/**
 * Opens the catalog in `folder` (made if absent), migrates it, and sees that the project `default` is there.
 * @param dsnKey public key of the project `default`; empty to keep the one it has, or to draw one
 * @throws HeedError `bad_option` for a key that is not 32 hex digits or another project's, `newer_format`, `bad_catalog`
 */
export function openCatalog(folder: string, dsnKey = ''): Catalog {
  if (dsnKey !== '' && !/^[0-9a-f]{32}$/i.test(dsnKey)) throw new HeedError('bad_option', `cannot use HEED_DSN_KEY: '${dsnKey}' is not 32 hex digits`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'catalog.db');
  const damage: Catalog['damage'] = [];
  return openSound(
    file,
    (database) => {
      migrate(database);
      return new SqliteCatalog(database, file, damage, dsnKey.toLowerCase());
    },
    (what) => {
      log.error({ file }, `damage: ${what}`);
      damage.push({ file, what, time: Date.now() });
    },
  );
}

class SqliteCatalog implements Catalog {
  readonly damage: Catalog['damage'];
  readonly releases: SqliteReleases;
  readonly tokens: SqliteTokens;
  readonly people: SqlitePeople;
  readonly sessions: SqliteSessions;
  readonly audit: SqliteAudit;
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #projects: SqliteProjects;

  constructor(database: DatabaseSync, file: string, damage: Catalog['damage'], dsnKey: string) {
    this.#database = database;
    this.#file = file;
    this.damage = damage;
    this.#projects = new SqliteProjects(database, (what, change) => this.#change(what, change), dsnKey);
    database.prepare('SELECT name, time FROM marks');
    database.prepare('SELECT slug, text, changed FROM dashboards');
    this.releases = new SqliteReleases(database, (what, change) => this.#change(what, change));
    this.tokens = new SqliteTokens(database, (what, change) => this.#change(what, change));
    this.people = new SqlitePeople(database, (what, change) => this.#change(what, change));
    this.sessions = new SqliteSessions(database, (what, change) => this.#change(what, change));
    this.audit = new SqliteAudit(database);
    writeCopy(database, copyOf(file));
  }

  projects(): Promise<CatalogProject[]> {
    return this.#projects.projects();
  }

  addProject(name: string): Promise<CatalogProject> {
    return this.#projects.addProject(name);
  }

  changeProject(...[id, change]: Parameters<Catalog['changeProject']>): Promise<CatalogProject> {
    return this.#projects.changeProject(id, change);
  }

  retireProject(id: string): Promise<void> {
    return this.#projects.retireProject(id);
  }

  removeProject(id: string): Promise<void> {
    return this.#projects.removeProject(id);
  }

  addKey(project: string, label: string): Promise<ProjectKey> {
    return this.#projects.addKey(project, label);
  }

  changeKey(...[project, key, change]: Parameters<Catalog['changeKey']>): Promise<ProjectKey> {
    return this.#projects.changeKey(project, key, change);
  }

  async mark(name: string, time: number): Promise<void> {
    this.#database.prepare('INSERT INTO marks (name, time) VALUES (?, ?) ON CONFLICT DO NOTHING').run(name, time);
  }

  async marked(name: string): Promise<number | undefined> {
    return this.#database.prepare('SELECT time FROM marks WHERE name = ?').get(name)?.time as number | undefined;
  }

  async dashboards(): Promise<Omit<SavedDashboard, 'text'>[]> {
    return this.#database.prepare('SELECT slug, changed FROM dashboards ORDER BY slug').all() as unknown as Omit<SavedDashboard, 'text'>[];
  }

  async dashboard(slug: string): Promise<SavedDashboard | undefined> {
    return this.#database.prepare('SELECT slug, text, changed FROM dashboards WHERE slug = ?').get(slug) as SavedDashboard | undefined;
  }

  async saveDashboard(slug: string, text: string): Promise<void> {
    if (Buffer.byteLength(text) > MOST_DASHBOARD_BYTES)
      throw new HeedError('too_large', `cannot save dashboard '${slug}': it is larger than ${MOST_DASHBOARD_BYTES / 1024} kB`, { status: 413 });
    const others = this.#database.prepare('SELECT count(*) AS count FROM dashboards WHERE slug <> ?').get(slug)?.count as number;
    if (others >= MOST_DASHBOARDS)
      throw new HeedError('too_many_dashboards', `cannot save dashboard '${slug}': there are ${MOST_DASHBOARDS}; remove one first`, { status: 507 });
    this.#change(`save dashboard '${slug}'`, () =>
      this.#database
        .prepare(
          'INSERT INTO dashboards (slug, text, changed) VALUES (?, ?, ?) ON CONFLICT (slug) DO UPDATE SET text = excluded.text, changed = excluded.changed',
        )
        .run(slug, text, Date.now()),
    );
  }

  async removeDashboard(slug: string): Promise<boolean> {
    const { changes } = this.#change(`remove dashboard '${slug}'`, () => this.#database.prepare('DELETE FROM dashboards WHERE slug = ?').run(slug));
    return changes > 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }

  #change<Result>(what: string, change: () => Result): Result {
    let result;
    try {
      result = change();
    } catch (error) {
      throw new HeedError('cannot_write', `cannot ${what}: ${causeOf(error)}`, { status: 503, cause: error });
    }
    writeCopy(this.#database, copyOf(this.#file));
    return result;
  }
}
