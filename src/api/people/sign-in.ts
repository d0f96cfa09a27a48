import type { FastifyReply, FastifyRequest } from 'fastify';
import { scopesAnywhere, sees } from '../../core/roles.ts';
import { allScopes, type Scope, SCOPES } from '../../core/scopes.ts';
import type { Catalog } from '../../store/catalog/catalog.ts';
import type { Person } from '../../store/catalog/people.ts';
import type { ApiContext } from '../context.ts';
import type { MeAnswer } from '../contract-people.ts';
import { clientAddress } from '../security/client-address.ts';
import { newSecret, sessionSecret, signInCookie } from '../security/cookie.ts';
import { hashOf } from '../security/tokens.ts';

const MOST_AGENT = 300;
const ALL_SCOPES = Object.keys(SCOPES) as Scope[];

/** Opens a session for a person and gives it to the browser; the one that it had, if any, ends: nothing that was known before signs in now. */
export async function signIn({ sessions }: Pick<Catalog, 'sessions'>, person: Person, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const now = Date.now();
  const had = sessionSecret(request.headers.cookie);
  const before = had === undefined ? undefined : await sessions.find(hashOf(had), now);
  if (before) await sessions.close(before.id);
  const secret = newSecret();
  const agent = (request.headers['user-agent'] ?? '').slice(0, MOST_AGENT);
  await sessions.open({ person: person.id, agent, address: clientAddress(request.raw) ?? '' }, hashOf(secret), now);
  reply.header('set-cookie', signInCookie(secret, request.headers));
}

/** What the screens know of who looks at them. */
export async function meOf(
  { deps: { catalog }, provider }: Pick<ApiContext, 'deps' | 'provider'>,
  person: Person | undefined,
  state: MeAnswer['state'],
): Promise<MeAnswer> {
  const common = { state, provider: provider.name };
  if (!person) return { ...common, person: null, scopes: state === 'open' ? [...ALL_SCOPES] : [], projects: null };
  const { id, name, email, role, hasPassword } = person;
  const seen = async (): Promise<string[]> => (await catalog.projects()).filter((project) => sees(person, project.id)).map(({ slug }) => slug);
  return {
    ...common,
    person: { id, name, email, role, hasPassword },
    scopes: allScopes(scopesAnywhere(person)),
    projects: role === 'none' ? await seen() : null,
  };
}
