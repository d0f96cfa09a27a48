import type {
  DashboardAnswer,
  DashboardDiff,
  DashboardRead,
  DashboardsAnswer,
  FramesLine,
  FramesQuestion,
  GrafanaJson,
  GrafanaQuestion,
  VariablesAnswer,
  VariablesQuestion,
} from '../../src/api/contract.ts';
import type { Dashboard } from '../../src/core/dashboard.ts';
import { askJson, sendJson } from './api.ts';

const place = (slug: string): string => `/api/v1/dashboards/${encodeURIComponent(slug)}`;

const sent = async <Answer>(...call: Parameters<typeof sendJson>): Promise<Answer> => (await sendJson(...call)).json() as Promise<Answer>;

export const askDashboards = (signal?: AbortSignal): Promise<DashboardsAnswer> => askJson('/api/v1/dashboards', signal);
export const askDashboard = (slug: string, signal?: AbortSignal): Promise<DashboardAnswer> => askJson(place(slug), signal);

/** `version` is the one that was changed; empty for a new dashboard. */
export const saveDashboard = (slug: string, dashboard: Dashboard, version: string): Promise<DashboardAnswer> =>
  sent('PUT', place(slug), { dashboard, version });

/** Removes it, or takes what was changed on the screen back. */
export const removeDashboard = async (slug: string): Promise<void> => void (await sendJson('DELETE', place(slug)));

export const askDiff = (slug: string, dashboard: Dashboard): Promise<DashboardDiff> => sent('POST', `${place(slug)}/diff`, { dashboard });
export const readDashboard = (text: string): Promise<DashboardRead> => sent('POST', '/api/v1/dashboards/read', { text });
export const asGrafana = (what: GrafanaQuestion): Promise<GrafanaJson> => sent('POST', '/api/v1/dashboards/grafana', what);

export const askVariables = (question: VariablesQuestion, signal?: AbortSignal): Promise<VariablesAnswer> =>
  sent('POST', '/api/v1/variables', question, signal);

/** Rows of many panels; each is handed over as soon as it is there. */
export async function askFrames(question: FramesQuestion, take: (line: FramesLine) => void, signal: AbortSignal): Promise<void> {
  const { body } = await sendJson('POST', '/api/v1/frames', question, signal);
  if (!body) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const lines = (rest + piece.value).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) take(JSON.parse(line) as FramesLine);
  }
  if (rest !== '') take(JSON.parse(rest) as FramesLine);
}
