import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Kysely } from 'kysely';
import { causeOf, HeedError } from '../../../core/errors.ts';
import type { Catalog, CatalogProject } from '../catalog.ts';
import { migrate } from './migrate.ts';
import type { Tables } from './tables.ts';

/**
 * Opens the catalog in `folder` (made if absent), migrates it, and sees that the project `default` is there.
 * @param dsnKey public key of the project `default`; empty to keep the one it has, or to draw one
 * @throws HeedError `bad_option` for a key that is not 32 hex digits, `newer_format`, `bad_catalog` when it cannot be opened
 */
export function openCatalog(folder: string, dsnKey = ''): Catalog {
  if (dsnKey !== '' && !/^[0-9a-f]{32}$/i.test(dsnKey)) throw new HeedError('bad_option', `cannot use HEED_DSN_KEY: '${dsnKey}' is not 32 hex digits`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'catalog.db');
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(path, { timeout: 5000 });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  } catch (error) {
    throw new HeedError('bad_catalog', `cannot open ${path}: ${causeOf(error)}`);
  }
  try {
    migrate(database);
    ensureDefault(database, dsnKey.toLowerCase());
  } catch (error) {
    database.close();
    throw error;
  }
  return new SqliteCatalog(database);
}

function ensureDefault(database: DatabaseSync, dsnKey: string): void {
  database
    .prepare('INSERT INTO projects (id, slug, name, key, created) VALUES (1, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING')
    .run('default', 'default', dsnKey || newKey(), Date.now());
  if (dsnKey !== '') database.prepare('UPDATE projects SET key = ? WHERE id = 1 AND key <> ?').run(dsnKey, dsnKey);
}

const newKey = (): string => randomBytes(16).toString('hex');

/**
 * What `serve` itself asks while idle (projects, marks) is plain SQL and a list in memory. Kysely, 130 ms and 14 MB to
 * load, comes with the first change that somebody makes.
 */
class SqliteCatalog implements Catalog {
  readonly #database: DatabaseSync;
  #projects: CatalogProject[];
  #builder: Promise<Kysely<Tables>> | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const rows = database.prepare('SELECT id, slug, name, key, created FROM projects ORDER BY id').all();
    this.#projects = rows.map((row) => ({ ...(row as unknown as CatalogProject), id: String(row.id) }));
  }

  async projects(): Promise<CatalogProject[]> {
    return [...this.#projects];
  }

  async addProject(name: string): Promise<CatalogProject> {
    const slug = slugOf(name);
    if (slug === '') throw new HeedError('bad_name', `cannot add project '${name}': its name needs letters or digits, and 100 characters at most`);
    const builder = await this.#load();
    const made = await builder
      .insertInto('projects')
      .values({ slug, name: name.trim(), key: newKey(), created: Date.now() })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returningAll()
      .executeTakeFirst();
    if (made === undefined) throw new HeedError('exists', `cannot add project '${name}': there is a project '${slug}'`, { status: 409 });
    const project = { ...made, id: String(made.id) };
    this.#projects.push(project);
    return project;
  }

  async mark(name: string, time: number): Promise<void> {
    this.#database.prepare('INSERT INTO marks (name, time) VALUES (?, ?) ON CONFLICT DO NOTHING').run(name, time);
  }

  async marked(name: string): Promise<number | undefined> {
    return this.#database.prepare('SELECT time FROM marks WHERE name = ?').get(name)?.time as number | undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }

  #load(): Promise<Kysely<Tables>> {
    this.#builder ??= Promise.all([import('kysely'), import('./dialect.ts')]).then(
      ([{ Kysely }, { nodeSqliteDialect }]) => new Kysely<Tables>({ dialect: nodeSqliteDialect(this.#database) }),
    );
    return this.#builder;
  }
}

/** `Book Shop (new)` is `book-shop-new`; empty when nothing is left, or the name is too long. */
function slugOf(name: string): string {
  if (name.length > 100) return '';
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
