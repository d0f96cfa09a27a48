import type { FastifyInstance } from 'fastify';
import { eventRoutes } from './events.ts';
import { findRoutes } from './find.ts';
import { functionRoutes } from './functions.ts';
import { takeForms } from './params.ts';
import { type GraphiteDeps, question } from './question.ts';
import { renderRoutes } from './render.ts';
import { tagRoutes } from './tags.ts';

/** The version of graphite-web whose API this is; clients decide by it what they may ask. */
const GRAPHITE_VERSION = '1.1.10';

/** Graphite's HTTP API. Register it as a plugin of its own: it reads forms, which other routes do not. */
export function graphiteRoutes(app: FastifyInstance, deps: GraphiteDeps, done: () => void): void {
  takeForms(app);
  renderRoutes(app, deps);
  findRoutes(app, deps);
  tagRoutes(app, deps);
  functionRoutes(app);
  eventRoutes(app, deps.facts);
  question(app, '/version', (_, reply) => reply.type('text/plain; charset=utf-8').send(GRAPHITE_VERSION));
  done();
}
