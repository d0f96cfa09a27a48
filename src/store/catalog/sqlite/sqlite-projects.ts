import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { HeedError } from '../../../core/errors.ts';
import { slugOf } from '../../../core/slug.ts';
import { DEFAULT_SETTINGS, type ProjectKey, type ProjectSettings } from '../../../core/project.ts';
import { type CatalogProject, MOST_KEYS, MOST_LABEL, type Projects } from '../projects.ts';
import { type Change, together } from './change.ts';

const newKey = (): string => randomBytes(16).toString('hex');

/** Projects and their keys, all in memory: each request of an SDK asks for them. */
export class SqliteProjects implements Projects {
  readonly #database: DatabaseSync;
  readonly #change: Change;
  #projects: CatalogProject[];

  constructor(database: DatabaseSync, change: Change, dsnKey: string) {
    this.#database = database;
    this.#change = change;
    ensureDefault(database, dsnKey);
    this.#projects = this.#read();
  }

  async projects(): Promise<CatalogProject[]> {
    return [...this.#projects];
  }

  async addProject(name: string): Promise<CatalogProject> {
    const slug = slugOfName(name);
    if (slug === '') throw new HeedError('bad_name', `cannot add project '${name}': its name needs letters or digits, and 100 characters at most`);
    if (this.#projects.some((one) => one.slug === slug))
      throw new HeedError('exists', `cannot add project '${name}': there is a project '${slug}'`, { status: 409 });
    const [key, now] = [newKey(), Date.now()];
    const id = this.#change(`add project '${name}'`, () =>
      together(this.#database, () => {
        // The number of a removed one is not given again: what it had may be in other files yet.
        const { lastInsertRowid } = this.#database
          .prepare(
            `INSERT INTO projects (id, slug, name, key, created)
              SELECT 1 + max(id), ?, ?, ?, ? FROM (SELECT id FROM projects UNION ALL SELECT id FROM removed_projects)`,
          )
          .run(slug, name.trim(), key, now);
        this.#insertKey(Number(lastInsertRowid), key, 'Default', now);
        return String(lastInsertRowid);
      }),
    );
    return this.#fresh(id);
  }

  async changeProject(id: string, { name, settings }: { name?: string; settings?: Partial<ProjectSettings> }): Promise<CatalogProject> {
    const found = this.#project(id, 'change');
    if (name !== undefined && slugOfName(name) === '')
      throw new HeedError('bad_name', `cannot rename project '${found.slug}': a name needs letters or digits, and 100 characters at most`);
    this.#change(`change project '${found.slug}'`, () =>
      this.#database
        .prepare('UPDATE projects SET name = ?, settings = ? WHERE id = ?')
        .run(name?.trim() ?? found.name, JSON.stringify({ ...found.settings, ...settings }), Number(id)),
    );
    return this.#fresh(id);
  }

  async retireProject(id: string): Promise<void> {
    const { slug } = this.#removable(id);
    this.#change(`revoke the keys of project '${slug}'`, () => this.#database.prepare('UPDATE keys SET active = 0 WHERE project = ?').run(Number(id)));
    this.#projects = this.#read();
  }

  async removeProject(id: string): Promise<void> {
    const { slug } = this.#removable(id);
    this.#change(`remove project '${slug}'`, () =>
      together(this.#database, () => {
        this.#database.prepare('DELETE FROM keys WHERE project = ?').run(Number(id));
        this.#database.prepare('DELETE FROM projects WHERE id = ?').run(Number(id));
        this.#database.prepare('INSERT INTO removed_projects VALUES (?)').run(Number(id));
      }),
    );
    this.#projects = this.#read();
  }

  async addKey(project: string, label: string): Promise<ProjectKey> {
    const found = this.#project(project, 'add a key to');
    if (found.keys.length >= MOST_KEYS)
      throw new HeedError('too_many_keys', `cannot add a key to project '${found.slug}': it has ${MOST_KEYS}; use one that is revoked again`, { status: 507 });
    const [key, text] = [newKey(), checkedLabel(label)];
    this.#change(`add a key to project '${found.slug}'`, () => this.#insertKey(Number(project), key, text, Date.now()));
    return this.#fresh(project).keys.find((one) => one.key === key) as ProjectKey;
  }

  async changeKey(project: string, key: number, change: Partial<Pick<ProjectKey, 'label' | 'active' | 'mostPerMinute'>>): Promise<ProjectKey> {
    const { slug, keys } = this.#project(project, 'change a key of');
    const found = keys.find(({ id }) => id === key);
    if (!found) throw new HeedError('not_found', `cannot change key ${key}: project '${slug}' has no such key`, { status: 404 });
    const { label, active, mostPerMinute } = { ...found, ...change };
    const text = checkedLabel(label);
    this.#change(`change a key of project '${slug}'`, () =>
      this.#database.prepare('UPDATE keys SET label = ?, active = ?, most_per_minute = ? WHERE id = ?').run(text, Number(active), mostPerMinute, key),
    );
    return this.#fresh(project).keys.find(({ id }) => id === key) as ProjectKey;
  }

  #insertKey(project: number, key: string, label: string, created: number): void {
    this.#database.prepare('INSERT INTO keys (project, key, label, created, active) VALUES (?, ?, ?, ?, 1)').run(project, key, label, created);
  }

  #removable(id: string): CatalogProject {
    const found = this.#project(id, 'remove');
    if (id === '1') throw new HeedError('conflict', `cannot remove project '${found.slug}': the first project is always there; rename it`, { status: 409 });
    return found;
  }

  #project(id: string, verb: string): CatalogProject {
    const found = this.#projects.find((one) => one.id === id);
    if (!found) throw new HeedError('not_found', `cannot ${verb} project ${id}: there is none`, { status: 404 });
    return found;
  }

  #fresh(id: string): CatalogProject {
    this.#projects = this.#read();
    return this.#project(id, 'read');
  }

  #read(): CatalogProject[] {
    // As arrays: names of columns come from the file, where a flipped bit makes an ID of an id.
    const all = (sql: string): unknown[][] => this.#database.prepare(sql, { returnArrays: true }).all() as unknown as unknown[][];
    const keys = Map.groupBy(
      all('SELECT project, id, key, label, created, active, most_per_minute FROM keys ORDER BY id') as [number, ...unknown[]][],
      ([project]) => project,
    );
    return (all('SELECT id, slug, name, key, created, settings FROM projects ORDER BY id') as [number, string, string, string, number, string][]).map(
      ([id, slug, name, first, created, settings]) => {
        const own = (keys.get(id) ?? []).map(([, ...rest]) => keyOf(rest));
        const key = (own.find(({ active }) => active) ?? own[0])?.key ?? first;
        return { id: String(id), slug, name, key, created, keys: own, settings: readSettings(settings) };
      },
    );
  }
}

function keyOf(row: unknown[]): ProjectKey {
  const [id, key, label, created, active, mostPerMinute] = row as [number, string, string, number, number, number | null];
  return { id, key, label, created, active: active !== 0, mostPerMinute };
}

/** What an older Heed did not know has its default. */
function readSettings(text: string): ProjectSettings {
  let said: Partial<ProjectSettings> = {};
  try {
    said = JSON.parse(text) as Partial<ProjectSettings>;
  } catch {
    // A damaged text is as none: the defaults hide most.
  }
  return { ...DEFAULT_SETTINGS, ...said, scrub: { ...DEFAULT_SETTINGS.scrub, ...said.scrub } };
}

const slugOfName = (name: string): string => (name.length > 100 ? '' : slugOf(name));

function checkedLabel(label: string): string {
  const text = label.trim();
  if (text === '' || text.length > MOST_LABEL)
    throw new HeedError('bad_name', `cannot label a key '${text.slice(0, 40)}': a label has 1 to ${MOST_LABEL} characters`);
  return text;
}

function ensureDefault(database: DatabaseSync, dsnKey: string): void {
  const made = database
    .prepare('INSERT INTO projects (id, slug, name, key, created) VALUES (1, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING')
    .run('default', 'default', dsnKey || newKey(), Date.now());
  if (made.changes > 0)
    database.exec(`INSERT INTO keys (project, key, label, created, active) SELECT id, key, 'Default', created, 1 FROM projects WHERE id = 1`);
  if (dsnKey === '') return;
  const owner = database.prepare('SELECT slug FROM keys JOIN projects ON projects.id = project WHERE keys.key = ? AND project <> 1').get(dsnKey);
  if (owner) throw new HeedError('bad_option', `cannot use HEED_DSN_KEY: it is the key of project '${String(owner.slug)}'`);
  // Another key than before takes the first one's place.
  if (!database.prepare('SELECT 1 FROM keys WHERE key = ?').get(dsnKey))
    database.prepare('UPDATE keys SET key = ?, active = 1 WHERE id = (SELECT min(id) FROM keys WHERE project = 1)').run(dsnKey);
}
