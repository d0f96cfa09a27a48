import type { FastifyInstance } from 'fastify';
import { answerQuestion } from '../answer.ts';
import { paramsOf } from './params.ts';
import { type GraphiteDeps, question } from './question.ts';

/** `/render`: numbers of series and functions, as Graphite answers them. A client that goes away withdraws its question. */
export function renderRoutes(app: FastifyInstance, { query }: GraphiteDeps): void {
  question(app, '/render', async (request, reply) => answerQuestion(reply, query, paramsOf(request)));
}
