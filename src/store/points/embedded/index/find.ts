import { compileGlob, splitGlob, type Glob } from '../../../../core/glob.ts';
import type { TreeNode } from '../../points-store.ts';
import { positionOf } from './arena.ts';
import { byText } from './best.ts';
import { ROOT, type NameTree } from './name-tree.ts';

const UNKNOWN = 0;
const YES = 1;
const NO = 2;
const FEW = 64;

/** One level of a path glob against one tree: segments to look up, or a glob with what is known about each segment. */
interface Level {
  any: boolean;
  segments: number[] | undefined;
  glob: Glob;
  verdicts: Uint8Array;
}

/**
 * Visits the live nodes that match a path glob, each once, until `visit` says no.
 * @throws HeedError `bad_glob` or `too_many_braces`
 */
export function walkGlob(tree: NameTree, path: string, visit: (node: number) => boolean): void {
  const paths = splitGlob(path);
  const seen = paths.length > 1 ? new Set<number>() : undefined;
  for (const globs of paths) {
    walkLevels(tree, globs, (node) => {
      if (seen?.has(node)) return true;
      seen?.add(node);
      return visit(node);
    });
  }
}

/** Visits the live nodes that match one glob per level, in the order of their segments, until `visit` says no. */
function walkLevels(tree: NameTree, globs: string[], visit: (node: number) => boolean): void {
  const levels = globs.map((glob) => compileLevel(tree, glob));
  if (levels.every(({ segments }) => segments?.length !== 0)) walk(tree, levels, visit);
}

function compileLevel(tree: NameTree, pattern: string): Level {
  const { segments } = tree;
  const glob = compileGlob(pattern);
  const known = glob.literals?.map((text) => segments.findText(text)).filter((segment) => segment >= 0);
  return {
    any: glob.any,
    segments: known?.toSorted((a, b) => segments.compare(a, b)),
    glob,
    verdicts: new Uint8Array(known || glob.any ? 0 : segments.count),
  };
}

function walk(tree: NameTree, levels: Level[], visit: (node: number) => boolean): void {
  const step = (node: number, depth: number): boolean => {
    const last = depth === levels.length - 1;
    for (const child of matchingChildren(tree, levels[depth], node)) if (!(last ? visit(child) : step(child, depth + 1))) return false;
    return true;
  };
  step(ROOT, 0);
}

/** Live children that match, in order. Many have the tree put its own children in order, so that the next question finds them so. */
function matchingChildren(tree: NameTree, level: Level, node: number): number[] {
  const { counts, segmentOf, segments } = tree;
  if (level.segments) return level.segments.map((segment) => tree.child(node, segment)).filter((child) => child >= 0 && counts[child] > 0);
  const children = listChildren(tree, level, node);
  if (children.length <= FEW) return children.toSorted((a, b) => segments.compare(segmentOf[a], segmentOf[b]));
  return tree.sortChildren(node) ? listChildren(tree, level, node) : children;
}

function listChildren(tree: NameTree, level: Level, node: number): number[] {
  const { firstChildren, nextSiblings, segmentOf, counts } = tree;
  const children: number[] = [];
  for (let child = firstChildren[node]; child !== 0; child = nextSiblings[child]) {
    if (counts[child] > 0 && (level.any || matches(tree, level, segmentOf[child]))) children.push(child);
  }
  return children;
}

function matches({ segments }: NameTree, { glob, verdicts }: Level, segment: number): boolean {
  if (verdicts[segment] === UNKNOWN) {
    const offset = segments.starts[segment];
    const at = positionOf(offset);
    verdicts[segment] = glob.matchesBytes(segments.arena.chunkOf(offset), at, at + segments.lengths[segment]) ? YES : NO;
  }
  return verdicts[segment] === YES;
}

/**
 * Nodes that match a glob, sorted by path. Of more than `limit` the first by their segments, except below a node with so many children
 * that they are not kept sorted.
 */
export function findNodes(tree: NameTree, glob: string, { limit, counts }: { limit: number; counts: boolean }): TreeNode[] {
  const found = new Set<number>();
  for (const globs of splitGlob(glob)) {
    let room = limit;
    if (limit > 0) walkLevels(tree, globs, (node) => found.add(node) && --room > 0);
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
