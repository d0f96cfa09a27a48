import { HeedError } from '../errors.ts';
import { Dfa } from './dfa.ts';
import { parseRegex } from './parse.ts';
import { Pike } from './pike.ts';
import { compileProgram } from './program.ts';

/** Where a regex matched, in UTF-16 units of the text. */
export interface RegexMatch {
  start: number;
  end: number;
  /** The whole match, then each group; undefined for a group that took no part. */
  groups: (string | undefined)[];
}

/** A regex that runs in time linear in the text, whatever a user wrote. */
export interface Regex {
  /** It matches somewhere. */
  search(text: string): boolean;
  /** It matches from the text's beginning on, as Python's `re.match`. */
  matchStart(text: string): boolean;
  /** `matchStart` of UTF-8, without making a string. */
  matchStartBytes(bytes: Uint8Array, start: number, end: number): boolean;
  /** The first match at or after `from`. */
  exec(text: string, from?: number): RegexMatch | undefined;
  /** Groups that have a name, by their number. */
  readonly names: ReadonlyMap<string, number>;
}

export interface RegexOptions {
  ignoreCase?: boolean;
  /**
   * Refuse to run with HeedError `too_many_steps` after so many steps in all (a step is some nanoseconds), for a question that must not
   * take long. Without it a call is only linear in its text.
   */
  maxSteps?: number;
}

/**
 * Compiles a regex in the subset that `parseRegex` describes.
 * @throws HeedError `bad_regex` saying what is wrong or not supported
 */
export function compileRegex(source: string, options: RegexOptions = {}): Regex {
  const { syntax, groups, names } = parseRegex(source, options.ignoreCase ?? false);
  const program = compileProgram(syntax);
  if (!program) throw new HeedError('bad_regex', `cannot read regex '${source.slice(0, 80)}': it is too large`);
  const maxSteps = options.maxSteps ?? Infinity;
  const pike = new Pike(program, groups, maxSteps);
  const exec = (text: string, from = 0): RegexMatch | undefined => {
    const slots = pike.run(text, from, false);
    if (!slots) return undefined;
    const parts = Array.from({ length: groups + 1 }, (_, i) => (slots[i * 2 + 1] < 0 ? undefined : text.slice(slots[i * 2], slots[i * 2 + 1])));
    return { start: slots[0], end: slots[1], groups: parts };
  };
  if (program.hasWordEdges) {
    const matchStart = (text: string): boolean => pike.run(text, 0, true) !== undefined;
    return {
      search: (text) => pike.run(text, 0, false) !== undefined,
      matchStart,
      matchStartBytes: (bytes, start, end) => matchStart(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString()),
      exec,
      names,
    };
  }
  const anywhere = new Dfa(program, false, maxSteps);
  const atStart = new Dfa(program, true, maxSteps);
  return {
    search: (text) => anywhere.matches(text),
    matchStart: (text) => atStart.matches(text),
    matchStartBytes: (bytes, start, end) => atStart.matchesBytes(bytes, start, end),
    exec,
    names,
  };
}
