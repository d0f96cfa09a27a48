import { HeedError } from './errors.ts';
import { alternatives, classEnd, expandBraces, findBraces, MAX_EXPANSIONS } from './glob-braces.ts';
import { ANY, charSet, negate } from './regex/char-set.ts';
import { Dfa } from './regex/dfa.ts';
import { compileProgram } from './regex/program.ts';
import { Assertion, literalSyntax, type Syntax } from './regex/syntax.ts';

export { expandBraces, splitGlob } from './glob-braces.ts';

/** One level of a Graphite path glob, ready to match. */
export interface Glob {
  /** All texts that match, when they can be listed; then a look-up beats matching. */
  readonly literals: readonly string[] | undefined;
  /** Everything matches (`*`). */
  readonly any: boolean;
  matches(text: string): boolean;
  /** `matches` of UTF-8; bytes that are none read as U+FFFD, as they are displayed. */
  matchesBytes(bytes: Uint8Array, start: number, end: number): boolean;
}

const MAX_DEPTH = 50;
const MAX_STEPS = 20_000_000;

/** Whether a text means more than itself in a glob. */
function hasWildcards(text: string): boolean {
  return /[*?[{\\]/.test(text);
}

/**
 * Compiles one segment of a path glob: `*` any text, `?` one character, `[a-z]` and `[!a-z]` one of (not) these, `{a,b*}` one of
 * these globs, `\x` the letter x. It runs in time linear in the text. As in Graphite's fnmatch an unclosed bracket is a letter; beyond
 * it, a text that is written exactly as the glob matches too, so that a series called `load[1]` can be asked for by its name.
 * @throws HeedError `bad_glob` when it is too large
 */
export function compileGlob(pattern: string): Glob {
  const literals = listLiterals(pattern);
  if (/^\*+$/.test(pattern)) return { literals: undefined, any: true, matches: () => true, matchesBytes: () => true };
  let dfa: Dfa | undefined;
  // Literals are mostly looked up, so the matcher is built when it is first wanted.
  const matcher = (): Dfa => (dfa ??= compileMatcher(pattern));
  if (!literals) matcher();
  return {
    literals,
    any: false,
    matches: (text) => matcher().matches(text),
    matchesBytes: (bytes, start, end) => matcher().matchesBytes(bytes, start, end),
  };
}

function compileMatcher(pattern: string): Dfa {
  const globbed = parse(pattern, pattern, 0);
  const either: Syntax = hasWildcards(pattern) ? { type: 'choice', parts: [globbed, literalSyntax(pattern)] } : globbed;
  const program = compileProgram({ type: 'sequence', parts: [either, { type: 'assert', at: Assertion.end }] });
  if (!program) refuse(pattern, 'it is too large');
  return new Dfa(program, true, MAX_STEPS);
}

function refuse(pattern: string, why: string): never {
  throw new HeedError('bad_glob', `cannot read glob '${pattern.length > 80 ? `${pattern.slice(0, 80)}…` : pattern}': ${why}`);
}

function listLiterals(pattern: string): string[] | undefined {
  // U+FFFD may stand for any bytes that are no UTF-8; only matching finds those.
  if (pattern.includes('\uFFFD')) return undefined;
  if (!hasWildcards(pattern)) return [pattern];
  if (/[*?[\\]/.test(pattern) || pattern.split(',').length > MAX_EXPANSIONS) return undefined;
  try {
    return [...new Set([...expandBraces(pattern), pattern])];
  } catch {
    return undefined;
  }
}

function parse(text: string, whole: string, depth: number): Syntax {
  if (depth > MAX_DEPTH) refuse(whole, `braces are nested deeper than ${MAX_DEPTH}`);
  const parts: Syntax[] = [];
  const braces = findBraces(text);
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    const end = char === '[' ? classEnd(text, at) : -1;
    const brace = braces.get(at);
    if (char === '*') parts.push({ type: 'repeat', part: { type: 'set', set: ANY }, min: 0, max: Infinity, greedy: true });
    else if (char === '?') parts.push({ type: 'set', set: ANY });
    else if (end >= 0) {
      parts.push({ type: 'set', set: parseClass(text.slice(at + 1, end)) });
      at = end;
    } else if (brace) {
      parts.push({ type: 'choice', parts: alternatives(text, brace).map((part) => parse(part, whole, depth + 1)) });
      at = brace.close;
    } else {
      if (char === '\\' && at + 1 < text.length) at++;
      const code = text.codePointAt(at) as number;
      if (code > 0xffff) at++;
      parts.push({ type: 'set', set: [code, code] });
    }
  }
  return { type: 'sequence', parts };
}

function parseClass(body: string): readonly number[] {
  const negated = body.startsWith('!');
  const codes = Array.from(negated ? body.slice(1) : body, (char) => char.codePointAt(0) as number);
  const ranges: number[] = [];
  for (let i = 0; i < codes.length; i++) {
    const isRange = codes[i + 1] === 0x2d && i + 2 < codes.length;
    ranges.push(codes[i], isRange ? codes[i + 2] : codes[i]);
    if (isRange) i += 2;
  }
  return negated ? negate(charSet(ranges)) : charSet(ranges);
}
