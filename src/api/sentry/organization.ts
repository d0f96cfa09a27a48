import { scopesOf } from '../../core/roles.ts';
import { allScopes } from '../../core/scopes.ts';
import { baseOf } from '../base-address.ts';
import { route, type SentryRoutes } from './context.ts';
import { userJson } from './user-json.ts';

/** The one organisation; in addresses any name is taken for it. */
const ORGANIZATION = 'heed';

const SCOPES = ['org:read', 'project:read', 'project:releases', 'event:read', 'event:write', 'event:admin'];

/** The organisation in Sentry's shape. */
export function organization(base: string, created: number): Record<string, unknown> {
  return {
    id: '1',
    slug: ORGANIZATION,
    name: 'Heed',
    status: { id: 'active', name: 'active' },
    dateCreated: new Date(created).toISOString(),
    isEarlyAdopter: false,
    require2FA: false,
    requireEmailVerification: false,
    avatar: { avatarType: 'letter_avatar', avatarUuid: null, avatarUrl: null },
    links: { organizationUrl: base, regionUrl: base },
    hasAuthProvider: false,
    allowMemberInvite: false,
    allowMemberProjectCreation: true,
    allowSuperuserAccess: false,
    features: [],
    access: SCOPES,
    onboardingTasks: [],
  };
}

export const organizationRoutes: SentryRoutes = (app, { catalog }) => {
  const created = async (): Promise<number> => (await catalog.projects())[0].created;
  // What sentry-cli asks first: whom the token stands for.
  route(app, 'GET', '/', async ({ request: { caller } }) => {
    const { token, person } = caller;
    const scopes = token ? allScopes(token.scopes) : person ? allScopes(scopesOf(person)) : SCOPES;
    return { version: '0', auth: { scopes }, user: person ? userJson(person) : null };
  });
  route(app, 'GET', '/organizations/', async ({ request }) => [organization(baseOf(request), await created())]);
  route(app, 'GET', '/organizations/:organization/', async ({ request }) => organization(baseOf(request), await created()));
};
