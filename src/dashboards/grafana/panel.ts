import type { FigureName, PanelLimit, PanelType, PanelUnit } from '../../core/dashboard.ts';
import type { PanelDraft } from '../../core/define.ts';
import { type Json, listOf, numberOf, objectOf, textOf } from '../import/json.ts';
import type { Notes } from '../import/notes.ts';
import type { Laid } from './layout.ts';
import { type Inputs, ownVariables, targetsFromGrafana } from './targets.ts';
import { limitsFromGraph, limitsFromList, limitsFromSteps } from './thresholds.ts';
import { unitFromGrafana } from './units.ts';

const VALUES = ['stat', 'singlestat', 'grafana-singlestat-panel', 'gauge', 'bargauge'];
const TYPES: Readonly<Record<string, PanelType>> = {
  table: 'table',
  'table-old': 'table',
  heatmap: 'heatmap',
  'state-timeline': 'states',
  'status-history': 'states',
  'grafana-statusmap': 'states',
  barchart: 'bars',
  piechart: 'table',
  'grafana-piechart-panel': 'table',
  ...Object.fromEntries(VALUES.map((type) => [type, 'value' as const])),
};
const FIGURES: Readonly<Record<string, FigureName>> = {
  last: 'last',
  lastNotNull: 'last',
  current: 'last',
  mean: 'average',
  avg: 'average',
  max: 'max',
  min: 'min',
  sum: 'sum',
  total: 'sum',
};
const MOST_TEXT = 50_000;

/** One panel of Grafana; nothing where it cannot be shown, which is noted. */
export function panelFromGrafana({ panel, at }: Laid, inputs: Inputs, notes: Notes): PanelDraft[] {
  const type = textOf(panel.type);
  const title = ownVariables(textOf(panel.title), 'a title', inputs, notes).slice(0, 200);
  if (type === 'row') return title === '' ? [] : [{ type: 'text', text: `**${title}**`, at: [0, at[1], 12, 1] }];
  const name = `panel '${title.slice(0, 60) || type}'`;
  if (type === 'text') return [textPanel(panel, title, at, name, notes)];
  const targets = targetsFromGrafana(panel, name, inputs, notes);
  const ours = typeFromGrafana(panel, name, notes);
  if (ours === undefined && targets.length === 0) {
    notes.add(`${name} was left out: panels of type ${type || 'nothing'} are not there`);
    return [];
  }
  if (targets.length === 0) {
    notes.add(`${name} was left out: none of its queries is of Graphite`);
    return [];
  }
  if (ours === undefined) notes.add(`${name}: panels of type ${type || 'nothing'} are not there; it is a line here`);
  noteWhatIsLost(panel, name, notes);
  const { targets: own, compare } = comparedTargets(targets);
  return [
    {
      title,
      at,
      type: ours ?? 'line',
      note: textOf(panel.description).replace(/\s+/g, ' ').trim().slice(0, 200),
      targets: own.slice(0, 100),
      compare,
      unit: unitOf(panel, name, notes),
      limits: limitsOf(panel, ours ?? 'line').slice(0, 10),
      figure: figureOf(panel, name, notes),
      ...axisOf(panel),
    },
  ];
}

function textPanel(panel: Json, title: string, at: Laid['at'], name: string, notes: Notes): PanelDraft {
  const options = objectOf(panel.options);
  if ((textOf(options.mode) || textOf(panel.mode)) === 'html') notes.add(`${name}: its HTML is shown as Markdown`);
  return { title, at, type: 'text', text: (textOf(options.content) || textOf(panel.content)).slice(0, MOST_TEXT) };
}

function typeFromGrafana(panel: Json, name: string, notes: Notes): PanelType | undefined {
  const type = textOf(panel.type);
  if (type === 'graph') {
    if (panel.percentage === true) notes.add(`${name}: it stacks to 100 %, which is not there`);
    if (panel.bars === true) return 'bars';
    if (panel.stack === true) return 'stacked';
    return (numberOf(panel.fill) ?? 0) >= 2 ? 'area' : 'line';
  }
  if (type === 'timeseries') {
    const custom = objectOf(objectOf(objectOf(panel.fieldConfig).defaults).custom);
    const stacking = textOf(objectOf(custom.stacking).mode);
    if (stacking === 'percent') notes.add(`${name}: it stacks to 100 %, which is not there`);
    if (textOf(custom.drawStyle) === 'points') notes.add(`${name}: its points are a line`);
    if (textOf(custom.drawStyle) === 'bars') return 'bars';
    if (stacking !== '' && stacking !== 'none') return 'stacked';
    return (numberOf(custom.fillOpacity) ?? 0) >= 20 ? 'area' : 'line';
  }
  const ours = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (/gauge|pie/.test(type)) notes.add(`${name}: it is a ${ours} here, not a ${type}`);
  return ours;
}

function noteWhatIsLost(panel: Json, name: string, notes: Notes): void {
  const lost: [is: boolean, what: string][] = [
    [listOf(panel.transformations).length > 0, 'its transformations are not there'],
    [listOf(objectOf(panel.fieldConfig).overrides).length + listOf(panel.seriesOverrides).length > 0, 'its overrides of single series are not there'],
    [textOf(panel.repeat) !== '', `it is repeated for each of $${textOf(panel.repeat)}; here it is there once`],
    [textOf(panel.timeFrom) !== '', `its own range, ${textOf(panel.timeFrom)}, is that of the dashboard`],
    [textOf(panel.timeShift) !== '', `its time is not shifted by ${textOf(panel.timeShift)}`],
    [Object.keys(objectOf(panel.alert)).length > 0, 'its alert is not there'],
    [textOf(panel.libraryPanel) !== '' || Object.keys(objectOf(panel.libraryPanel)).length > 0, 'it is of the library of panels, as it was when it was saved'],
    [listOf(objectOf(objectOf(panel.fieldConfig).defaults).mappings).length + listOf(panel.valueMaps).length > 0, 'its words for values are not there'],
    [listOf(panel.links).length > 0, 'its links are not there'],
  ];
  for (const [is, what] of lost) if (is) notes.add(`${name}: ${what}`);
}

function unitOf(panel: Json, name: string, notes: Notes): PanelUnit {
  const axis = objectOf(listOf(panel.yaxes)[0]);
  const format =
    textOf(objectOf(objectOf(panel.fieldConfig).defaults).unit) || textOf(panel.format) || textOf(axis.format) || textOf(listOf(panel.y_formats)[0]);
  const unit = unitFromGrafana(format);
  if (unit === undefined) notes.add(`${name}: unit ${format} is not there`);
  return unit ?? '';
}

function limitsOf(panel: Json, type: PanelType): PanelLimit[] {
  const { thresholds, custom, color } = objectOf(objectOf(panel.fieldConfig).defaults);
  if (textOf(panel.type) === 'graph') return limitsFromGraph(listOf(panel.thresholds));
  if (typeof panel.thresholds === 'string')
    return panel.colorValue === true || panel.colorBackground === true ? limitsFromList(panel.thresholds, listOf(panel.colors)) : [];
  // Every panel has thresholds; charts show them only when told to.
  const shown = textOf(objectOf(objectOf(custom).thresholdsStyle).mode);
  const wanted =
    type === 'value' || type === 'states' ? ['', 'thresholds'].includes(textOf(objectOf(color).mode)) || shown !== '' : !['', 'off'].includes(shown);
  return wanted && textOf(objectOf(thresholds).mode) !== 'percentage' ? limitsFromSteps(objectOf(thresholds)) : [];
}

function figureOf(panel: Json, name: string, notes: Notes): FigureName {
  const options = objectOf(panel.options);
  const asked = textOf(listOf(objectOf(options.reduceOptions).calcs)[0]) || textOf(panel.valueName) || textOf(listOf(objectOf(options.legend).calcs)[0]);
  if (asked === '') return 'last';
  if (!Object.hasOwn(FIGURES, asked)) notes.add(`${name}: its figure, ${asked}, is the last value here`);
  return Object.hasOwn(FIGURES, asked) ? FIGURES[asked] : 'last';
}

function axisOf(panel: Json): Pick<PanelDraft, 'min' | 'max'> {
  const { min, max } = objectOf(objectOf(panel.fieldConfig).defaults);
  const axis = objectOf(listOf(panel.yaxes)[0]);
  const least = numberOf(min) ?? numberOf(axis.min) ?? null;
  const most = numberOf(max) ?? numberOf(axis.max) ?? null;
  return least !== null && most !== null && least >= most ? {} : { min: least, max: most };
}

/** Targets whose second half is the first one shifted, as a comparison is written. */
function comparedTargets(targets: string[]): { targets: string[]; compare: string } {
  const half = targets.length / 2;
  const span = /^timeShift\(.*, '([1-9]\d{0,6}(?:s|min|h|d|w))'\)$/s.exec(targets.at(-1) ?? '')?.[1];
  const own = targets.slice(0, half);
  if (!Number.isInteger(half) || span === undefined || !own.every((target, i) => targets[half + i] === `timeShift(${target}, '${span}')`))
    return { targets, compare: '' };
  return { targets: own, compare: span };
}
