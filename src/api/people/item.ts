import { isRole, ROLES, type ProjectRoles, type Role, type Roles } from '../../core/roles.ts';
import { HeedError } from '../../core/errors.ts';
import type { Invitation, Person } from '../../store/catalog/people.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { InvitationItem, PersonItem } from '../contract-people.ts';

type Projects = readonly Pick<CatalogProject, 'id' | 'slug'>[];

/** A person as the API answers it; `seen` is when a session was used last. */
export function personItem({ roles, ...person }: Person, projects: Projects, seen: number | undefined): PersonItem {
  return { ...person, roles: bySlug(roles, projects), seen: seen ?? null };
}

export function invitationItem({ person, roles, ...invitation }: Invitation, projects: Projects): InvitationItem {
  return { ...invitation, roles: bySlug(roles, projects), reset: person !== undefined };
}

/** Roles as the API says them, by the short names of projects; those of projects that are gone are left out. */
function bySlug(roles: ProjectRoles, projects: Projects): ProjectRoles {
  return Object.fromEntries(projects.filter(({ id }) => Object.hasOwn(roles, id)).map(({ id, slug }) => [slug, roles[id]]));
}

/**
 * Roles of a request, by the numbers of projects.
 * @throws HeedError `bad_role`
 */
export function readRoles(role: string, roles: Record<string, unknown>, projects: Projects): Roles {
  const known = Object.keys(ROLES).join(', ');
  if (role !== 'none' && !isRole(role))
    throw new HeedError('bad_role', `cannot give the role '${role.slice(0, 60)}': there are ${known}, and none for roles in projects only`);
  const read: Record<string, Role> = {};
  for (const [slug, given] of Object.entries(roles)) {
    const project = projects.find((one) => one.slug === slug);
    if (!project) throw new HeedError('bad_role', `cannot give a role in '${slug.slice(0, 60)}': there is no such project`);
    if (typeof given !== 'string' || !isRole(given))
      throw new HeedError('bad_role', `cannot give the role '${String(given).slice(0, 60)}' in ${slug}: there are ${known}`);
    read[project.id] = given;
  }
  if (role === 'none' && Object.keys(read).length === 0)
    throw new HeedError('bad_role', 'cannot give no role at all: give one everywhere, or in a project; to keep somebody out, remove them');
  return { role, roles: read };
}
