import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Kysely } from 'kysely';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import { slugOf } from '../../../core/slug.ts';
import { type Catalog, type CatalogProject, MOST_DASHBOARD_BYTES, MOST_DASHBOARDS, type SavedDashboard } from '../catalog.ts';
import { migrate } from './migrate.ts';
import { copyOf, openSound, writeCopy } from './sound-file.ts';
import { SqliteReleases } from './sqlite-releases.ts';
import type { Tables } from './tables.ts';

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
      ensureDefault(database, dsnKey.toLowerCase());
      return new SqliteCatalog(database, file, damage);
    },
    (what) => {
      log.error({ file }, `damage: ${what}`);
      damage.push({ file, what, time: Date.now() });
    },
  );
}

function ensureDefault(database: DatabaseSync, dsnKey: string): void {
  database
    .prepare('INSERT INTO projects (id, slug, name, key, created) VALUES (1, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING')
    .run('default', 'default', dsnKey || newKey(), Date.now());
  const owner = database.prepare('SELECT slug FROM projects WHERE key = ? AND id <> 1').get(dsnKey);
  if (owner) throw new HeedError('bad_option', `cannot use HEED_DSN_KEY: it is the key of project '${String(owner.slug)}'`);
  if (dsnKey !== '') database.prepare('UPDATE projects SET key = ? WHERE id = 1 AND key <> ?').run(dsnKey, dsnKey);
}

const newKey = (): string => randomBytes(16).toString('hex');

/**
 * What `serve` itself asks while idle (projects, marks, dashboards) is plain SQL and a list in memory. Kysely, 130 ms and 14 MB to
 * load, comes with the first change that somebody makes.
 */
class SqliteCatalog implements Catalog {
  readonly damage: Catalog['damage'];
  readonly releases: SqliteReleases;
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #projects: CatalogProject[];
  #builder: Promise<Kysely<Tables>> | undefined;

  constructor(database: DatabaseSync, file: string, damage: Catalog['damage']) {
    this.#database = database;
    this.#file = file;
    this.damage = damage;
    // As arrays: names of columns come from the file, where a flipped bit makes an ID of an id.
    const rows = database.prepare('SELECT id, slug, name, key, created FROM projects ORDER BY id', { returnArrays: true }).all();
    this.#projects = (rows as unknown as [number, string, string, string, number][]).map(([id, slug, name, key, created]) => ({
      id: String(id),
      slug,
      name,
      key,
      created,
    }));
    database.prepare('SELECT name, time FROM marks');
    database.prepare('SELECT slug, text, changed FROM dashboards');
    this.releases = new SqliteReleases(database, (what, change) => this.#change(what, change));
    writeCopy(database, copyOf(file));
  }

  async projects(): Promise<CatalogProject[]> {
    return [...this.#projects];
  }

  async addProject(name: string): Promise<CatalogProject> {
    const slug = name.length > 100 ? '' : slugOf(name);
    if (slug === '') throw new HeedError('bad_name', `cannot add project '${name}': its name needs letters or digits, and 100 characters at most`);
    const builder = await this.#load();
    const made = await builder
      .insertInto('projects')
      .values({ slug, name: name.trim(), key: newKey(), created: Date.now() })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returningAll()
      .executeTakeFirst()
      .catch((error: unknown) => {
        throw new HeedError('cannot_write', `cannot add project '${name}': ${causeOf(error)}`, { status: 503, cause: error });
      });
    if (made === undefined) throw new HeedError('exists', `cannot add project '${name}': there is a project '${slug}'`, { status: 409 });
    const project = { ...made, id: String(made.id) };
    this.#projects.push(project);
    writeCopy(this.#database, copyOf(this.#file));
    return project;
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

  #load(): Promise<Kysely<Tables>> {
    this.#builder ??= Promise.all([import('kysely'), import('./dialect.ts')]).then(
      ([{ Kysely }, { nodeSqliteDialect }]) => new Kysely<Tables>({ dialect: nodeSqliteDialect(this.#database) }),
    );
    return this.#builder;
  }
}
