import type { Dashboard } from '../core/dashboard.ts';

/** A dashboard that came as a text. */
export interface DashboardText {
  dashboard: Dashboard;
  format: 'heed' | 'grafana' | 'graphite-web';
  /** What could not be taken over, in words. */
  notes: string[];
}

/**
 * Reads a dashboard of ours.
 * @throws DashboardError
 */
export async function readAnyDashboard(text: string): Promise<DashboardText> {
  // With its library, which nobody needs who has no dashboards.
  const { readDashboard } = await import('./yaml/read.ts');
  return { dashboard: readDashboard(text), format: 'heed', notes: [] };
}
