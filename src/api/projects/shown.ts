import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { Project, ProjectKeyItem } from '../contract.ts';
import type { ApiContext } from '../context.ts';
import { dsnOf } from '../state/dsn.ts';

/** A project as the API answers it. */
export function shownProject(project: CatalogProject, bound: ApiContext['bound']): Project {
  const keys = project.keys.map((key): ProjectKeyItem => ({ ...key, dsn: dsnOf({ ...project, key: key.key }, bound) }));
  return { ...project, keys, dsn: dsnOf(project, bound) };
}
