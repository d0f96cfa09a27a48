import { completeDashboard, DASHBOARD_DEFAULTS } from '../complete.ts';
import { HeedError } from '../../core/errors.ts';
import { type Json, listOf, objectOf, textOf } from '../import/json.ts';
import { Notes } from '../import/notes.ts';
import { soundDashboard } from '../import/sound.ts';
import type { DashboardText } from '../read-any.ts';
import { layPanels } from './layout.ts';
import { panelFromGrafana } from './panel.ts';
import { type Inputs, ownVariables } from './targets.ts';
import { variablesFromGrafana } from './variables.ts';

/** Whether it looks like a dashboard, or one panel, of Grafana's. */
export function isGrafana(given: Json): boolean {
  const { panels, rows, templating, schemaVersion, type, targets, elements } = unwrapped(given);
  return (
    Array.isArray(panels) ||
    Array.isArray(rows) ||
    templating !== undefined ||
    schemaVersion !== undefined ||
    elements !== undefined ||
    (typeof type === 'string' && Array.isArray(targets))
  );
}

/**
 * Takes over a dashboard of Grafana (JSON of versions 4 to 12) as far as it can be; the rest is in the notes.
 * @throws HeedError `bad_dashboard` for the layout of the second kind, whose panels stand under `elements`
 */
export function importGrafana(given: Json): DashboardText {
  const dashboard = unwrapped(given);
  if (dashboard.elements !== undefined)
    throw new HeedError('bad_dashboard', 'cannot read the dashboard: it is in Grafana’s V2 format; export it as Classic, which Grafana offers too');
  const notes = new Notes();
  const inputs = inputsOf(dashboard);
  const single = typeof dashboard.type === 'string' && !Array.isArray(dashboard.panels);
  const laid = single ? [{ panel: dashboard, at: [0, 0, 12, 8] as const }] : layPanels(dashboard);
  const about = textOf(dashboard.description).slice(0, 5000);
  const draft = {
    title: textOf(dashboard.title).trim().slice(0, 200) || 'Imported dashboard',
    about,
    range: rangeOf(dashboard, notes),
    tags: listOf(dashboard.tags)
      .map((tag) => textOf(tag).slice(0, 50))
      .slice(0, 20),
    variables: variablesFromGrafana(listOf(objectOf(dashboard.templating).list), inputs, notes),
    panels: laid.flatMap((one) => panelFromGrafana(one, inputs, notes)),
  };
  noteWhatIsLost(dashboard, notes);
  return { dashboard: soundDashboard(completeDashboard(draft), notes), format: 'grafana', notes: notes.list() };
}

/** Answers of Grafana's API and newer exports hold the dashboard inside. */
function unwrapped(given: Json): Json {
  const { dashboard, spec } = given;
  if (dashboard !== undefined && !Array.isArray(given.panels)) return objectOf(dashboard);
  return given.apiVersion !== undefined && spec !== undefined ? objectOf(spec) : given;
}

/** Constants that an exported dashboard asks for. */
function inputsOf({ __inputs: inputs }: Json): Inputs {
  const constants = listOf(inputs)
    .map(objectOf)
    .filter(({ type }) => type === 'constant');
  return new Map(constants.map(({ name, value }) => [textOf(name), textOf(value)]));
}

const UNITS: Readonly<Record<string, readonly [factor: number, unit: string]>> = {
  s: [1, 's'],
  m: [1, 'min'],
  h: [1, 'h'],
  d: [1, 'd'],
  w: [1, 'w'],
  M: [30, 'd'],
  y: [365, 'd'],
};

function rangeOf(dashboard: Json, notes: Notes): string {
  const { from, to } = objectOf(dashboard.time);
  if (from === undefined) return DASHBOARD_DEFAULTS.range;
  const found = /^now-([1-9]\d{0,4})([smhdwMy])$/.exec(textOf(from));
  if (textOf(from) === 'now/d') return '1d';
  if (!found || !['', 'now'].includes(textOf(to)))
    notes.add(`its range, ${textOf(from)} to ${textOf(to)}, is ${found ? 'up to now' : DASHBOARD_DEFAULTS.range} here`);
  if (!found) return DASHBOARD_DEFAULTS.range;
  const [factor, unit] = UNITS[found[2]];
  return `${Number(found[1]) * factor}${unit}`;
}

function noteWhatIsLost(dashboard: Json, notes: Notes): void {
  for (const annotation of listOf(objectOf(dashboard.annotations).list).map(objectOf)) {
    if (annotation.builtIn !== undefined || annotation.enable === false) continue;
    notes.add(
      `annotations '${ownVariables(textOf(annotation.name), 'annotations', new Map(), notes)}': events are drawn on every chart here, those of Graphite among them`,
    );
  }
  if (listOf(dashboard.links).length > 0) notes.add('its links to other pages are not there');
}
