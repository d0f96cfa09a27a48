import type { FastifyRequest } from 'fastify';
import type { HeedConfig } from '../../core/config/config.ts';
import { HeedError } from '../../core/errors.ts';
import type { Catalog } from '../../store/catalog/catalog.ts';
import type { ErrorsStore } from '../../store/errors/errors-store.ts';
import { isScreen } from '../static.ts';
import { type AccessRules, isAdministrator, mustHaveAccess } from './access.ts';
import type { Caller } from './caller.ts';
import { carriedAccess } from './carried-access.ts';
import { sessionSecret } from './cookie.ts';
import { mustMay } from './person-access.ts';
import { hashOf } from './tokens.ts';

interface Stores {
  catalog: Pick<Catalog, 'people' | 'sessions' | 'tokens' | 'projects'>;
  errors: Pick<ErrorsStore, 'issue' | 'issueByShortId'>;
}

/** Lets requests in: by a token, by a sign-in, or, while there are no people, because they come from this machine. */
export class Gate {
  readonly #stores: Stores;
  readonly #rules: AccessRules;

  constructor(stores: Stores, { token, auth, http }: Pick<HeedConfig, 'token' | 'auth' | 'http'>) {
    this.#stores = stores;
    this.#rules = { token, auth, bindHost: http.host };
  }

  /**
   * Who asks, if they may do what they ask for.
   * @throws HeedError `signed_out` (401), `no_access` (401, 403), `no_scope`, `no_role` (403), `choose_project` (400), `not_found` (404)
   */
  async admit(request: FastifyRequest): Promise<Caller> {
    const { tokens, sessions } = this.#stores.catalog;
    const token = await carriedAccess(tokens, request);
    if (token) return { token };
    const caller = await this.who(request);
    if (caller instanceof HeedError) {
      // The screens hold nothing but themselves, and ask who it is.
      if (caller.code === 'signed_out' && isScreen(request)) return {};
      throw caller;
    }
    const { person, session } = caller;
    if (person && session) {
      await mustMay(person, request, this.#stores);
      await sessions.used(session.id, Date.now());
    }
    return caller;
  }

  /** Who asks without a token of the catalog, whatever they may; or why nobody is let in. */
  async who(request: FastifyRequest): Promise<Caller | HeedError> {
    if (isAdministrator(this.#rules, request.headers)) return {};
    const caller = await this.signedIn(request);
    if (caller) return caller;
    if (await this.#stores.catalog.people.any()) return signedOut(request.headers.authorization);
    try {
      mustHaveAccess(this.#rules, { address: request.socket.remoteAddress, headers: request.headers });
      return {};
    } catch (error) {
      if (error instanceof HeedError) return error;
      throw error;
    }
  }

  /** The person whose session the browser keeps. */
  async signedIn({ headers }: Pick<FastifyRequest, 'headers'>): Promise<Required<Pick<Caller, 'person' | 'session'>> | undefined> {
    const secret = sessionSecret(headers.cookie);
    const session = secret === undefined ? undefined : await this.#stores.catalog.sessions.find(hashOf(secret), Date.now());
    const person = session && (await this.#stores.catalog.people.find(session.person));
    return person && session && { person, session };
  }
}

function signedOut(authorization: string | undefined): HeedError {
  const cause =
    authorization === undefined
      ? 'sign in first; a program needs a token, which Settings > Tokens makes (HEED_TOKEN for the heed command)'
      : 'there is no such token';
  return new HeedError('signed_out', `cannot answer: ${cause}`, { status: 401 });
}
