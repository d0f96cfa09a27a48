import type { TreeNode } from '../../points-store.ts';
import { byText } from './best.ts';
import { positionOf } from './arena.ts';
import { GlobWalk } from './glob-walk.ts';
import { ROOT, type NameTree } from './name-tree.ts';

const DOT = 0x2e;

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
  const numbers = [...found];
  const paths = pathsOf(tree, numbers);
  const nodes = numbers.map((node, i): TreeNode => {
    const path = paths[i];
    const leaf = tree.series[node] !== 0;
    const count = tree.counts[node];
    return { path, text: path.slice(path.lastIndexOf('.') + 1), leaf, branch: count > (leaf ? 1 : 0), count: counts ? count : 0 };
  });
  nodes.sort((a, b) => byText(a.path, b.path));
  return nodes.length > limit ? nodes.slice(0, limit) : nodes;
}

/** Full paths of nodes. Their bytes are read as text all at once, which is several times faster than one by one. */
function pathsOf({ parents, segments, segmentOf }: NameTree, nodes: readonly number[]): string[] {
  const { lengths, starts, arena } = segments;
  const ends = new Uint32Array(nodes.length);
  let bytes = 0;
  for (let i = 0; i < nodes.length; i++) {
    for (let at = nodes[i]; at !== ROOT; at = parents[at]) bytes += lengths[segmentOf[at]] + 1;
    ends[i] = bytes;
  }
  const all = Buffer.allocUnsafeSlow(bytes);
  for (let i = 0; i < nodes.length; i++) {
    let to = ends[i];
    for (let at = nodes[i]; at !== ROOT; at = parents[at]) {
      const segment = segmentOf[at];
      const start = starts[segment];
      const chunk = arena.chunkOf(start);
      const from = positionOf(start);
      all[--to] = DOT;
      for (let k = from + lengths[segment] - 1; k >= from; k--) all[--to] = chunk[k];
    }
  }
  const text = all.toString();
  const paths: string[] = [];
  // Where each byte is a character, the text can be cut at the bytes' ends.
  const ascii = text.length === bytes;
  for (let i = 0, from = 0; i < nodes.length; i++) {
    paths.push(ascii ? text.slice(from, ends[i] - 1) : all.toString('utf8', from, ends[i] - 1));
    from = ends[i];
  }
  return paths;
}
