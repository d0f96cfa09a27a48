import { HeedError } from '../../../core/errors.ts';

const MAX_TEXT = 256 * 1024;
const MAX_RULES = 2000;
const MAX_ARGUMENT = 2000;

/** `!key:argument` as it was written. */
export interface WrittenMatcher {
  key: string;
  argument: string;
  negated: boolean;
}

/** Reads one rule from left to right; all errors name the line. */
export class RuleCursor {
  readonly #what: string;
  readonly #line: number;
  readonly #text: string;
  #at = 0;

  constructor(what: string, text: string, line: number) {
    this.#what = what;
    this.#text = text;
    this.#line = line;
  }

  fail(why: string): never {
    throw new HeedError('bad_rules', `cannot read ${this.#what}: line ${this.#line}: ${why}`);
  }

  /** Whether nothing but spaces or a comment is left. */
  get done(): boolean {
    this.#space();
    return this.#at >= this.#text.length || this.#text[this.#at] === '#';
  }

  /** What is left, shortened for an error. */
  get rest(): string {
    const rest = this.#text.slice(this.#at);
    return rest.length > 40 ? `${rest.slice(0, 40)}…` : rest;
  }

  /** Takes the text if it is next. */
  take(text: string): boolean {
    this.#space();
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  /** Takes what a sticky regex matches next. */
  match(pattern: RegExp): RegExpExecArray | undefined {
    this.#space();
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match ?? undefined;
  }

  /** Takes `[!]key:argument` if a key and a colon are next. */
  matcher(): WrittenMatcher | undefined {
    const match = this.match(/(!?)(?:([\w.-]+)|"([\w.:-]+)"):(?:"((?:[^"\\]|\\.)*)"|(\S*))/y);
    if (!match) return undefined;
    const [, negation, plainKey, quotedKey, quoted, plain] = match;
    if (plain === '') this.fail(`nothing follows '${match[0]}'`);
    if (plain?.startsWith('"')) this.fail(`the quotes of ${match[0].slice(0, 40)} are not closed`);
    const argument = quoted === undefined ? plain : unescape(quoted);
    if (argument.length > MAX_ARGUMENT) this.fail(`an argument is longer than ${MAX_ARGUMENT} characters`);
    return { key: plainKey ?? quotedKey, argument, negated: negation === '!' };
  }

  /** Takes a text in double quotes, in which `\"` is a quote and `\\` a backslash; other backslashes stay, for globs. */
  quoted(): string | undefined {
    const match = this.match(/"((?:[^"\\]|\\.)*)"/y);
    return match && unescape(match[1]);
  }

  #space(): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at++;
  }
}

function unescape(text: string): string {
  return text.replaceAll(/\\(["\\])/g, '$1');
}

/**
 * Cuts a text of rules into lines with a rule in them, one cursor each.
 * @throws HeedError `bad_rules` when there are too many
 */
export function ruleLines(what: string, text: string): RuleCursor[] {
  if (text.length > MAX_TEXT) throw new HeedError('bad_rules', `cannot read ${what}: they are longer than ${MAX_TEXT / 1024} KB; remove some`);
  const cursors: RuleCursor[] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const cursor = new RuleCursor(what, line, index + 1);
    if (cursor.done) continue;
    if (cursors.length === MAX_RULES) cursor.fail(`there are more than ${MAX_RULES} rules; remove some`);
    cursors.push(cursor);
  }
  return cursors;
}

/** Writes a matcher so that it is read back the same. */
export function writeMatcher({ key, argument, negated }: WrittenMatcher): string {
  return `${negated ? '!' : ''}${key}:${/^[^\s"#]+$/.test(argument) ? argument : quote(argument)}`;
}

export function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
