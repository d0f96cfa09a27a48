import { compileGlob, splitGlob } from '../../core/glob.ts';
import type { Row } from '../../core/frame.ts';
import { HeedError } from '../../core/errors.ts';
import { compileRegex } from '../../core/regex/regex.ts';
import { Kind, Method } from '../../core/series.ts';
import { parseTagged, type TaggedName } from '../../core/tagged.ts';
import { windowOf } from '../rows/row.ts';
import type { PointsReader, ReadRequest, SeriesRef, TreeNode } from '../../store/points/points-store.ts';

/** A series for tests: values on a grid that begins at `start`. Times are milliseconds. */
export interface MemorySeries {
  name: string;
  step: number;
  start: number;
  values: readonly number[];
  kind?: Kind;
}

interface Known extends SeriesRef {
  series: MemorySeries;
  tags: Record<string, string>;
}

/** Series in memory behind the store's interface, so that the query path runs in tests without a store. */
export class MemoryReader implements PointsReader {
  /** How often `read` was called. */
  reads = 0;
  readonly #known: Known[];

  constructor(series: readonly MemorySeries[]) {
    this.#known = series
      .map((one, id) => ({ id, name: one.name, kind: one.kind ?? Kind.unknown, method: Method.average, series: one, tags: tagsOf(one.name) }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  async find(glob: string, options: { limit?: number } = {}): Promise<TreeNode[]> {
    const nodes = new Map<string, TreeNode>();
    for (const levels of splitGlob(glob)) {
      const matchers = levels.map((level) => compileGlob(level));
      for (const { name } of this.#known) {
        const parts = name.split('.');
        if (parts.length < levels.length || !matchers.every((matcher, i) => matcher.matches(parts[i]))) continue;
        const path = parts.slice(0, levels.length).join('.');
        const node = nodes.get(path) ?? { path, text: parts[levels.length - 1], leaf: false, branch: false, count: 0 };
        nodes.set(path, { ...node, leaf: node.leaf || path === name, branch: node.branch || path !== name });
      }
    }
    return [...nodes.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1)).slice(0, options.limit);
  }

  async select(selector: { glob: string } | { tags: string[] }, limit: number): Promise<SeriesRef[]> {
    if ('tags' in selector) return this.#byTags(selector.tags).slice(0, limit);
    const leaves = new Set((await this.find(selector.glob)).filter((node) => node.leaf).map((node) => node.path));
    return this.#known.filter(({ name }) => leaves.has(name)).slice(0, limit);
  }

  async search(words: string, limit: number): Promise<SeriesRef[]> {
    return this.#known.filter(({ name }) => words.split(' ').every((word) => name.includes(word))).slice(0, limit);
  }

  async names(afterId: number, limit: number): Promise<SeriesRef[]> {
    return this.#known
      .filter(({ id }) => id > afterId)
      .toSorted((a, b) => a.id - b.id)
      .slice(0, limit);
  }

  async tagKeys(expressions: string[], prefix: string, limit: number): Promise<string[]> {
    const keys = new Set(this.#byTags(expressions).flatMap(({ tags }) => Object.keys(tags)));
    return [...keys]
      .filter((key) => key.startsWith(prefix))
      .toSorted()
      .slice(0, limit);
  }

  async tagValues(expressions: string[], key: string, prefix: string, limit: number): Promise<string[]> {
    const values = new Set(this.#byTags(expressions).map(({ tags }) => tags[key] ?? ''));
    return [...values]
      .filter((value) => value !== '' && value.startsWith(prefix))
      .toSorted()
      .slice(0, limit);
  }

  async read({ series, from, until, maxPoints, fold }: ReadRequest): Promise<Row[]> {
    this.reads++;
    let points = 0;
    const rows = series.map(({ id }) => {
      const known = this.#known.find((one) => one.id === id) as Known;
      const row = rowOf(known, from, until);
      points += row.values.length;
      if (points > maxPoints) throw new HeedError('too_many_points', 'cannot read: too many points');
      return row;
    });
    const window = windowOf(rows);
    return fold ? rows.map((row) => fold(row, window)) : rows;
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  #byTags(expressions: readonly string[]): Known[] {
    const tests = expressions.map(readExpression);
    if (tests.length > 0 && !tests.some(({ test }) => !test('')))
      throw new HeedError('bad_tag_expression', 'cannot find series by tags: at least one expression must need a value');
    return this.#known.filter(({ tags }) => tests.every(({ key, test }) => test(tags[key] ?? '')));
  }
}

function tagsOf(name: string): Record<string, string> {
  const tagged: TaggedName = parseTagged(name) ?? { name, tags: [] };
  return { ...Object.fromEntries(tagged.tags), name: tagged.name };
}

function readExpression(expression: string): { key: string; test: (value: string) => boolean } {
  const [, key, operator, wanted] = /^([^=!]+)(!?=~?)([^]*)$/.exec(expression) ?? [];
  if (key === undefined) throw new HeedError('bad_tag_expression', `cannot read tag expression '${expression}'`);
  const regex = operator.endsWith('~') ? compileRegex(wanted) : undefined;
  const test = (value: string): boolean => (regex ? regex.matchStart(value) : value === wanted);
  return { key, test: operator.startsWith('!') ? (value) => !test(value) : test };
}

/** From exclusive, until inclusive, both floored to the step; at least one point. */
function rowOf({ name, series, tags }: Known, from: number, until: number): Row {
  const { step } = series;
  const start = Math.floor(from / step) * step + step;
  const end = Math.max(start + step, Math.floor(until / step) * step + step);
  const values = new Float64Array((end - start) / step);
  for (let i = 0; i < values.length; i++) values[i] = series.values[(start - series.start) / step + i] ?? NaN;
  return { name, path: name, tags: { ...tags }, start, step, values, consolidate: 'sum', xFilesFactor: 0.5 };
}
