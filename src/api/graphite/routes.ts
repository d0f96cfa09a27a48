import type { FastifyInstance } from 'fastify';
import { annotationRoutes } from './annotations.ts';
import { dashboardRoutes } from './dashboards.ts';
import { eventRoutes } from './events.ts';
import { tellGrafana } from './failure.ts';
import { findRoutes } from './find.ts';
import { functionRoutes } from './functions.ts';
import { Marks } from './marks.ts';
import { oldPageRoutes } from './old-pages.ts';
import { takeForms } from './params.ts';
import { type GraphiteDeps, question } from './question.ts';
import { renderRoutes } from './render.ts';
import { tagRoutes } from './tags.ts';

/** The version of graphite-web whose API this is; clients decide by it what they may ask. */
const GRAPHITE_VERSION = '1.1.10';

/** Graphite's HTTP API, and what of Grafana's its clients use. Register it as a plugin of its own: it reads forms, which other routes do not. */
export function graphiteRoutes(app: FastifyInstance, deps: GraphiteDeps, done: () => void): void {
  takeForms(app);
  tellGrafana(app);
  renderRoutes(app, deps);
  findRoutes(app, deps);
  tagRoutes(app, deps);
  functionRoutes(app);
  const marks = new Marks(deps.facts);
  eventRoutes(app, deps.facts, marks);
  annotationRoutes(app, deps.facts, marks);
  oldPageRoutes(app);
  dashboardRoutes(app, deps);
  question(app, '/version', (_, reply) => reply.type('text/plain; charset=utf-8').send(GRAPHITE_VERSION));
  done();
}
