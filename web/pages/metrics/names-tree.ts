import type { SearchAnswer, TreeAnswer } from '../../../src/api/contract.ts';
import type { TreeRow } from '../../widgets/tree-row.tsx';

/** Levels that were asked for, by path; the root is the empty path. */
export type Levels = ReadonlyMap<string, TreeAnswer | 'asked' | 'failed'>;

/** Nodes that stand open for a target to be seen in the tree: all above its name, or above the first part that is a pattern. */
export function branchesAbove(target: string): string[] {
  if (/[(),;\s]/.test(target)) return [];
  const parts = target.split('.').slice(0, -1);
  const pattern = parts.findIndex((part) => /[*?[\]{}]/.test(part));
  const fixed = pattern < 0 ? parts : parts.slice(0, pattern);
  return fixed.map((_, i) => fixed.slice(0, i + 1).join('.'));
}

/** The visible rows of the lazily read tree. */
export function levelRows(levels: Levels, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (path: string, depth: number): void => {
    const level = levels.get(path);
    if (level === undefined || level === 'asked') return;
    if (level === 'failed') {
      rows.push({ id: `${path}!`, text: 'Heed does not answer', depth, leaf: false, branch: false, open: false, count: 0, note: true });
      return;
    }
    for (const node of level.nodes) {
      const isOpen = node.branch && open.has(node.path);
      rows.push({ id: node.path, text: node.text, depth, leaf: node.leaf, branch: node.branch, open: isOpen, count: node.count });
      if (isOpen) add(node.path, depth + 1);
    }
    const more = level.total - level.nodes.length;
    if (more > 0) rows.push({ id: `${path}…`, text: `${more} more; search finds them`, depth, leaf: false, branch: false, open: false, count: 0, note: true });
  };
  add('', 0);
  return rows;
}

/** Characters that fit a row of the pane. */
const WIDTH = 24;

interface Found {
  text: string;
  path: string;
  leaf: boolean;
  count: number;
  children: Map<string, Found>;
}

/** Found names as a tree, all open but what `closed` says; a node with one child shares its row while that fits. */
export function foundRows(found: SearchAnswer, closed: ReadonlySet<string>): TreeRow[] {
  const root: Found = { text: '', path: '', leaf: false, count: 0, children: new Map() };
  for (const { name } of found.series) {
    const [path, ...tags] = name.split(';');
    const nodes = path.split('.');
    if (tags.length > 0) nodes[nodes.length - 1] += `;${tags.join(';')}`;
    let at = root;
    for (const text of nodes) {
      at.count++;
      const below: Found = at.children.get(text) ?? { text, path: at.path === '' ? text : `${at.path}.${text}`, leaf: false, count: 0, children: new Map() };
      at.children.set(text, below);
      at = below;
    }
    at.leaf = true;
  }
  const rows: TreeRow[] = [];
  const add = (node: Found, depth: number): void => {
    let shown = node;
    let text = node.text;
    while (!shown.leaf && shown.children.size === 1) {
      const [only] = shown.children.values();
      if (text.length + only.text.length > WIDTH - 2 * depth) break;
      shown = only;
      text += `.${only.text}`;
    }
    const branch = shown.children.size > 0;
    const open = branch && !closed.has(shown.path);
    rows.push({ id: shown.path, text, depth, leaf: shown.leaf, branch, open, count: shown.count });
    if (open) for (const child of shown.children.values()) add(child, depth + 1);
  };
  for (const child of root.children.values()) add(child, 0);
  if (found.more) rows.push({ id: '…', text: 'More match; add a word', depth: 0, leaf: false, branch: false, open: false, count: 0, note: true });
  return rows;
}
