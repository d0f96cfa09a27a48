import type { Node } from 'yaml';
import type { VariableDraft } from '../../core/define.ts';
import type { YamlNodes } from './nodes.ts';

const KEYS = ['glob', 'tag', 'where', 'values', 'label', 'default', 'multiple'] as const;

/** Reads what may be chosen: keys and values, or shorter a glob, or a list of values. */
export function readVariable(node: Node, nodes: YamlNodes, places: Map<string, Node>, path: string): Omit<VariableDraft, 'name'> {
  const kind = nodes.kind(node);
  if (kind === 'single') return { glob: nodes.text(node, 'a variable') ?? '' };
  if (kind === 'list') return { values: texts(nodes, nodes.list(node, 'values'), 'a value', `${path}.values`, places) };
  const fields = nodes.fields(node, 'a variable', KEYS);
  for (const [name, { value }] of fields) places.set(`${path}.${name}`, value);
  const value = (name: (typeof KEYS)[number]): Node | undefined => fields.get(name)?.value;
  return {
    glob: nodes.text(value('glob'), 'glob') ?? '',
    tag: nodes.text(value('tag'), 'tag') ?? '',
    where: texts(nodes, nodes.list(value('where'), 'where', { one: true }), 'an expression of where', `${path}.where`, places),
    values: texts(nodes, nodes.list(value('values'), 'values'), 'a value', `${path}.values`, places),
    label: nodes.text(value('label'), 'label') ?? '',
    default: nodes.text(value('default'), 'default') ?? '',
    multiple: nodes.flag(value('multiple'), 'multiple') ?? false,
  };
}

/** Texts of a list, with where each stands. */
export function texts(nodes: YamlNodes, list: readonly Node[], what: string, path: string, places: Map<string, Node>): string[] {
  return list.map((item, i) => {
    places.set(`${path}.${i}`, item);
    return nodes.text(item, what) ?? '';
  });
}
