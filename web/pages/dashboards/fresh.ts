import type { Dashboard, Panel } from '../../../src/core/dashboard.ts';

/** A dashboard before anything was said of it. */
export const FRESH_DASHBOARD: Dashboard = { title: '', about: '', range: '1h', tags: [], variables: [], panels: [] };

/** A panel before anything was said of it. */
export const FRESH_PANEL: Omit<Panel, 'place'> = {
  title: 'New panel',
  type: 'line',
  note: '',
  targets: [],
  unit: '',
  limits: [],
  compare: '',
  figure: 'last',
  text: '',
  min: null,
  max: null,
};
