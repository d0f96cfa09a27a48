import type { FastifyInstance, FastifyReply } from 'fastify';
import { paramsOf } from './params.ts';
import { type GraphiteDeps, question } from './question.ts';

/** `/render`: numbers of series and functions, as Graphite answers them. A client that goes away withdraws its question. */
export function renderRoutes(app: FastifyInstance, { query }: GraphiteDeps): void {
  question(app, '/render', async (request, reply) => {
    const { status, type, body } = await query.render(paramsOf(request), leaving(reply));
    return reply.code(status).type(type).send(body);
  });
}

/** Aborts when the client's connection closes before the answer is out; after it nobody listens. */
function leaving(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}
