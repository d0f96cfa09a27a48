import type { FastifyInstance } from 'fastify';
import { answerError } from '../errors.ts';
import { CHALLENGE } from '../security/access.ts';

/** What Sentry says of everything that is not there; clients look for these words. */
const NOTHING = { detail: 'The requested resource does not exist' };

/** Errors as Sentry's clients read them. */
export function tellSentry(app: FastifyInstance): void {
  app.setErrorHandler((error, _, reply) => {
    const { status, answer } = answerError(error);
    if (status === 401 && answer.error.code === 'no_access') reply.header('www-authenticate', CHALLENGE);
    return reply.code(status).send(status === 404 ? NOTHING : { detail: answer.error.message });
  });
  // A route of its own: this part of the server has no address before the first sign after /api/0.
  app.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/api/0/*',
    handler: async ({ method, url }, reply) =>
      reply.code(404).send({ detail: `Heed has no such part of Sentry's API: ${method} ${url.split('?', 1)[0].slice(0, 200)}` }),
  });
}
