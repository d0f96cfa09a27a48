import type { TreeNode } from '../../points-store.ts';
import { byText } from './best.ts';
import { GlobWalk } from './glob-walk.ts';
import { ROOT, type NameTree } from './name-tree.ts';

/**
 * Nodes that match a glob, sorted by path. Of more than `limit` the first by their segments, except below a node with so many children
 * that they are not kept sorted.
 */
export function findNodes(tree: NameTree, glob: string, { limit, counts }: { limit: number; counts: boolean }): TreeNode[] {
  const found = new Set<number>();
  const taken: number[] = [];
  if (limit > 0) {
    new GlobWalk(tree, glob).run((node, path) => {
      found.add(node);
      taken[path] = (taken[path] ?? 0) + 1;
      return taken[path] < limit;
    });
  }
  const prefixes = new Map<number, string>([[ROOT, '']]);
  const prefixOf = (node: number): string => {
    let prefix = prefixes.get(node);
    if (prefix === undefined) {
      prefix = `${prefixOf(tree.parents[node])}${tree.segments.text(tree.segmentOf[node])}.`;
      prefixes.set(node, prefix);
    }
    return prefix;
  };
  const nodes = Array.from(found, (node): TreeNode => {
    const text = tree.segments.text(tree.segmentOf[node]);
    const leaf = tree.series[node] !== 0;
    const count = tree.counts[node];
    return { path: prefixOf(tree.parents[node]) + text, text, leaf, branch: count > (leaf ? 1 : 0), count: counts ? count : 0 };
  });
  return nodes.toSorted((a, b) => byText(a.path, b.path)).slice(0, limit);
}
