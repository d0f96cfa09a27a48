import { HeedError } from '../../../../core/errors.ts';
import { compileGlob, splitGlob, type Glob } from '../../../../core/glob.ts';
import { positionOf } from './arena.ts';
import { ROOT, type NameTree } from './name-tree.ts';

const UNKNOWN = 0;
const YES = 1;
const NO = 2;
/** More matching children than this have the tree put its own in order, so that the next question finds them so. */
const FEW = 64;
/** How often all nodes may be looked at in one question, which only braces that span dots can ask for. */
const MAX_PASSES = 20;
const SPARE_STEPS = 1_000_000;

/** One level of a path glob: segments to look up, or a glob with what is known about each segment. */
interface Level {
  /** `**`: none, one or more levels of anything. */
  deep: boolean;
  any: boolean;
  segments: number[] | undefined;
  glob: Glob;
  /** By segment; made when the level is first reached. */
  verdicts: Uint8Array | undefined;
}

/** One question to a tree by a path glob; bounded in what it may look at. */
export class GlobWalk {
  readonly #tree: NameTree;
  readonly #glob: string;
  /** Equal globs of several levels or paths share what they learn about segments. */
  readonly #levels = new Map<string, Level>();
  #stepsLeft: number;

  constructor(tree: NameTree, glob: string) {
    this.#tree = tree;
    this.#glob = glob;
    this.#stepsLeft = tree.size * MAX_PASSES + SPARE_STEPS;
  }

  /**
   * Visits the live nodes that match: path by path that the glob's dotted braces stand for, and along each in the order of segments, until `visit`
   * says no, which ends that path. Paths may meet the same node.
   * @throws HeedError `bad_glob` or `too_many_braces`
   */
  run(visit: (node: number, path: number) => boolean): void {
    for (const [path, globs] of splitGlob(this.#glob).entries()) {
      // At the end `**` stands for all that is below, and twice in a row for no more than once.
      const parts = globs.at(-1) === '**' ? [...globs, '*'] : globs;
      const levels = parts.filter((glob, i) => glob !== '**' || parts[i - 1] !== '**').map((glob) => this.#level(glob));
      if (levels.every(({ segments }) => segments?.length !== 0)) this.#descend(ROOT, levels, 0, (node) => visit(node, path));
    }
  }

  #level(pattern: string): Level {
    let level = this.#levels.get(pattern);
    if (!level) {
      const { segments } = this.#tree;
      const glob = compileGlob(pattern);
      const known = glob.literals?.map((text) => segments.findText(text)).filter((segment) => segment >= 0);
      level = { deep: pattern === '**', any: glob.any, segments: known?.toSorted((a, b) => segments.compare(a, b)), glob, verdicts: undefined };
      this.#levels.set(pattern, level);
    }
    return level;
  }

  #descend(node: number, levels: Level[], depth: number, visit: (node: number) => boolean): boolean {
    const { segments, deep } = levels[depth];
    if (deep) {
      if (!this.#descend(node, levels, depth + 1, visit)) return false;
      for (const child of this.#matching(node, levels[depth])) if (!this.#descend(child, levels, depth, visit)) return false;
      return true;
    }
    if (!segments) {
      for (const child of this.#matching(node, levels[depth])) if (!this.#goOn(child, levels, depth, visit)) return false;
      return true;
    }
    this.#spend(segments.length);
    for (const segment of segments) {
      const child = this.#tree.child(node, segment);
      if (child >= 0 && this.#tree.counts[child] > 0 && !this.#goOn(child, levels, depth, visit)) return false;
    }
    return true;
  }

  #goOn(child: number, levels: Level[], depth: number, visit: (node: number) => boolean): boolean {
    return depth === levels.length - 1 ? visit(child) : this.#descend(child, levels, depth + 1, visit);
  }

  /** Live children that match, in order unless they are too many. */
  #matching(node: number, level: Level): number[] {
    const tree = this.#tree;
    const { segmentOf, segments } = tree;
    const children = this.#list(node, level);
    if (children.length <= FEW) return children.toSorted((a, b) => segments.compare(segmentOf[a], segmentOf[b]));
    return tree.sortChildren(node) ? this.#list(node, level) : children;
  }

  #list(node: number, level: Level): number[] {
    const { firstChildren, nextSiblings, segmentOf, counts } = this.#tree;
    const children: number[] = [];
    let steps = 0;
    for (let child = firstChildren[node]; child !== 0; child = nextSiblings[child], steps++) {
      if (counts[child] > 0 && (level.any || this.#fits(level, segmentOf[child]))) children.push(child);
    }
    this.#spend(steps);
    return children;
  }

  #fits(level: Level, segment: number): boolean {
    const { segments } = this.#tree;
    const verdicts = (level.verdicts ??= new Uint8Array(segments.count));
    if (verdicts[segment] === UNKNOWN) {
      const offset = segments.starts[segment];
      const at = positionOf(offset);
      verdicts[segment] = level.glob.matchesBytes(segments.arena.chunkOf(offset), at, at + segments.lengths[segment]) ? YES : NO;
    }
    return verdicts[segment] === YES;
  }

  #spend(steps: number): void {
    this.#stepsLeft -= steps;
    if (this.#stepsLeft < 0) throw new HeedError('bad_glob', `cannot match '${this.#glob.slice(0, 80)}': its braces make too many passes over all names`);
  }
}
