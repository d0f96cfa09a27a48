import { createHash } from 'node:crypto';
import type { Dashboard, Panel } from '../../core/dashboard.ts';
import { isSafeValue, substitute } from '../substitute.ts';

const UNITS: Readonly<Record<string, string>> = { s: 'seconds', min: 'minutes', h: 'hours', d: 'days', w: 'weeks' };
/** Pixels, as ours are on a wide screen. */
const GRAPH = { width: 400, height: 240 };

/** A dashboard as graphite-web's `state`. It has no variables: the default stands for each, all where there is none. */
export function dashboardToGraphiteWeb(name: string, { range, variables, panels }: Dashboard): Record<string, unknown> {
  const chosen = new Map(variables.map((variable) => [variable.name, [isSafeValue(variable.default) ? variable.default : '*']]));
  const [, quantity, unit] = /^(\d+)(\w+)$/.exec(range) ?? ['', '3', 'h'];
  const shown = panels.filter(({ type, targets }) => type !== 'text' && targets.length > 0);
  return {
    name,
    timeConfig: { type: 'relative', relativeStartQuantity: quantity, relativeStartUnits: UNITS[unit], relativeUntilQuantity: '', relativeUntilUnits: 'now' },
    refreshConfig: { enabled: true, interval: 60_000 },
    graphSize: GRAPH,
    defaultGraphParams: { from: `-${quantity}${UNITS[unit]}`, until: 'now', ...GRAPH },
    graphs: shown.map((panel) => graphOf(panel, chosen)),
  };
}

function graphOf(panel: Panel, chosen: ReadonlyMap<string, readonly string[]>): unknown[] {
  const own = panel.targets.map((target) => substitute(target, chosen));
  const target = [...own, ...(panel.compare === '' ? [] : own.map((one) => `timeShift(${one}, '${panel.compare}')`))];
  const params = {
    target,
    title: panel.title,
    ...(panel.note !== '' && { vtitle: panel.note }),
    ...(panel.type === 'stacked' && { areaMode: 'stacked' }),
    ...(panel.type === 'area' && { areaMode: 'all' }),
    ...(panel.min !== null && { yMin: String(panel.min) }),
    ...(panel.max !== null && { yMax: String(panel.max) }),
  };
  const query = new URLSearchParams(target.map((one) => ['target', one]));
  const all = new URLSearchParams([...query, ...Object.entries(params).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []))]);
  return [createHash('md5').update(query.toString()).digest('hex'), query.toString(), params, `/render?${all.toString()}`];
}
