import type { Dashboard, FigureName, Panel, PanelType, Variable } from '../../core/dashboard.ts';
import { stepsOf } from './thresholds.ts';
import { unitToGrafana } from './units.ts';

type GrafanaJson = Record<string, unknown>;

const TYPES: Readonly<Record<PanelType, string>> = {
  line: 'timeseries',
  area: 'timeseries',
  stacked: 'timeseries',
  bars: 'timeseries',
  value: 'stat',
  table: 'table',
  heatmap: 'heatmap',
  states: 'state-timeline',
  text: 'text',
};
const FIGURES: Readonly<Record<FigureName, string>> = { last: 'lastNotNull', average: 'mean', max: 'max', min: 'min', sum: 'sum' };

/** The data source that Grafana asks for when the dashboard is imported. */
const ASKED = { type: 'graphite', uid: '${DS_GRAPHITE}' };

/** A dashboard as Grafana imports it: JSON of its version 39, which asks for the Graphite data source. */
export function dashboardToGrafana({ title, about, range, tags, variables, panels }: Dashboard): GrafanaJson {
  return {
    __inputs: [{ name: 'DS_GRAPHITE', label: 'Graphite', description: '', type: 'datasource', pluginId: 'graphite', pluginName: 'Graphite' }],
    __requires: [
      { type: 'grafana', id: 'grafana', name: 'Grafana', version: '10.3.0' },
      { type: 'datasource', id: 'graphite', name: 'Graphite', version: '1.0.0' },
    ],
    annotations: {
      list: [
        {
          builtIn: 1,
          datasource: { type: 'grafana', uid: '-- Grafana --' },
          enable: true,
          hide: true,
          iconColor: 'rgba(0, 211, 255, 1)',
          name: 'Annotations & Alerts',
          type: 'dashboard',
        },
      ],
    },
    description: about,
    editable: true,
    fiscalYearStartMonth: 0,
    graphTooltip: 1,
    id: null,
    links: [],
    panels: panels.map((panel, i) => panelJson(panel, i + 1, ASKED)),
    refresh: '10s',
    schemaVersion: 39,
    tags,
    templating: { list: variables.map(variableJson) },
    time: { from: `now-${range.replace('min', 'm')}`, to: 'now' },
    timepicker: {},
    timezone: '',
    title,
    uid: null,
    version: 0,
    weekStart: '',
  };
}

/** One panel, to be pasted into a dashboard whose data source by default is Graphite. */
export function panelToGrafana(panel: Panel): GrafanaJson {
  return panelJson(panel, 1, { type: 'graphite' });
}

function panelJson(panel: Panel, id: number, datasource: GrafanaJson): GrafanaJson {
  const { x, y, w, h } = panel.place;
  const common = { id, title: panel.title, description: panel.note, type: TYPES[panel.type], gridPos: { x: x * 2, y, w: w * 2, h } };
  if (panel.type === 'text')
    return { ...common, options: { mode: 'markdown', content: panel.text, code: { language: 'plaintext', showLineNumbers: false, showMiniMap: false } } };
  return { ...common, datasource, fieldConfig: fieldConfigOf(panel), options: optionsOf(panel), targets: targetsOf(panel, datasource) };
}

function fieldConfigOf({ type, unit, limits, min, max }: Panel): GrafanaJson {
  const isChart = TYPES[type] === 'timeseries';
  const defaults = {
    color: { mode: isChart ? 'palette-classic' : 'thresholds' },
    mappings: [],
    thresholds: { mode: 'absolute', steps: stepsOf(limits) },
    ...(unit !== '' && { unit: unitToGrafana(unit) }),
    ...(min !== null && { min }),
    ...(max !== null && { max }),
    ...(isChart && { custom: chartOf(type, limits.length > 0) }),
  };
  return { defaults, overrides: [] };
}

function chartOf(type: PanelType, limited: boolean): GrafanaJson {
  return {
    drawStyle: type === 'bars' ? 'bars' : 'line',
    lineInterpolation: 'linear',
    lineWidth: 1,
    fillOpacity: type === 'line' ? 0 : type === 'bars' ? 80 : 30,
    showPoints: 'auto',
    spanNulls: false,
    // The axis begins at 0, as ours does.
    axisSoftMin: 0,
    stacking: { mode: type === 'stacked' ? 'normal' : 'none', group: 'A' },
    thresholdsStyle: { mode: limited ? 'dashed' : 'off' },
  };
}

function optionsOf({ type, figure }: Panel): GrafanaJson {
  const calcs = [FIGURES[figure]];
  const legend = { displayMode: 'list', placement: 'bottom', showLegend: true, calcs };
  if (type === 'value')
    return {
      reduceOptions: { calcs, fields: '', values: false },
      colorMode: 'value',
      graphMode: 'area',
      justifyMode: 'auto',
      textMode: 'auto',
      orientation: 'auto',
    };
  if (type === 'table') return { showHeader: true, cellHeight: 'sm', legend };
  if (type === 'heatmap') return { calculate: true, cellGap: 1, legend: { ...legend, show: true } };
  if (type === 'states') return { showValue: 'never', mergeValues: false, rowHeight: 0.9, legend };
  return { legend, tooltip: { mode: 'multi', sort: 'desc' } };
}

function targetsOf({ targets, compare }: Panel, datasource: GrafanaJson): GrafanaJson[] {
  const earlier = compare === '' ? [] : targets.map((target) => `timeShift(${target}, '${compare}')`);
  return [...targets, ...earlier].map((target, i) => ({ refId: refIdOf(i), datasource, target, textEditor: true }));
}

/** A, B … Z, AA, AB … */
function refIdOf(i: number): string {
  return (i >= 26 ? refIdOf(Math.floor(i / 26) - 1) : '') + String.fromCharCode(65 + (i % 26));
}

function variableJson({ name, label, glob, tag, where, values, default: chosen, multiple }: Variable): GrafanaJson {
  const all = chosen === '*';
  const current = chosen === '' ? {} : { text: all ? 'All' : chosen, value: multiple ? [all ? '$__all' : chosen] : all ? '$__all' : chosen };
  const common = { name, label, current, multi: multiple, includeAll: multiple || all, allValue: '*', hide: 0, skipUrlSync: false };
  if (values.length > 0) {
    const options = values.map((value) => ({ text: value, value, selected: value === chosen }));
    return { ...common, type: 'custom', query: values.map((value) => value.replaceAll(',', '\\,')).join(','), options };
  }
  const query = tag === '' ? glob : `tag_values(${[tag, ...where].join(', ')})`;
  return { ...common, type: 'query', datasource: ASKED, definition: query, query, refresh: 2, regex: '', sort: 0, options: [] };
}
