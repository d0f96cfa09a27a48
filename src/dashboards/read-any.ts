import type { Dashboard } from '../core/dashboard.ts';
import { checkDashboard } from './check.ts';
import { type Json, objectOf } from './import/json.ts';

/** A dashboard that came as a text. */
export interface DashboardText {
  dashboard: Dashboard;
  format: 'heed' | 'grafana' | 'graphite-web';
  /** What could not be taken over, in words. */
  notes: string[];
}

/**
 * Reads a dashboard: YAML of ours, our JSON, Grafana's or graphite-web's.
 * @throws HeedError `bad_dashboard`
 */
export async function readAnyDashboard(text: string): Promise<DashboardText> {
  const json = jsonOf(text);
  // Loaded when wanted, as is the library of YAML: most servers import nothing.
  if (json) {
    const [{ importGrafana, isGrafana }, { importGraphiteWeb, isGraphiteWeb }] = await Promise.all([
      import('./grafana/import.ts'),
      import('./graphite-web/import.ts'),
    ]);
    if (isGraphiteWeb(json)) return importGraphiteWeb(json);
    if (isOurs(json)) return { dashboard: checkDashboard(json.dashboard ?? json), format: 'heed', notes: [] };
    if (isGrafana(json)) return importGrafana(json);
  }
  const { readDashboard } = await import('./yaml/read.ts');
  return { dashboard: readDashboard(text), format: 'heed', notes: [] };
}

function jsonOf(text: string): Json | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    // YAML may begin with a brace too, and tells what is wrong.
    return undefined;
  }
}

/** As the API answers it: panels have a `place`, which Grafana's have not. */
function isOurs(json: Json): boolean {
  const { panels } = objectOf(json.dashboard ?? json);
  return Array.isArray(panels) && panels.length > 0 && objectOf(panels[0]).place !== undefined;
}
