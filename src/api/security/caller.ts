import type { Person } from '../../store/catalog/people.ts';
import type { Session } from '../../store/catalog/sessions.ts';
import type { Token } from '../../store/catalog/tokens.ts';

/** Who asks; without token and person it is the administrator's token, or somebody on this machine where nobody signs in. */
export interface Caller {
  /** Of the catalog. */
  token?: Token;
  person?: Person;
  /** The person's. */
  session?: Session;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller;
  }
}
