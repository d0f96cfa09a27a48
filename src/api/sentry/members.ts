import { HeedError } from '../../core/errors.ts';
import { scopesOf, sees } from '../../core/roles.ts';
import { allScopes } from '../../core/scopes.ts';
import type { Person } from '../../store/catalog/people.ts';
import { projectOf } from '../issues/find.ts';
import { type Asked, route, type SentryRoutes } from './context.ts';
import { limitOf, linkPages, offsetOf } from './pages.ts';
import { iso } from './period.ts';
import { TEAM } from './projects.ts';
import { userJson, userOfToken } from './user-json.ts';

/** What roles are called in Sentry. */
const SENTRY_ROLES = { owner: 'owner', member: 'member', viewer: 'member', none: 'member' } as const;
const MOST = 10_000;

function memberJson(person: Person, projects: readonly string[]): Record<string, unknown> {
  const orgRole = SENTRY_ROLES[person.role];
  return {
    id: String(person.id),
    email: person.email,
    name: person.name,
    user: userJson(person),
    role: orgRole,
    orgRole,
    roleName: orgRole === 'owner' ? 'Owner' : 'Member',
    pending: false,
    expired: false,
    flags: {
      'idp:provisioned': false,
      'idp:role-restricted': false,
      'sso:linked': !person.hasPassword,
      'sso:invalid': false,
      'member-limit:restricted': false,
      'partnership:restricted': false,
    },
    dateCreated: iso(person.created),
    inviteStatus: 'approved',
    inviterName: person.createdBy,
    externalUsers: [],
    projects,
  };
}

/** Who is here. Sentry's clients look for whom to assign to; people are let in by Heed's own screens. */
export const memberRoutes: SentryRoutes = (app, { catalog }) => {
  const membersOf = async (project?: string): Promise<Record<string, unknown>[]> => {
    const projects = await catalog.projects();
    const people = await catalog.people.list();
    return people
      .filter((person) => project === undefined || sees(person, project))
      .map((person) =>
        memberJson(
          person,
          projects.filter(({ id }) => sees(person, id)).map(({ slug }) => slug),
        ),
      );
  };

  const page = async (asked: Asked): Promise<Record<string, unknown>[]> => {
    const offset = offsetOf(asked.query, MOST);
    const limit = limitOf(asked.query);
    const wanted = (asked.query.get('query') ?? '').toLowerCase();
    const all = (await membersOf()).filter(({ name, email }) => `${String(name)} ${String(email)}`.toLowerCase().includes(wanted));
    linkPages(asked, all.length > offset + limit ? `0:${offset + limit}:0` : undefined);
    return all.slice(offset, offset + limit);
  };

  route(app, 'GET', '/organizations/:organization/members/', page);
  route(app, 'GET', '/teams/:organization/:team/members/', async (asked) =>
    (await page(asked)).map((member) => ({ ...member, teamRole: null, teamSlug: TEAM.slug })),
  );
  route(app, 'GET', '/organizations/:organization/users/', async () => membersOf());
  route(app, 'GET', '/projects/:organization/:slug/members/', async ({ parts }) => membersOf((await projectOf(catalog, parts.slug)).id));
  route(app, 'GET', '/organizations/:organization/members/:member/', async ({ parts, request }) => {
    const id = parts.member === 'me' ? request.caller.person?.id : Number(parts.member);
    const all = await membersOf();
    const found = all.find((member) => member.id === String(id));
    if (!found) throw new HeedError('not_found', 'cannot answer: there is no such member', { status: 404 });
    const isOnlyOwner = found.orgRole === 'owner' && all.filter(({ orgRole }) => orgRole === 'owner').length === 1;
    const roles = { isOnlyOwner, orgRoleList: [], teamRoleList: [], invite_link: null };
    return { ...found, ...roles, teams: [TEAM.slug], teamRoles: [{ teamSlug: TEAM.slug, role: null }] };
  });
  route(app, 'GET', '/users/me/', async ({ request: { caller } }) => {
    if (caller.person) return { ...userJson(caller.person), scopes: allScopes(scopesOf(caller.person)) };
    if (caller.token) return userOfToken(caller.token);
    throw new HeedError('not_found', 'cannot answer: nobody is signed in', { status: 404 });
  });
};
