import { alternatives, findBraces } from '../../../core/glob-braces.ts';
import { ANY, charSet, foldCase, negate, type CharSet } from '../../../core/regex/char-set.ts';
import { Dfa } from '../../../core/regex/dfa.ts';
import { compileProgram } from '../../../core/regex/program.ts';
import { Assertion, type Syntax } from '../../../core/regex/syntax.ts';

/** Work of building a matcher, in steps of some nanoseconds; a text that needs more is not matched. Real globs need some thousands. */
const MAX_STEPS = 20_000_000;
const MAX_DEPTH = 20;

export interface GlobOptions {
  /** `*`, `?` and classes stop at `/`, only `**` goes on; backslashes are slashes; a path without a leading slash may have one. */
  path?: boolean;
  ignoreCase?: boolean;
}

/**
 * Compiles a glob of the rules: `*` any text, `?` one character, `[a-z]` and `[!a-z]` one of (not) these, `{a,b}` one of these globs,
 * `\x` the letter x, and in a path `**` any folders. Time is linear in the text. A bracket or brace that is not closed is a letter.
 * Undefined when it is too large.
 */
export function compileRuleGlob(pattern: string, { path = false, ignoreCase = path }: GlobOptions = {}): ((text: string) => boolean) | undefined {
  const glob = path ? pattern.replaceAll('\\', '/') : pattern;
  const plain = ignoreCase ? glob.toLowerCase() : glob;
  const match = quickMatch(plain, path) ?? slowMatch(glob, path, ignoreCase);
  if (!match) return undefined;
  if (!path) return ignoreCase ? (text) => match(text.toLowerCase()) : match;
  return (text) => {
    const slashed = slashedOf(text);
    return match(slashed) || (!slashed.startsWith('/') && match(`/${slashed}`));
  };
}

let lastPath = '';
let lastSlashed = '';

/** A path is asked of many globs, one after the other. */
function slashedOf(path: string): string {
  if (path === lastPath) return lastSlashed;
  lastPath = path;
  lastSlashed = path.replaceAll('\\', '/').toLowerCase();
  return lastSlashed;
}

/** Most globs are a word with a star before it, behind it, or none; those need no automaton. */
function quickMatch(glob: string, path: boolean): ((text: string) => boolean) | undefined {
  const star = path ? '**' : '*';
  const open = glob.startsWith(star) ? star.length : 0;
  const close = glob.length > open && glob.endsWith(star) ? star.length : 0;
  const word = glob.slice(open, glob.length - close);
  if (/[*?[{\\]/.test(word)) return undefined;
  if (open === 0 && close === 0) return (text) => text === word;
  // `**/` may stand for no folder: the slash that it needs then is the one that is put before a path.
  if (path && open > 0 && word.startsWith('//')) return undefined;
  if (open > 0 && close > 0) return (text) => text.includes(word);
  return open > 0 ? (text) => text.endsWith(word) : (text) => text.startsWith(word);
}

function slowMatch(glob: string, path: boolean, ignoreCase: boolean): ((text: string) => boolean) | undefined {
  const parts = parseGlob(ignoreCase ? glob.toLowerCase() : glob, { path, ignoreCase }, '/', 0);
  if (!parts) return undefined;
  const program = compileProgram({ type: 'sequence', parts: [...parts, { type: 'assert', at: Assertion.end }] });
  if (!program) return undefined;
  let dfa = new Dfa(program, true, MAX_STEPS);
  return (text) => {
    try {
      return dfa.matches(text);
    } catch {
      dfa = new Dfa(program, true, MAX_STEPS);
      return false;
    }
  };
}

/** `before` is the character that stands before it; undefined when braces are nested too deeply. */
function parseGlob(glob: string, options: Required<GlobOptions>, before: string, depth: number): Syntax[] | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const { path, ignoreCase } = options;
  const braces = findBraces(glob);
  const inFolder: CharSet = path ? negate([47, 47]) : ANY;
  const parts: Syntax[] = [];
  const any = (set: CharSet): Syntax => ({ type: 'repeat', part: { type: 'set', set }, min: 0, max: Infinity, greedy: true });
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at];
    const brace = braces.get(at);
    const close = char === '[' ? glob.indexOf(']', at + (glob[at + 1] === '!' ? 3 : 2)) : -1;
    if (char === '*' && path && glob[at + 1] === '*') {
      const previous = at === 0 ? before : glob[at - 1];
      while (glob[at + 1] === '*') at++;
      const wholeFolders = previous === '/' && glob[at + 1] === '/';
      if (wholeFolders) {
        at++;
        parts.push({ type: 'repeat', part: { type: 'sequence', parts: [any(ANY), { type: 'set', set: [47, 47] }] }, min: 0, max: 1, greedy: true });
      } else parts.push(any(ANY));
    } else if (char === '*') parts.push(any(inFolder));
    else if (char === '?') parts.push({ type: 'set', set: inFolder });
    else if (close > 0) {
      parts.push({ type: 'set', set: parseClass(glob.slice(at + 1, close), ignoreCase) });
      at = close;
    } else if (brace) {
      const choices = alternatives(glob, brace).map((part) => parseGlob(part, options, at === 0 ? before : glob[at - 1], depth + 1));
      if (choices.includes(undefined)) return undefined;
      parts.push({ type: 'choice', parts: choices.map((parts) => ({ type: 'sequence', parts: parts ?? [] })) });
      at = brace.close;
    } else {
      if (char === '\\' && at + 1 < glob.length) at++;
      const code = glob.codePointAt(at) as number;
      if (code > 0xffff) at++;
      parts.push({ type: 'set', set: [code, code] });
    }
  }
  return parts;
}

function parseClass(body: string, ignoreCase: boolean): CharSet {
  const negated = body.startsWith('!');
  const codes = Array.from(negated ? body.slice(1) : body, (char) => char.codePointAt(0) as number);
  const ranges: number[] = [];
  for (let i = 0; i < codes.length; i++) {
    const isRange = codes[i + 1] === 0x2d && i + 2 < codes.length;
    ranges.push(codes[i], isRange ? codes[i + 2] : codes[i]);
    if (isRange) i += 2;
  }
  const set = ignoreCase ? foldCase(charSet(ranges)) : charSet(ranges);
  return negated ? negate(set) : set;
}
