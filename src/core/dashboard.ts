/** How a panel shows its rows. */
export const PANEL_TYPES = ['line', 'area', 'stacked', 'bars', 'value', 'table', 'heatmap', 'states', 'text'] as const;
export type PanelType = (typeof PANEL_TYPES)[number];

/** What a panel's numbers measure, as the screens write it; empty is decided by the series' names. */
export const PANEL_UNITS = ['', 'number', 'count', 'ms', 's', 'B', 'B/s', '%', '/s'] as const;
export type PanelUnit = (typeof PANEL_UNITS)[number];

/** The one figure that a row is told by. */
export const FIGURES = ['last', 'average', 'max', 'min', 'sum'] as const;
export type FigureName = (typeof FIGURES)[number];

/** The grid is 12 columns wide; a row of it is 40 px high, gaps included. */
export const GRID_COLUMNS = 12;

/** A panel's place in the grid: columns and rows, from the top left. */
export interface PanelPlace {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** A value that should not be passed: a dashed line in charts, and the state of figures and strips from there on. */
export interface PanelLimit {
  value: number;
  state: 'warn' | 'bad';
  /** Values below are the ones to worry about. */
  below: boolean;
}

/** One panel of a dashboard. Texts and targets may hold `$variable`. */
export interface Panel {
  title: string;
  type: PanelType;
  place: PanelPlace;
  /** Said after the title, e.g. `/s, stacked`. */
  note: string;
  /** Graphite expressions. */
  targets: string[];
  unit: PanelUnit;
  limits: PanelLimit[];
  /** The same drawn once more, dashed, from so much earlier, e.g. `1d`; empty for none. */
  compare: string;
  figure: FigureName;
  /** What a text panel says, Markdown. */
  text: string;
  /** The value axis: null begins at 0 and ends where the values do. */
  min: number | null;
  max: number | null;
}

/** A word in targets that the reader chooses: from the nodes that a glob matches, a tag's values, or a list. */
export interface Variable {
  /** Written `$name` or `${name}`. */
  name: string;
  label: string;
  /** Glob whose matches' last node is chosen from, e.g. `servers.*`; may hold variables that stand before this one. */
  glob: string;
  /** Tag whose values are chosen from, and expressions that narrow them, e.g. `env=prod`. */
  tag: string;
  where: string[];
  values: string[];
  /** Chosen where the address names none; empty takes the first, `*` all. */
  default: string;
  /** Several may be chosen; they become `{a,b}`. */
  multiple: boolean;
}

/** A page of panels. */
export interface Dashboard {
  title: string;
  about: string;
  /** The range shown where the address names none, e.g. `3h`. */
  range: string;
  tags: string[];
  variables: Variable[];
  panels: Panel[];
}
