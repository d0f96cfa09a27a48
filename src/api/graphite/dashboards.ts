import type { FastifyInstance } from 'fastify';
import { HeedError } from '../../core/errors.ts';
import { slugOf } from '../../core/slug.ts';
import { objectOf } from '../../dashboards/import/json.ts';
import type { ShelfEntry } from '../../dashboards/shelf.ts';
import { sendJson } from './json.ts';
import { paramsOf, required } from './params.ts';
import { type GraphiteDeps, question } from './question.ts';

const MOST_STATE = 1_000_000;

interface Named {
  Params: { name: string };
}

/** Dashboards as graphite-web's own screen asks for them: `/dashboard/find`, `load`, `save`, `delete`. Names are titles, or our addresses. */
export function dashboardRoutes(app: FastifyInstance, { dashboards }: Pick<GraphiteDeps, 'dashboards'>): void {
  const named = async (name: string): Promise<ShelfEntry | undefined> => {
    const all = (await dashboards.list()).dashboards;
    return all.find(({ title }) => title === name) ?? all.find(({ slug }) => slug === name);
  };
  const missing = (name: string): object => ({ error: `Dashboard '${name}' does not exist. ` });

  question(app, '/dashboard/find', async (request, reply) => {
    const params = paramsOf(request);
    const words = (params.query?.[0] ?? '').toLowerCase().split(/\s+/);
    const found = (await dashboards.list()).dashboards.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
    return sendJson(reply, params, { dashboards: found.map(({ title }) => ({ name: title })) });
  });

  for (const end of ['', '/']) {
    app.get<Named>(`/dashboard/load/:name${end}`, async ({ params: { name } }) => {
      const entry = await named(name);
      const { dashboardToGraphiteWeb } = await import('../../dashboards/graphite-web/export.ts');
      return entry ? { state: dashboardToGraphiteWeb(entry.title, (await dashboards.get(entry.slug)).dashboard) } : missing(name);
    });

    app.post<Named>(`/dashboard/save/:name${end}`, { bodyLimit: 2 * MOST_STATE }, async (request) => {
      const { name } = request.params;
      const { importGraphiteWeb, isGraphiteWeb } = await import('../../dashboards/graphite-web/import.ts');
      const state = stateOf(required(paramsOf(request), 'state'));
      if (!isGraphiteWeb(state)) throw new HeedError('bad_dashboard', `cannot read the dashboard: 'state' must be JSON with a list of graphs`);
      const slug = (await named(name))?.slug ?? slugOf(name);
      if (slug === '' || slug.length > 100)
        throw new HeedError('bad_name', `cannot save dashboard '${name}': its name needs letters or digits, and 100 characters at most`);
      const version = await dashboards.get(slug).then(
        (present) => present.version,
        () => '',
      );
      await dashboards.save(slug, importGraphiteWeb({ ...state, name }).dashboard, version);
      return { success: true };
    });

    // By POST only: a GET could be sent by any page.
    app.post<Named>(`/dashboard/delete/:name${end}`, async ({ params: { name } }) => {
      const entry = await named(name);
      if (!entry) return missing(name);
      await dashboards.remove(entry.slug);
      return { success: true };
    });
  }
}

function stateOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    // What is no JSON has no graphs either.
    return {};
  }
}
