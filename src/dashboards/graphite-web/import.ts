import type { PanelDraft } from '../../core/define.ts';
import { completeDashboard, DASHBOARD_DEFAULTS } from '../complete.ts';
import { MOST_TARGETS } from '../faults.ts';
import { type Json, listOf, numberOf, objectOf, textOf } from '../import/json.ts';
import { Notes } from '../import/notes.ts';
import { soundDashboard } from '../import/sound.ts';
import type { DashboardText } from '../read-any.ts';

/** Parameters of a graph that are taken over, or that only say how it was asked for. */
const KNOWN = new Set([
  'target',
  'title',
  'areaMode',
  'lineMode',
  'yMin',
  'yMax',
  'yMaxLeft',
  'yMinLeft',
  'drawNullAsZero',
  'graphType',
  'vtitle',
  'from',
  'until',
  'width',
  'height',
  'format',
  'tz',
  'uniq',
  '_uniq',
  '_salt',
  '_t',
  'hideLegend',
  'fontSize',
  'fontName',
  'margin',
  'bgcolor',
  'fgcolor',
]);
const MOST_GRAPHS = 1000;
/** Pixels of a column and of a row of our grid. */
const COLUMN = 100;
const ROW = 40;

/** Whether it looks like a dashboard of graphite-web's: its state, or what `/dashboard/load` answers. */
export function isGraphiteWeb(given: Json): boolean {
  return Array.isArray(stateOf(given).graphs);
}

/** Takes over a dashboard of graphite-web: `{ name, timeConfig, graphSize, defaultGraphParams, graphs: [[id, targets, params, url]] }`. */
export function importGraphiteWeb(given: Json): DashboardText {
  const state = stateOf(given);
  const notes = new Notes();
  const defaults = objectOf(state.defaultGraphParams);
  const { width, height } = objectOf(state.graphSize);
  const size = [within(Math.round((numberOf(width) ?? 400) / COLUMN), 2, 12), within(Math.round((numberOf(height) ?? 250) / ROW), 3, 20)] as const;
  const draft = {
    title: textOf(state.name).trim().slice(0, 200) || 'Imported dashboard',
    range: rangeOf(objectOf(state.timeConfig), notes),
    panels: listOf(state.graphs)
      .slice(0, MOST_GRAPHS)
      .map((graph, i): PanelDraft => ({ ...panelOf(listOf(graph), defaults, i, notes), size })),
  };
  return { dashboard: soundDashboard(completeDashboard(draft), notes), format: 'graphite-web', notes: notes.list() };
}

function stateOf(given: Json): Json {
  return given.state === undefined ? given : objectOf(given.state);
}

/** A graph is a list; its parameters are the object in it, its targets theirs or a list or form before them. */
function panelOf(graph: readonly unknown[], defaults: Json, i: number, notes: Notes): PanelDraft {
  const at = graph.findIndex((part) => typeof part === 'object' && part !== null && !Array.isArray(part));
  const own = objectOf(graph[at]);
  const params: Json = { ...defaults, ...own };
  const title = textOf(params.title).slice(0, 200);
  const name = `graph '${title || i + 1}'`;
  const asZero = isOn(params.drawNullAsZero);
  const given = targetsOf(own.target ?? graph[Math.max(0, at - 1)]);
  const targets = given.slice(0, MOST_TARGETS);
  if (given.length > MOST_TARGETS) notes.add(`${name}: only the first ${MOST_TARGETS} of ${given.length} targets`);
  if (targets.length === 0) notes.add(`${name}: it has no targets`);
  if (textOf(params.graphType) === 'pie') notes.add(`${name}: it is a table here, not a pie`);
  if (!['', 'slope', 'connected'].includes(textOf(params.lineMode))) notes.add(`${name}: its lines are not drawn as ${textOf(params.lineMode)}`);
  for (const key of Object.keys(own)) if (!KNOWN.has(key)) notes.add(`${name}: ${key.slice(0, 60)} is not there`);
  return {
    title,
    note: textOf(params.vtitle).slice(0, 200),
    type: typeOf(params),
    targets: asZero ? targets.map((target) => `transformNull(${target})`) : targets,
    ...axisOf(params),
  };
}

function typeOf(params: Json): PanelDraft['type'] {
  if (textOf(params.graphType) === 'pie') return 'table';
  const mode = textOf(params.areaMode);
  return mode === 'stacked' ? 'stacked' : mode === 'all' || mode === 'first' ? 'area' : 'line';
}

function axisOf(params: Json): Pick<PanelDraft, 'min' | 'max'> {
  const min = numberOf(params.yMin) ?? numberOf(params.yMinLeft) ?? null;
  const max = numberOf(params.yMax) ?? numberOf(params.yMaxLeft) ?? null;
  return min !== null && max !== null && min >= max ? {} : { min, max };
}

/** A list, one text, or a form `target=…&target=…`. */
function targetsOf(given: unknown): string[] {
  const texts = Array.isArray(given) ? listOf(given).map(textOf) : [textOf(given)];
  return texts.flatMap((text) => (text.startsWith('target=') ? new URLSearchParams(text).getAll('target') : [text])).filter((text) => text.trim() !== '');
}

function isOn(value: unknown): boolean {
  return value === true || (typeof value === 'string' && !['', '0', 'false'].includes(value.toLowerCase()));
}

const UNITS: Readonly<Record<string, readonly [factor: number, unit: string]>> = {
  seconds: [1, 's'],
  minutes: [1, 'min'],
  hours: [1, 'h'],
  days: [1, 'd'],
  weeks: [1, 'w'],
  months: [30, 'd'],
  years: [365, 'd'],
};

function rangeOf(config: Json, notes: Notes): string {
  const units = textOf(config.relativeStartUnits);
  const count = numberOf(config.relativeStartQuantity) ?? 0;
  if (Object.keys(config).length === 0) return DASHBOARD_DEFAULTS.range;
  if (textOf(config.type) === 'absolute' || !Object.hasOwn(UNITS, units) || !Number.isInteger(count) || count < 1 || count > 10_000) {
    notes.add(`its range is ${DASHBOARD_DEFAULTS.range} here`);
    return DASHBOARD_DEFAULTS.range;
  }
  if ((numberOf(config.relativeUntilQuantity) ?? 0) > 0 && !['', 'now'].includes(textOf(config.relativeUntilUnits))) notes.add('its range ends now here');
  return `${count * UNITS[units][0]}${UNITS[units][1]}`;
}

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
