import { HeedError } from '../../core/errors.ts';
import { type AuthSources, type Credentials, readCredentials } from '../../signals/errors/wire/auth.ts';
import type { ProjectKey } from '../../core/project.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';

/** Whose key a request carries. */
export interface Sender {
  project: CatalogProject;
  key: ProjectKey;
  credentials: Credentials;
}

/**
 * The project of the key in a request. `id` is the one in the address, undefined where it names none.
 * @throws HeedError `no_key` (401), `bad_key`, `revoked_key` and `wrong_project` (403), `bad_project` and `bad_version` (400)
 */
export function findProject(projects: readonly CatalogProject[], sources: AuthSources, id: string | undefined): Sender {
  if (id !== undefined && !/^\d{1,10}$/.test(id))
    throw new HeedError('bad_project', `cannot accept events: the number of a project has digits only, not '${id.slice(0, 20)}'`);
  const credentials = readCredentials(sources);
  const found = keyIn(projects, credentials.key);
  if (found === undefined) throw new HeedError('bad_key', 'cannot accept events: no project has this key; copy the DSN from the settings', { status: 403 });
  const { project, key } = found;
  if (id !== undefined && project.id !== String(Number(id)))
    throw new HeedError('wrong_project', `cannot accept events: the key is of another project than ${id}; copy the DSN from the settings`, { status: 403 });
  if (!key.active) {
    const why = `the key '${key.label}' of project ${project.slug} is revoked; copy another DSN from the settings`;
    throw new HeedError('revoked_key', `cannot accept events: ${why}`, { status: 403 });
  }
  return { project, key, credentials };
}

function keyIn(projects: readonly CatalogProject[], wanted: string): Pick<Sender, 'project' | 'key'> | undefined {
  for (const project of projects) {
    const key = project.keys.find((one) => one.key === wanted);
    if (key) return { project, key };
  }
  return undefined;
}
