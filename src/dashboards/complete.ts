import type { Dashboard, Panel, PanelPlace, Variable } from '../core/dashboard.ts';
import type { DashboardDraft, PanelDraft } from '../core/define.ts';
import { flowingPlace } from './flow.ts';

/** What a dashboard is where nothing is said. */
export const DASHBOARD_DEFAULTS: Omit<Dashboard, 'title'> = { about: '', range: '3h', tags: [], variables: [], panels: [] };

export const PANEL_DEFAULTS: Omit<Panel, 'type' | 'place'> = {
  title: '',
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

export const VARIABLE_DEFAULTS: Omit<Variable, 'name'> = { label: '', glob: '', tag: '', where: [], values: [], default: '', multiple: false };

/** A panel that only says something is a text, unless it says what it is. */
export function impliedType({ text = '', targets = [] }: Pick<PanelDraft, 'text' | 'targets'>): Panel['type'] {
  return text !== '' && targets.length === 0 ? 'text' : 'line';
}

/** Fills in what a draft leaves out; panels without a place flow after the one before. */
export function completeDashboard({ title, about, range, tags, variables = [], panels = [] }: DashboardDraft): Dashboard {
  const places: PanelPlace[] = [];
  return {
    title,
    about: about ?? DASHBOARD_DEFAULTS.about,
    range: range ?? DASHBOARD_DEFAULTS.range,
    tags: tags ?? DASHBOARD_DEFAULTS.tags,
    variables: variables.map((variable) => ({ ...VARIABLE_DEFAULTS, ...variable })),
    panels: panels.map((draft) => {
      const panel = completePanel(draft, places);
      places.push(panel.place);
      return panel;
    }),
  };
}

function completePanel({ at, size, ...said }: PanelDraft, before: readonly PanelPlace[]): Panel {
  const place = at ? { x: at[0], y: at[1], w: at[2], h: at[3] } : flowingPlace(before, size);
  return { ...PANEL_DEFAULTS, type: impliedType(said), ...said, place };
}
