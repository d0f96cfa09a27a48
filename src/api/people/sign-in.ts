import type { FastifyReply, FastifyRequest } from 'fastify';
import { scopesAnywhere, sees } from '../../core/roles.ts';
import { allScopes, SCOPES } from '../../core/scopes.ts';
import type { Catalog } from '../../store/catalog/catalog.ts';
import type { Person } from '../../store/catalog/people.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { MeAnswer } from '../contract-people.ts';
import { clientAddress } from '../security/client-address.ts';
import { newSecret, sessionSecret, signInCookie } from '../security/cookie.ts';
import { hashOf } from '../security/tokens.ts';

const MOST_AGENT = 300;

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
export function meOf(
  person: Person | undefined,
  state: MeAnswer['state'],
  { projects: all, provider }: { projects: readonly Pick<CatalogProject, 'id' | 'slug'>[]; provider: string },
): MeAnswer {
  const scopes = person ? allScopes(scopesAnywhere(person)) : state === 'open' ? (Object.keys(SCOPES) as MeAnswer['scopes']) : [];
  if (!person) return { state, person: null, scopes, projects: null, provider };
  const { id, name, email, role, hasPassword } = person;
  const projects = role === 'none' ? all.filter((project) => sees(person, project.id)).map(({ slug }) => slug) : null;
  return { state, person: { id, name, email, role, hasPassword }, scopes, projects, provider };
}
