import type { FastifyInstance } from 'fastify';
import { HeedError } from '../../core/errors.ts';
import { dashboardLink, metricsLink } from './old-links.ts';
import { paramsOf } from './params.ts';

/** Pages of graphite-web that show graphs; `cli` and `graphlot` are those of its older versions. */
const GRAPH_PAGES = ['/composer', '/browser', '/browser/header', '/browser/search', '/graphlot', '/cli'];
/** Words that stand where a dashboard's name would, in addresses of two parts. */
const ACTIONS: ReadonlySet<string> = new Set(['save', 'save_template', 'load', 'load_template', 'delete', 'delete_template']);

/** Links to graphite-web's pages that people kept lead to ours. */
export function oldPageRoutes(app: FastifyInstance): void {
  for (const path of GRAPH_PAGES.flatMap((page) => [page, `${page}/`]))
    app.get(path, (request, reply) => reply.redirect(metricsLink(paramsOf(request), Date.now())));

  for (const path of ['/dashboard', '/dashboard/', '/dashboard/help', '/dashboard/help/', '/dashboard/login', '/dashboard/login/'])
    app.get(path, (_, reply) => reply.redirect('/dashboards'));
  for (const path of ['/dashboard/:name', '/dashboard/:name/'])
    app.get<{ Params: { name: string } }>(path, ({ params: { name } }, reply) => reply.redirect(dashboardLink(name)));
  // A template with a value filled in.
  app.get<{ Params: { name: string } }>('/dashboard/:name/:value', ({ params: { name } }, reply) => {
    if (ACTIONS.has(name)) throw new HeedError('not_found', 'cannot answer: dashboards are read and written at /api/v1/dashboards', { status: 404 });
    return reply.redirect(dashboardLink(name));
  });
}
