import { checkDashboard } from '../../dashboards/check.ts';
import type { DashboardAnswer, DashboardsAnswer } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';
import type { ParametersSchema } from '../parameters.ts';
import { HeedError } from '../../core/errors.ts';

/** The address of one dashboard. */
export const SLUG_PARAMS = {
  type: 'object',
  properties: { slug: { type: 'string', minLength: 1, maxLength: 100, description: 'Small letters, digits and -.' } },
  required: ['slug'],
} as const satisfies ParametersSchema;

/** @throws HeedError `bad_parameter` */
export function slugIn({ slug }: { slug: string }): string {
  if (!/^[a-z0-9-]{1,100}$/.test(slug)) throw new HeedError('bad_parameter', `cannot use address '${slug}': write small letters, digits and -, at most 100`);
  return slug;
}

const list: RouteSchema = { summary: 'All dashboards by title; automatic ones while the series that they show exist.', answer: 'DashboardsAnswer' };
const get: RouteSchema = { summary: 'One dashboard, defaults filled in.', params: SLUG_PARAMS, answer: 'DashboardAnswer' };
const put: RouteSchema = {
  summary: 'Saves a dashboard. One of a file or an automatic one is changed here only, its file stays as it is.',
  params: SLUG_PARAMS,
  body: {
    type: 'object',
    properties: {
      dashboard: { type: 'object', description: 'Dashboard; what is left out is as by default.' },
      version: {
        type: 'string',
        maxLength: 100,
        default: '',
        description: 'The version that it was made from; empty for a new one. Another one is refused (409).',
      },
    },
    required: ['dashboard'],
  },
  answer: 'DashboardAnswer',
};
const remove: RouteSchema = {
  summary: 'Removes a dashboard that was made on the screen; a changed one is its file or source again.',
  params: SLUG_PARAMS,
  answer: 'An empty object.',
};

interface Slug {
  Params: { slug: string };
}

export const dashboardRoutes: Routes = (app, { deps: { config, dashboards } }) => {
  app.get('/api/v1/dashboards', { schema: list }, async (): Promise<DashboardsAnswer> => ({ ...(await dashboards.list()), folder: config.dashboards }));

  app.get<Slug>('/api/v1/dashboards/:slug', { schema: get }, async ({ params }): Promise<DashboardAnswer> => dashboards.get(slugIn(params)));

  app.put<Slug & { Body: { dashboard: object; version: string } }>(
    '/api/v1/dashboards/:slug',
    { schema: put },
    async ({ params, body: { dashboard, version } }): Promise<DashboardAnswer> => dashboards.save(slugIn(params), checkDashboard(dashboard), version),
  );

  app.delete<Slug>('/api/v1/dashboards/:slug', { schema: remove }, async ({ params }) => {
    await dashboards.remove(slugIn(params));
    return {};
  });
};
