import type { Scope } from './scopes.ts';

/** What people may, from most to least, in the words of who gives it. */
export const ROLES = {
  owner: 'may do everything, also say who else is let in',
  member: 'works on issues, dashboards and releases',
  viewer: 'looks at everything and changes nothing',
} as const satisfies Record<string, string>;

export type Role = keyof typeof ROLES;

/** What a person is everywhere: a role, or `none` for somebody who has one in some projects only. */
export type RoleEverywhere = Role | 'none';

/** What a person is in projects beside that, by the project's number. */
export type ProjectRoles = Readonly<Record<string, Role>>;

export const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text);

const LOOK: readonly Scope[] = ['metrics:read', 'event:read', 'project:read', 'org:read'];
const WORK: readonly Scope[] = [...LOOK, 'metrics:write', 'event:admin', 'project:releases'];
const OF_EVERYTHING: Record<RoleEverywhere, readonly Scope[]> = { owner: ['org:admin'], member: WORK, viewer: LOOK, none: [] };
const OF_PROJECT: Record<Role, readonly Scope[]> = { owner: [...WORK, 'project:admin'], member: WORK, viewer: LOOK };

export interface Roles {
  role: RoleEverywhere;
  roles: ProjectRoles;
}

/** What somebody may in a project, or without one in what belongs to none. The stronger of two roles holds. */
export function scopesOf({ role, roles }: Roles, project?: string): readonly Scope[] {
  const here = project === undefined ? undefined : ownRole(roles, project);
  return [...OF_EVERYTHING[role], ...(here ? OF_PROJECT[here] : [])];
}

/** What somebody may somewhere. */
export function scopesAnywhere({ role, roles }: Roles): readonly Scope[] {
  return [...OF_EVERYTHING[role], ...Object.values(roles).flatMap((one) => OF_PROJECT[one])];
}

/** Whether a project is to be seen by somebody. */
export const sees = ({ role, roles }: Roles, project: string): boolean => role !== 'none' || ownRole(roles, project) !== undefined;

const ownRole = (roles: ProjectRoles, project: string): Role | undefined => (Object.hasOwn(roles, project) ? roles[project] : undefined);

/** In words, as `viewer, member in shop`; here `roles` are by the short names of projects. */
export function rolesText({ role, roles }: Roles): string {
  return [...(role === 'none' ? [] : [role]), ...Object.entries(roles).map(([slug, one]) => `${one} in ${slug}`)].join(', ') || 'nothing';
}
