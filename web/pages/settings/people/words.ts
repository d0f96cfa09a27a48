import type { GivenRoles } from '../../../state/me.ts';

/** Roles in words, as `viewer, member in shop`. */
export function rolesText({ role, roles }: GivenRoles): string {
  const inProjects = Object.entries(roles).map(([slug, one]) => `${one} in ${slug}`);
  return [...(role === 'none' ? [] : [role]), ...inProjects].join(', ') || 'nothing';
}
