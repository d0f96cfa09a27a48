import type { FastifyInstance } from 'fastify';
import { answerError } from '../errors.ts';

/** Grafana shows the `message` at the top of an error's answer, so Graphite's routes have it there too. */
export function tellGrafana(app: FastifyInstance): void {
  app.setErrorHandler((error, _, reply) => {
    const { status, answer } = answerError(error);
    if (status === 401) throw error;
    return reply.code(status).send({ ...answer, message: answer.error.message });
  });
}
