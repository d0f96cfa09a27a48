import { HeedError } from '../errors.ts';
import { charSet, DIGIT, foldCase, negate, NOT_NEWLINE, SPACE, WORD, type CharSet } from './char-set.ts';
import { Assertion, type Syntax } from './syntax.ts';

/** A parsed regex: its syntax and what its groups are called. */
export interface ParsedRegex {
  syntax: Syntax;
  /** Capturing groups, the whole match not counted. */
  groups: number;
  names: Map<string, number>;
}

const MAX_SOURCE = 20_000;
const MAX_DEPTH = 100;
const MAX_GROUPS = 50;
const MAX_REPEAT = 1000;
const CLASS_ESCAPES: Record<string, CharSet> = { d: DIGIT, w: WORD, s: SPACE, D: negate(DIGIT), W: negate(WORD), S: negate(SPACE) };
const CHAR_ESCAPES: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13, a: 7, 0: 0 };
const ASSERT_ESCAPES: Record<string, Assertion> = {
  b: Assertion.wordEdge,
  B: Assertion.notWordEdge,
  A: Assertion.start,
  Z: Assertion.end,
  z: Assertion.end,
};

/**
 * Parses what Python's and JavaScript's regexes have in common and a linear-time matcher can run: literals, `.`, classes, `* + ? {m,n}`
 * greedy and lazy, `|`, groups (named too), `^ $ \b \A \Z`, a leading `(?i)`.
 * @throws HeedError `bad_regex` saying what is wrong or not supported
 */
export function parseRegex(source: string, ignoreCase: boolean): ParsedRegex {
  return new Parser(source, ignoreCase).parse();
}

class Parser {
  readonly #source: string;
  #ignoreCase: boolean;
  #at = 0;
  #groups = 0;
  #depth = 0;
  readonly #names = new Map<string, number>();

  constructor(source: string, ignoreCase: boolean) {
    this.#source = source;
    this.#ignoreCase = ignoreCase;
  }

  parse(): ParsedRegex {
    if (this.#source.length > MAX_SOURCE) this.#fail(`it is longer than ${MAX_SOURCE} characters`);
    if (this.#take('(?i)')) this.#ignoreCase = true;
    const syntax = this.#choice();
    if (this.#at < this.#source.length) this.#fail("')' closes nothing");
    return { syntax, groups: this.#groups, names: this.#names };
  }

  #fail(why: string): never {
    const shown = this.#source.length > 80 ? `${this.#source.slice(0, 80)}…` : this.#source;
    throw new HeedError('bad_regex', `cannot read regex '${shown}': ${why}`);
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #find(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#source);
    if (found) this.#at += found[0].length;
    return found;
  }

  #choice(): Syntax {
    const parts = [this.#sequence()];
    while (this.#take('|')) parts.push(this.#sequence());
    return parts.length === 1 ? parts[0] : { type: 'choice', parts };
  }

  #sequence(): Syntax {
    const parts: Syntax[] = [];
    while (this.#at < this.#source.length && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')') parts.push(this.#quantified());
    return { type: 'sequence', parts };
  }

  #quantified(): Syntax {
    const part = this.#atom();
    const range = this.#quantifier();
    if (!range) return part;
    if (part.type === 'assert') this.#fail('there is nothing to repeat');
    if (range.max < range.min) this.#fail('a repeat ends before it starts');
    if (range.min > MAX_REPEAT || (range.max !== Infinity && range.max > MAX_REPEAT)) this.#fail(`a repeat is above ${MAX_REPEAT}`);
    const greedy = !this.#take('?');
    if (this.#take('+')) this.#fail('possessive repeats are not supported');
    if (this.#quantifier()) this.#fail('a repeat is repeated');
    return { type: 'repeat', part, ...range, greedy };
  }

  #quantifier(): { min: number; max: number } | undefined {
    if (this.#take('*')) return { min: 0, max: Infinity };
    if (this.#take('+')) return { min: 1, max: Infinity };
    if (this.#take('?')) return { min: 0, max: 1 };
    const found = this.#find(/\{(?:(\d+)(?:(,)(\d*))?|,(\d+))\}/y);
    if (!found) return undefined;
    if (found[4] !== undefined) return { min: 0, max: Number(found[4]) };
    const min = Number(found[1]);
    return { min, max: found[2] === undefined ? min : found[3] === '' ? Infinity : Number(found[3]) };
  }

  #atom(): Syntax {
    if (this.#take('(')) return this.#group();
    if (this.#take('[')) return { type: 'set', set: this.#class() };
    if (this.#take('.')) return { type: 'set', set: NOT_NEWLINE };
    if (this.#take('^')) return { type: 'assert', at: Assertion.start };
    if (this.#take('$')) return { type: 'assert', at: Assertion.end };
    if (this.#take('\\')) return this.#escape();
    if ('*+?'.includes(this.#source[this.#at])) this.#fail('there is nothing to repeat');
    return this.#char(this.#next());
  }

  #char(code: number): Syntax {
    return { type: 'set', set: this.#ignoreCase ? foldCase([code, code]) : [code, code] };
  }

  #next(): number {
    const code = this.#source.codePointAt(this.#at) as number;
    this.#at += code > 0xffff ? 2 : 1;
    return code;
  }

  #group(): Syntax {
    if (++this.#depth > MAX_DEPTH) this.#fail(`groups are nested deeper than ${MAX_DEPTH}`);
    let index = 0;
    if (!this.#take('?:')) {
      const named = this.#find(/\?P?<([A-Za-z_]\w*)>/y);
      if (!named) this.#refuseSpecial();
      index = ++this.#groups;
      if (index > MAX_GROUPS) this.#fail(`there are more than ${MAX_GROUPS} groups`);
      if (named) this.#names.set(named[1], index);
    }
    const part = this.#choice();
    if (!this.#take(')')) this.#fail("a '(' is not closed");
    this.#depth--;
    return index === 0 ? part : { type: 'group', part, index };
  }

  #refuseSpecial(): void {
    if (this.#find(/\?<?[=!]/y)) this.#fail('looking ahead or behind is not supported');
    if (this.#take('?P=')) this.#fail('back-references are not supported');
    if (this.#take('?')) this.#fail("this kind of group '(?' is not supported");
  }

  #escape(): Syntax {
    const char = this.#source[this.#at];
    if (char in ASSERT_ESCAPES) {
      this.#at++;
      return { type: 'assert', at: ASSERT_ESCAPES[char] };
    }
    const escaped = this.#escapedSet();
    return typeof escaped === 'number' ? this.#char(escaped) : { type: 'set', set: escaped };
  }

  /** What follows a backslash, in and outside of classes: one code point or a class. */
  #escapedSet(): number | CharSet {
    if (this.#at >= this.#source.length) this.#fail('it ends with a backslash');
    const hex = this.#find(/x([\da-fA-F]{2})|u([\da-fA-F]{4})/y);
    if (hex) return Number.parseInt(hex[1] ?? hex[2], 16);
    const code = this.#next();
    const char = String.fromCodePoint(code);
    if (Object.hasOwn(CLASS_ESCAPES, char)) return CLASS_ESCAPES[char];
    if (Object.hasOwn(CHAR_ESCAPES, char)) return CHAR_ESCAPES[char];
    if (/[1-9k]/.test(char)) this.#fail('back-references are not supported');
    if (/[a-zA-Z]/.test(char)) this.#fail(`\\${char} is not supported`);
    return code;
  }

  #class(): CharSet {
    const negated = this.#take('^');
    const ranges: number[] = [];
    for (let first = true; first || !this.#take(']'); first = false) {
      if (this.#at >= this.#source.length) this.#fail("a '[' is not closed");
      const from = this.#classItem();
      if (typeof from !== 'number') ranges.push(...from);
      else if (this.#source[this.#at] !== '-' || this.#source[this.#at + 1] === ']' || this.#at + 1 >= this.#source.length) ranges.push(from, from);
      else {
        this.#at++;
        const to = this.#classItem();
        if (typeof to !== 'number' || to < from) this.#fail('a range in a class is not in order');
        ranges.push(from, to);
      }
    }
    const set = this.#ignoreCase ? foldCase(charSet(ranges)) : charSet(ranges);
    return negated ? negate(set) : set;
  }

  #classItem(): number | CharSet {
    if (!this.#take('\\')) return this.#next();
    return this.#take('b') ? 8 : this.#escapedSet();
  }
}
