import type { Node } from 'yaml';
import { GRID_COLUMNS, type Panel, type PanelLimit } from '../../core/dashboard.ts';
import type { PanelDraft } from '../../core/define.ts';
import { MOST_TARGETS } from '../faults.ts';
import type { YamlNodes } from './nodes.ts';
import { texts } from './variable.ts';

const KEYS = ['title', 'note', 'type', 'at', 'size', 'target', 'targets', 'unit', 'limits', 'compare', 'figure', 'text', 'min', 'max'] as const;
type Key = (typeof KEYS)[number];

const STATES = ['warn', 'bad'] as const;

/** Reads one panel; `path` is its own, e.g. `panels.3`. */
export function readPanel(node: Node, nodes: YamlNodes, places: Map<string, Node>, path: string): PanelDraft {
  const fields = nodes.fields(node, 'a panel', KEYS);
  for (const [name, { value }] of fields) places.set(`${path}.${name === 'at' || name === 'size' ? 'place' : name === 'target' ? 'targets' : name}`, value);
  const value = (name: Key): Node | undefined => fields.get(name)?.value;
  const text = (name: Key): string | undefined => nodes.text(value(name), name);
  if (fields.has('target') && fields.has('targets')) nodes.mistake(value('targets'), 'a panel has either target or targets');
  if (fields.has('at') && fields.has('size')) nodes.mistake(value('size'), 'at says the size already; leave out size');
  const list = fields.has('targets')
    ? nodes.list(value('targets'), 'targets', { one: true, most: MOST_TARGETS })
    : nodes.list(value('target'), 'target', { one: true, most: MOST_TARGETS });
  const draft: PanelDraft = {
    at: numbers(nodes, value('at'), 4, `at must be [column, row, width, height] in a grid of ${GRID_COLUMNS} columns, e.g. [0, 0, 4, 6]`) as PanelDraft['at'],
    size: numbers(nodes, value('size'), 2, 'size must be [width, height], e.g. [6, 6]') as PanelDraft['size'],
    targets: texts(nodes, list, 'a target', `${path}.targets`, places),
    limits: readLimits(nodes, value('limits')),
    // Whether there are such a type, unit and figure is looked at later, with all that a dashboard must be.
    type: text('type') as Panel['type'] | undefined,
    unit: text('unit') as Panel['unit'] | undefined,
    figure: text('figure') as Panel['figure'] | undefined,
    title: text('title'),
    note: text('note'),
    compare: text('compare'),
    text: text('text'),
    min: nodes.number(value('min'), 'min'),
    max: nodes.number(value('max'), 'max'),
  };
  return Object.fromEntries(Object.entries(draft).filter(([, said]) => said !== undefined));
}

function numbers(nodes: YamlNodes, node: Node | undefined, count: number, message: string): number[] | undefined {
  if (node === undefined) return undefined;
  const items = nodes.kind(node) === 'list' ? nodes.list(node, 'place') : [];
  if (items.length !== count) return nodes.mistake(node, message);
  const read = items.map((item) => nodes.number(item, 'each part of a place'));
  return read.every((number) => number !== undefined) ? read : undefined;
}

/** `{ warn: 600, bad: '<5' }`, or a list of such. */
function readLimits(nodes: YamlNodes, node: Node | undefined): PanelLimit[] {
  if (node === undefined) return [];
  const maps = nodes.kind(node) === 'list' ? nodes.list(node, 'limits') : [node];
  return maps.flatMap((map) =>
    [...nodes.fields(map, 'limits', STATES)].flatMap(([state, { value }]) =>
      nodes.list(value, state, { one: true }).flatMap((item): PanelLimit[] => {
        const found = /^\s*([<>]?)\s*(\S+)\s*$/.exec(nodes.text(item, 'a limit') ?? '');
        const limit = found ? Number(found[2]) : NaN;
        if (found && Number.isFinite(limit)) return [{ value: limit, state: state as PanelLimit['state'], below: found[1] === '<' }];
        nodes.mistake(item, `a limit must be a number, such as 600, or '<5' where values below are to worry about`);
        return [];
      }),
    ),
  );
}
