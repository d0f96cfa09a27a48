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
    const { people, tokens, sessions } = this.#stores.catalog;
    const token = await carriedAccess(tokens, request);
    if (token) return { token };
    if (isAdministrator(this.#rules, request.headers)) return {};
    const caller = await this.signedIn(request);
    if (caller) {
      await mustMay(caller.person, request, this.#stores);
      await sessions.used(caller.session.id, Date.now());
      return caller;
    }
    if (await people.any()) {
      // The screens hold nothing but themselves, and ask who it is.
      if (isScreen(request)) return {};
      const cause =
        request.headers.authorization === undefined
          ? 'sign in first; a program needs a token, which Settings > Tokens makes (HEED_TOKEN for the heed command)'
          : 'there is no such token';
      throw new HeedError('signed_out', `cannot answer: ${cause}`, { status: 401 });
    }
    mustHaveAccess(this.#rules, { address: request.socket.remoteAddress, headers: request.headers });
    return {};
  }

  /** The person whose session the browser keeps. */
  async signedIn({ headers }: Pick<FastifyRequest, 'headers'>): Promise<Required<Pick<Caller, 'person' | 'session'>> | undefined> {
    const secret = sessionSecret(headers.cookie);
    const session = secret === undefined ? undefined : await this.#stores.catalog.sessions.find(hashOf(secret), Date.now());
    const person = session && (await this.#stores.catalog.people.find(session.person));
    return person && session && { person, session };
  }

  /** As @see admit for what needs no role: undefined where the answer would be no. */
  async known(request: FastifyRequest): Promise<Caller | undefined> {
    const { people } = this.#stores.catalog;
    if (isAdministrator(this.#rules, request.headers)) return {};
    const caller = await this.signedIn(request);
    if (caller) return caller;
    if (await people.any()) return undefined;
    try {
      mustHaveAccess(this.#rules, { address: request.socket.remoteAddress, headers: request.headers });
      return {};
    } catch {
      return undefined;
    }
  }
}
