import { checkDashboard, checkPanelAlone } from '../../dashboards/check.ts';
import { diffDashboard } from '../../dashboards/diff.ts';
import { readAnyDashboard } from '../../dashboards/read-any.ts';
import type { DashboardDiff, DashboardRead, GrafanaJson } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';
import { slugIn, SLUG_PARAMS } from './dashboards.ts';

/** Grafana's JSON is wordy. */
const MOST_TEXT = 2_000_000;

const diff: RouteSchema = {
  summary: 'What a draft changes, as YAML, against its file, its source or what was saved. Nothing is saved.',
  params: SLUG_PARAMS,
  body: { type: 'object', properties: { dashboard: { type: 'object', description: 'Dashboard.' } }, required: ['dashboard'] },
  answer: 'DashboardDiff',
};
const read: RouteSchema = {
  summary: 'Reads a dashboard: YAML of ours, JSON of Grafana or graphite-web. Nothing is saved.',
  body: { type: 'object', properties: { text: { type: 'string', minLength: 1, maxLength: MOST_TEXT, description: 'The file as it is.' } }, required: ['text'] },
  answer: 'DashboardRead',
};
const grafana: RouteSchema = {
  summary: 'A dashboard as Grafana imports it, or one panel to be pasted there; both ask Graphite. Nothing is saved.',
  body: { type: 'object', properties: { dashboard: { type: 'object', description: 'Dashboard.' }, panel: { type: 'object', description: 'Panel, instead.' } } },
  answer: 'GrafanaJson',
};

/** Dashboards as texts: what a draft changes, and what an imported text becomes. */
export const dashboardTextRoutes: Routes = (app, { deps: { dashboards } }) => {
  app.post<{ Params: { slug: string }; Body: { dashboard: object } }>(
    '/api/v1/dashboards/:slug/diff',
    { schema: diff, config: { readsOnly: true } },
    async ({ params, body }): Promise<DashboardDiff> => diffDashboard(await dashboards.baseText(slugIn(params)), checkDashboard(body.dashboard)),
  );

  app.post<{ Body: { text: string } }>(
    '/api/v1/dashboards/read',
    { schema: read, config: { readsOnly: true }, bodyLimit: 2 * MOST_TEXT },
    async ({ body }): Promise<DashboardRead> => readAnyDashboard(body.text),
  );

  app.post<{ Body: { dashboard?: object; panel?: object } }>(
    '/api/v1/dashboards/grafana',
    { schema: grafana, config: { readsOnly: true } },
    async ({ body: { dashboard, panel } }): Promise<GrafanaJson> => {
      const { dashboardToGrafana, panelToGrafana } = await import('../../dashboards/grafana/export.ts');
      return dashboard === undefined ? panelToGrafana(checkPanelAlone(panel)) : dashboardToGrafana(checkDashboard(dashboard));
    },
  );
};
