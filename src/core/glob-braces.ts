import { HeedError } from './errors.ts';

/** Most paths or texts that braces may stand for. */
export const MAX_EXPANSIONS = 1000;
/** Characters read before an expansion is refused; bounds its time. */
const MAX_READ = 4_000_000;

/**
 * Where the class that begins at `[` ends (the index of its `]`), or -1 when it is no class. As in Python's fnmatch a `]` that
 * comes first belongs to the class; a class never spans a dot, since names are matched segment by segment.
 */
export function classEnd(text: string, open: number): number {
  let at = open + 1;
  if (text[at] === '!') at++;
  if (text[at] === ']') at++;
  const close = text.indexOf(']', at);
  const dot = text.indexOf('.', open);
  return dot >= 0 && dot < close ? -1 : close;
}

/** A brace that is closed: its edges and the commas of its own level. */
export interface Brace {
  open: number;
  close: number;
  commas: number[];
}

/** All closed braces by where they open. A brace that never closes is a letter; what follows it may still be one. */
export function findBraces(text: string): Map<number, Brace> {
  const found = new Map<number, Brace>();
  const open: Brace[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === '[') at = Math.max(at, classEnd(text, at));
    else if (char === '{') open.push({ open: at, close: -1, commas: [] });
    else if (char === ',') open.at(-1)?.commas.push(at);
    else if (char === '}') {
      const brace = open.pop();
      if (!brace) continue;
      brace.close = at;
      found.set(brace.open, brace);
    }
  }
  return found;
}

/** What stands between the commas of a brace. */
export function alternatives(text: string, { open, close, commas }: Brace): string[] {
  const edges = [open, ...commas, close];
  return edges.slice(1).map((edge, i) => text.slice(edges[i] + 1, edge));
}

function expand(path: string, wanted: (path: string, brace: Brace) => boolean): string[] {
  const done = new Set<string>();
  const open = [path];
  for (let read = 0; open.length > 0;) {
    const next = open.pop() as string;
    read += next.length;
    if (read > MAX_READ || done.size > MAX_EXPANSIONS)
      throw new HeedError('too_many_braces', `cannot expand '${path.slice(0, 80)}': its braces stand for more than ${MAX_EXPANSIONS} paths`);
    let first: Brace | undefined;
    for (const brace of findBraces(next).values()) if ((!first || brace.open < first.open) && wanted(next, brace)) first = brace;
    if (!first) done.add(next);
    else for (const part of alternatives(next, first).toReversed()) open.push(next.slice(0, first.open) + part + next.slice(first.close + 1));
  }
  return [...done];
}

/**
 * Every path that the braces of `path` stand for, in the order written: `a.{b,c.{d,e}}` is `a.b`, `a.c.d`, `a.c.e`. Other
 * wildcards stay as they are; a brace that never closes is a letter.
 * @throws HeedError `too_many_braces` above 1,000 paths
 */
export function expandBraces(path: string): string[] {
  return expand(path, () => true);
}

/**
 * Takes a path glob apart into one glob per level. Braces that span a dot make several paths; the others stay in their segment.
 * @throws HeedError `too_many_braces`
 */
export function splitGlob(path: string): string[][] {
  return expand(path, (text, { open, close }) => text.slice(open, close).includes('.')).map(splitLevels);
}

function splitLevels(path: string): string[] {
  const levels: string[] = [];
  let from = 0;
  for (let at = 0; at < path.length; at++) {
    if (path[at] === '\\' && path[at + 1] !== '.') at++;
    else if (path[at] === '.') {
      levels.push(path.slice(from, at));
      from = at + 1;
    }
  }
  levels.push(path.slice(from));
  return levels;
}
