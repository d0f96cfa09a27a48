import type { Dashboard, Panel, PanelLimit, Variable } from '../core/dashboard.ts';
import { HeedError } from '../core/errors.ts';
import { DASHBOARD_DEFAULTS, PANEL_DEFAULTS, VARIABLE_DEFAULTS } from './complete.ts';
import { faultsOf, MOST_PANELS, MOST_TARGETS, MOST_VARIABLES } from './faults.ts';

type Fields = Record<string, unknown>;

/** Most mistakes of one dashboard that are told. */
const MOST_TOLD = 5;

/**
 * Takes what a client sent as a dashboard. What it leaves out is as by default; what is unknown is left out.
 * @throws HeedError `bad_dashboard` with what is wrong, by its path, e.g. `panels[3].targets[0]`
 */
export function checkDashboard(given: unknown): Dashboard {
  const dashboard = readShape(given);
  const faults = faultsOf(dashboard);
  if (faults.length > 0)
    refuse(
      faults
        .slice(0, MOST_TOLD)
        .map(({ path, message }) => `${pathText(path)}: ${message}`)
        .join('\n'),
    );
  return dashboard;
}

/** One panel by itself, as checkDashboard takes those of a dashboard. */
export function checkPanelAlone(given: unknown): Panel {
  const panel = readPanel(given, ['panel']);
  const faults = faultsOf({ ...DASHBOARD_DEFAULTS, title: 'x', panels: [panel] }).filter(({ message }) => !message.includes('is no variable'));
  if (faults.length > 0)
    refuse(
      faults
        .slice(0, MOST_TOLD)
        .map(({ message }) => message)
        .join('\n'),
    );
  return panel;
}

/** Variables by themselves. */
export function checkVariables(given: unknown): Variable[] {
  return checkDashboard({ title: 'x', variables: given }).variables;
}

function readShape(given: unknown): Dashboard {
  const fields = fieldsOf(given, []);
  return {
    title: text(fields, 'title', [], ''),
    about: text(fields, 'about', [], DASHBOARD_DEFAULTS.about),
    range: text(fields, 'range', [], DASHBOARD_DEFAULTS.range),
    tags: textList(fields, 'tags', [], 100),
    variables: list(fields, 'variables', [], MOST_VARIABLES).map((variable, i) => readVariable(variable, ['variables', i])),
    panels: list(fields, 'panels', [], MOST_PANELS).map((panel, i) => readPanel(panel, ['panels', i])),
  };
}

function readVariable(given: unknown, path: Path): Variable {
  const fields = fieldsOf(given, path);
  return {
    name: text(fields, 'name', path, ''),
    label: text(fields, 'label', path, VARIABLE_DEFAULTS.label),
    glob: text(fields, 'glob', path, VARIABLE_DEFAULTS.glob),
    tag: text(fields, 'tag', path, VARIABLE_DEFAULTS.tag),
    where: textList(fields, 'where', path, 100),
    values: textList(fields, 'values', path, 1000),
    default: text(fields, 'default', path, VARIABLE_DEFAULTS.default),
    multiple: fields.multiple === true,
  };
}

function readPanel(given: unknown, path: Path): Panel {
  const fields = fieldsOf(given, path);
  const place = fieldsOf(fields.place, [...path, 'place']);
  return {
    title: text(fields, 'title', path, PANEL_DEFAULTS.title),
    type: text(fields, 'type', path, 'line') as Panel['type'],
    place: {
      x: number(place.x, [...path, 'place', 'x']),
      y: number(place.y, [...path, 'place', 'y']),
      w: number(place.w, [...path, 'place', 'w']),
      h: number(place.h, [...path, 'place', 'h']),
    },
    note: text(fields, 'note', path, PANEL_DEFAULTS.note),
    targets: textList(fields, 'targets', path, MOST_TARGETS),
    unit: text(fields, 'unit', path, PANEL_DEFAULTS.unit) as Panel['unit'],
    limits: list(fields, 'limits', path, 100).map((limit, i) => readLimit(limit, [...path, 'limits', i])),
    compare: text(fields, 'compare', path, PANEL_DEFAULTS.compare),
    figure: text(fields, 'figure', path, PANEL_DEFAULTS.figure) as Panel['figure'],
    text: text(fields, 'text', path, PANEL_DEFAULTS.text),
    min: numberOrNull(fields.min, [...path, 'min']),
    max: numberOrNull(fields.max, [...path, 'max']),
  };
}

function readLimit(given: unknown, path: Path): PanelLimit {
  const fields = fieldsOf(given, path);
  if (fields.state !== 'warn' && fields.state !== 'bad') refuse(`${pathText(path)}: state must be warn or bad`);
  return { value: number(fields.value, [...path, 'value']), state: fields.state, below: fields.below === true };
}

type Path = readonly (string | number)[];

function fieldsOf(given: unknown, path: Path): Fields {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) refuse(`${pathText(path)} must be an object`);
  return given as Fields;
}

const own = (fields: Fields, name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined);

function text(fields: Fields, name: string, path: Path, fallback: string): string {
  const value = own(fields, name) ?? fallback;
  // A half of a pair of surrogates cannot be kept as UTF-8.
  return typeof value === 'string' ? value.toWellFormed() : refuse(`${pathText([...path, name])} must be a text`);
}

function list(fields: Fields, name: string, path: Path, most: number): unknown[] {
  const value = own(fields, name) ?? [];
  if (!Array.isArray(value)) refuse(`${pathText([...path, name])} must be a list`);
  if ((value as unknown[]).length > most) refuse(`${pathText([...path, name])} may hold ${most}`);
  return value as unknown[];
}

function textList(fields: Fields, name: string, path: Path, most: number): string[] {
  return list(fields, name, path, most).map((item, i) =>
    typeof item === 'string' ? item.toWellFormed() : refuse(`${pathText([...path, name, i])} must be a text`),
  );
}

function number(value: unknown, path: Path): number {
  // -0 is 0.
  return typeof value === 'number' && Number.isFinite(value) ? value + 0 : refuse(`${pathText(path)} must be a number`);
}

function numberOrNull(value: unknown, path: Path): number | null {
  return value === undefined || value === null ? null : number(value, path);
}

function pathText(path: Path): string {
  const written = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  return written === '' ? 'the dashboard' : written.slice(1);
}

function refuse(what: string): never {
  throw new HeedError('bad_dashboard', `cannot use the dashboard: ${what}`);
}
