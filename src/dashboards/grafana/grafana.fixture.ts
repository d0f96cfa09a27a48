import type { Dashboard } from '../../core/dashboard.ts';
import { importGrafana } from './import.ts';

const graphite = { type: 'graphite', uid: 'g' };
/** A panel as Grafana keeps it. */
export const panel = (rest: object): object => ({
  id: 1,
  type: 'timeseries',
  title: 'P',
  gridPos: { x: 0, y: 0, w: 12, h: 8 },
  datasource: graphite,
  targets: [{ refId: 'A', target: 'a.b' }],
  ...rest,
});
/** What a dashboard of Grafana becomes. */
export const read = (rest: object): ReturnType<typeof importGrafana> => importGrafana({ title: 'T', schemaVersion: 39, panels: [], ...rest });
/** What one panel becomes. */
export const first = (rest: object): Dashboard['panels'][number] => read({ panels: [panel(rest)] }).dashboard.panels[0];
