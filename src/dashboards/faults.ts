import { type Dashboard, FIGURES, GRID_COLUMNS, type Panel, PANEL_TYPES, PANEL_UNITS, type Variable } from '../core/dashboard.ts';
import { suggestion } from './nearest.ts';
import { usedVariables } from './substitute.ts';

/** Something of a dashboard that cannot be, and what to write instead. */
export interface Fault {
  /** Where: keys and indexes of Dashboard, e.g. `['panels', 3, 'targets', 0]`. */
  path: readonly (string | number)[];
  message: string;
}

/** Most bytes of a dashboard, as YAML. */
export const MOST_BYTES = 256 * 1024;
export const MOST_PANELS = 200;
export const MOST_TARGETS = 100;
export const MOST_VARIABLES = 50;
const MOST_VALUES = 1000;
const MOST_LIMITS = 10;
const MOST_TAGS = 20;
const MOST_WHERE = 20;
const MOST_ROWS = 10_000;
const MOST_HEIGHT = 100;
const MOST_TITLE = 200;
const MOST_ABOUT = 5000;
const MOST_TARGET = 8192;
const MOST_TEXT = 50_000;

/** `3h`, `90min`. */
const SPAN = /^[1-9]\d{0,6}(?:s|min|h|d|w)$/;
const NAME = /^[A-Za-z]\w{0,49}$/;

/** All that is wrong with a dashboard whose shape is right; empty when it may be shown. */
export function faultsOf(dashboard: Dashboard): Fault[] {
  const faults: Fault[] = [];
  const add = (path: Fault['path'], message: string): void => void faults.push({ path, message });
  const { title, about, range, tags, variables, panels } = dashboard;
  if (title.trim() === '') add(['title'], 'title is missing; write what the dashboard shows');
  long(add, ['title'], title, MOST_TITLE);
  long(add, ['about'], about, MOST_ABOUT);
  if (!SPAN.test(range)) add(['range'], `range '${short(range)}' is no span of time; write e.g. 30min, 3h or 7d`);
  if (tags.length > MOST_TAGS) add(['tags'], `there are more than ${MOST_TAGS} tags`);
  tags.forEach((tag, i) => long(add, ['tags', i], tag, 50));
  if (variables.length > MOST_VARIABLES) add(['variables'], `there are more than ${MOST_VARIABLES} variables`);
  if (panels.length > MOST_PANELS) add(['panels'], `there are more than ${MOST_PANELS} panels; make two dashboards of it`);
  variables.forEach((variable, i) => {
    const before = variables.slice(0, i).map(({ name }) => name);
    if (before.includes(variable.name)) add(['variables', i], `variable '${short(variable.name)}' is there twice`);
    checkVariable(add, ['variables', i], variable, before);
  });
  const declared = variables.map(({ name }) => name);
  panels.forEach((panel, i) => checkPanel(add, ['panels', i], panel, declared));
  return faults;
}

type Add = (path: Fault['path'], message: string) => void;

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

function long(add: Add, path: Fault['path'], text: string, most: number): void {
  if (text.length > most) add(path, `'${short(text)}' is longer than ${most} characters`);
}

function checkVariable(add: Add, path: Fault['path'], { name, label, glob, tag, where, values, default: chosen }: Variable, before: readonly string[]): void {
  if (!NAME.test(name)) add(path, `'${short(name)}' is no name of a variable; write letters, digits and _, a letter first, at most 50`);
  const kinds = [glob !== '', tag !== '', values.length > 0].filter(Boolean).length;
  if (kinds !== 1) add(path, `variable '${short(name)}' needs one of glob, tag or values${kinds === 0 ? '' : ', not several'}`);
  if (where.length > 0 && tag === '') add([...path, 'where'], 'where narrows the values of a tag; write tag too');
  if (where.length > MOST_WHERE) add([...path, 'where'], `there are more than ${MOST_WHERE} expressions`);
  if (values.length > MOST_VALUES) add([...path, 'values'], `there are more than ${MOST_VALUES} values`);
  for (const [i, value] of values.entries()) if (value === '') add([...path, 'values', i], 'a value is empty');
  for (const text of [label, chosen, glob, tag, ...where, ...values]) long(add, path, text, 1000);
  for (const text of [glob, ...where]) undeclared(add, path, text, before, ' before this one');
}

function checkPanel(add: Add, path: Fault['path'], panel: Panel, declared: readonly string[]): void {
  if (!PANEL_TYPES.includes(panel.type)) add([...path, 'type'], `there is no panel of type '${short(panel.type)}'${suggestion(panel.type, PANEL_TYPES)}`);
  if (!PANEL_UNITS.includes(panel.unit)) add([...path, 'unit'], `there is no unit '${short(panel.unit)}'${suggestion(panel.unit, PANEL_UNITS.slice(1))}`);
  if (!FIGURES.includes(panel.figure)) add([...path, 'figure'], `there is no figure '${short(panel.figure)}'${suggestion(panel.figure, FIGURES)}`);
  long(add, [...path, 'title'], panel.title, MOST_TITLE);
  long(add, [...path, 'note'], panel.note, MOST_TITLE);
  long(add, [...path, 'text'], panel.text, MOST_TEXT);
  checkPlace(add, [...path, 'place'], panel);
  if (panel.targets.length > MOST_TARGETS) add([...path, 'targets'], `there are more than ${MOST_TARGETS} targets in one panel`);
  panel.targets.forEach((target, i) => {
    if (target.trim() === '') add([...path, 'targets', i], 'a target is empty');
    long(add, [...path, 'targets', i], target, MOST_TARGET);
    undeclared(add, [...path, 'targets', i], target, declared);
  });
  if (panel.limits.length > MOST_LIMITS) add([...path, 'limits'], `there are more than ${MOST_LIMITS} limits`);
  if (panel.compare !== '' && !SPAN.test(panel.compare)) add([...path, 'compare'], `compare '${short(panel.compare)}' is no span of time; write e.g. 1d or 1w`);
  if (panel.min !== null && panel.max !== null && panel.min >= panel.max) add([...path, 'min'], `min ${panel.min} is not below max ${panel.max}`);
}

function checkPlace(add: Add, path: Fault['path'], { place: { x, y, w, h } }: Panel): void {
  const whole = [x, y, w, h].every(Number.isInteger);
  if (!whole || x < 0 || y < 0 || w < 1 || h < 1) add(path, `[${x}, ${y}, ${w}, ${h}] is no place; write column, row, width and height as whole numbers`);
  else if (x + w > GRID_COLUMNS) add(path, `columns ${x} to ${x + w} are outside the grid of ${GRID_COLUMNS} columns`);
  else if (h > MOST_HEIGHT || y + h > MOST_ROWS) add(path, `a panel may be ${MOST_HEIGHT} rows high and end at row ${MOST_ROWS}`);
}

function undeclared(add: Add, path: Fault['path'], text: string, declared: readonly string[], where = ''): void {
  for (const name of usedVariables(text)) {
    // template() has variables of its own, which it is given by name.
    if (declared.includes(name) || (text.includes('template(') && text.includes(`${name}=`))) continue;
    const known = declared.length === 0 ? '; declare it under variables' : suggestion(name, declared).replace('; write', '; declare it, or use one of');
    add(path, `'$${short(name)}' is no variable${where}${known}`);
  }
}
