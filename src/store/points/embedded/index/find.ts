import { compileGlob, splitGlob, type Glob } from '../../../../core/glob.ts';
import type { TreeNode } from '../../points-store.ts';
import { positionOf } from './arena.ts';
import { Best, byText } from './best.ts';
import { ROOT, type NameTree } from './name-tree.ts';

const UNKNOWN = 0;
const YES = 1;
const NO = 2;
const DOT = 0x2e;

/** One level of a path glob against one tree: segments to look up, or a glob with what is known about each segment. */
interface Level {
  any: boolean;
  segments: number[] | undefined;
  glob: Glob;
  verdicts: Uint8Array;
}

/**
 * Visits every live node that matches a path glob, each once, in no order.
 * @throws HeedError `bad_glob` or `too_many_braces`
 */
export function walkGlob(tree: NameTree, path: string, visit: (node: number) => void): void {
  const paths = splitGlob(path);
  const seen = paths.length > 1 ? new Set<number>() : undefined;
  for (const globs of paths) {
    walkLevels(tree, globs, (node) => {
      if (seen?.has(node)) return;
      seen?.add(node);
      visit(node);
    });
  }
}

/** Visits every live node that matches one glob per level. */
function walkLevels(tree: NameTree, globs: string[], visit: (node: number) => void): void {
  const levels = globs.map((glob) => compileLevel(tree, glob));
  if (levels.every(({ segments }) => segments?.length !== 0)) walk(tree, levels, visit);
}

function compileLevel(tree: NameTree, pattern: string): Level {
  const glob = compileGlob(pattern);
  const segments = glob.literals?.map((text) => tree.segments.findText(text)).filter((segment) => segment >= 0);
  return { any: glob.any, segments, glob, verdicts: new Uint8Array(segments || glob.any ? 0 : tree.segments.count) };
}

function walk(tree: NameTree, levels: Level[], visit: (node: number) => void): void {
  const { firstChildren, nextSiblings, segmentOf, counts } = tree;
  const step = (node: number, depth: number): void => {
    const level = levels[depth];
    const last = depth === levels.length - 1;
    if (level.segments) {
      for (const segment of level.segments) {
        const child = tree.child(node, segment);
        if (child < 0 || counts[child] === 0) continue;
        if (last) visit(child);
        else step(child, depth + 1);
      }
      return;
    }
    for (let child = firstChildren[node]; child !== 0; child = nextSiblings[child]) {
      if (counts[child] === 0 || !(level.any || matches(tree, level, segmentOf[child]))) continue;
      if (last) visit(child);
      else step(child, depth + 1);
    }
  };
  step(ROOT, 0);
}

function matches({ segments }: NameTree, { glob, verdicts }: Level, segment: number): boolean {
  if (verdicts[segment] === UNKNOWN) {
    const offset = segments.starts[segment];
    const at = positionOf(offset);
    verdicts[segment] = glob.matchesBytes(segments.arena.chunkOf(offset), at, at + segments.lengths[segment]) ? YES : NO;
  }
  return verdicts[segment] === YES;
}

/** The first `limit` nodes that match a glob, sorted by path. */
export function findNodes(tree: NameTree, glob: string, { limit, counts }: { limit: number; counts: boolean }): TreeNode[] {
  const found = new Set<number>();
  for (const globs of splitGlob(glob)) {
    const best = new Best<number>(limit, (a, b) => comparePaths(tree, a, b));
    walkLevels(tree, globs, (node) => best.offer(node));
    for (const node of best.take()) found.add(node);
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

/** Order of the paths of two nodes of one depth, without writing them out. */
function comparePaths({ parents, segmentOf, segments }: NameTree, a: number, b: number): number {
  let left = a;
  let right = b;
  while (parents[left] !== parents[right]) {
    left = parents[left];
    right = parents[right];
  }
  const order = segments.compare(segmentOf[left], segmentOf[right]);
  if (left === a) return order;
  // Above the last level a dot follows, and some letters come before it.
  const short = order < 0 ? segmentOf[left] : segmentOf[right];
  const long = order < 0 ? segmentOf[right] : segmentOf[left];
  const length = segments.lengths[short];
  if (length >= segments.lengths[long] || !segments.startsWith(long, short)) return order;
  return segments.byte(long, length) < DOT ? -order : order;
}
