import { Document, isMap, isPair, isScalar, isSeq, type Node, stringify, visit } from 'yaml';
import type { Dashboard, Panel, PanelLimit, PanelPlace, Variable } from '../../core/dashboard.ts';
import { DASHBOARD_DEFAULTS, impliedType, PANEL_DEFAULTS } from '../complete.ts';
import { flowingPlace, PANEL_SIZE } from '../flow.ts';

/** Writes a dashboard as YAML that `readDashboard` reads as the same: what is as by default is left out, keys are in one order. */
export function writeDashboard({ title, about, range, tags, variables, panels }: Dashboard): string {
  const document = new Document({
    title,
    ...(about !== '' && { about }),
    ...(range !== DASHBOARD_DEFAULTS.range && { range }),
    ...(tags.length > 0 && { tags }),
    ...(variables.length > 0 && { variables: new Map(variables.map((variable) => [variable.name, variableOf(variable)])) }),
    panels: panels.map((panel, i) =>
      panelOf(
        panel,
        panels.slice(0, i).map(({ place }) => place),
      ),
    ),
  });
  layOut(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function variableOf({ glob, tag, where, values, label, default: chosen, multiple }: Variable): unknown {
  const said = {
    ...(glob !== '' && { glob }),
    ...(tag !== '' && { tag }),
    ...(where.length > 0 && { where }),
    ...(values.length > 0 && { values }),
    ...(label !== '' && { label }),
    ...(chosen !== '' && { default: chosen }),
    ...(multiple && { multiple }),
  };
  return Object.keys(said).length === 1 ? (said.glob ?? said.values ?? said) : said;
}

function panelOf(panel: Panel, before: readonly PanelPlace[]): Record<string, unknown> {
  const { title, note, type, place, targets, unit, limits, compare, figure, text, min, max } = panel;
  return {
    ...(title !== '' && { title }),
    ...(note !== '' && { note }),
    ...(type !== impliedType(panel) && { type }),
    ...placeOf(place, before),
    ...(targets.length === 1 ? { target: targets[0] } : targets.length > 1 ? { targets } : {}),
    ...(unit !== PANEL_DEFAULTS.unit && { unit }),
    ...(limits.length > 0 && { limits: limitsOf(limits) }),
    ...(compare !== '' && { compare }),
    ...(figure !== PANEL_DEFAULTS.figure && { figure }),
    ...(text !== '' && { text }),
    ...(min !== null && { min }),
    ...(max !== null && { max }),
  };
}

function placeOf(place: PanelPlace, before: readonly PanelPlace[]): Record<string, unknown> {
  const { x, y, w, h } = place;
  const flowing = flowingPlace(before, [w, h]);
  if (flowing.x !== x || flowing.y !== y) return { at: [x, y, w, h] };
  return w === PANEL_SIZE[0] && h === PANEL_SIZE[1] ? {} : { size: [w, h] };
}

/** By state where that keeps their order, else one after the other. */
function limitsOf(limits: readonly PanelLimit[]): unknown {
  const states = limits.map(({ state }) => state);
  const written = limits.map(({ value, below }) => (below ? `<${value}` : value));
  if (new Set(states).size === states.length) return Object.fromEntries(states.map((state, i) => [state, written[i]]));
  return states.map((state, i) => ({ [state]: written[i] }));
}

/** Short lists and what holds only short values stand on one line; targets and panels never do. */
function layOut(document: Document): void {
  visit(document, {
    Collection(_, node, path) {
      const above = path.at(-1);
      const key = isPair(above) && isScalar(above.key) ? above.key.value : '';
      const wanted = isSeq(above) ? path.length > 4 : !['targets', 'panels', 'variables'].includes(String(key)) && path.length > 2;
      if (wanted && isShort(node)) node.flow = true;
    },
  });
}

function isShort(node: Node): boolean {
  const items: unknown[] = isSeq(node) ? node.items : isMap(node) ? node.items.flatMap(({ key, value }) => [key, value]) : [];
  if (!items.every((item) => isScalar(item) || (isSeq(item) && isShort(item)))) return false;
  const text = stringify(node);
  return text.length < 100 && !text.includes('|');
}
