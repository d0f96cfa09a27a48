/** For patterns: no letter, digit or underscore follows. */
export const WORD_ENDS = String.raw`(?![\p{L}\p{N}_])`;

/**
 * A text while its values are looked for, from left to right. Finders answer where a value that begins at `at` ends, or `at` if there
 * is none. What one learned of a run of characters it notes here, so that no run is read again from each of its characters.
 */
export class ValueText {
  readonly text: string;
  /** Up to here no e-mail address begins. */
  noEmailBefore = 0;
  /** Up to here no host name begins. */
  noHostBefore = 0;
  readonly #digits = new Runs(isDigit);
  readonly #fraction = new Runs(isDigit);
  readonly #hex = new Runs(isHex);

  constructor(text: string) {
    this.text = text;
  }

  code(at: number): number {
    return this.text.charCodeAt(at);
  }

  /** Whether there is a word's edge before the character at `at`, as `\b` of Python. */
  edge(at: number): boolean {
    return this.word(at - 1) !== this.word(at);
  }

  /** A letter, digit or underscore of any script. */
  word(at: number): boolean {
    const code = this.text.charCodeAt(at);
    if (code < 128) return isDigit(code) || isLetter(code) || code === 95;
    return code > 127 && /[\p{L}\p{N}]/u.test(this.text[at]);
  }

  /** Where the digits at `at` end. */
  digitsEnd(at: number): number {
    return this.#digits.end(this.text, at);
  }

  /** `digitsEnd` behind a point, so that what is known of the digits before it stays. */
  fractionEnd(at: number): number {
    return this.#fraction.end(this.text, at);
  }

  /** Where the hex digits at `at`, of either case, end. */
  hexEnd(at: number): number {
    return this.#hex.end(this.text, at);
  }

  /** Where a sticky pattern that matches at `at` ends, or `at`. Patterns must not run over unbounded text. */
  match(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    return pattern.test(this.text) ? pattern.lastIndex : at;
  }
}

/** Remembers the last run of characters of a kind. */
class Runs {
  readonly #belongs: (code: number) => boolean;
  #from = 0;
  #end = 0;

  constructor(belongs: (code: number) => boolean) {
    this.#belongs = belongs;
  }

  end(text: string, at: number): number {
    if (at >= this.#from && at < this.#end) return this.#end;
    let end = at;
    while (this.#belongs(text.charCodeAt(end))) end++;
    this.#from = at;
    this.#end = end;
    return end;
  }
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

export function isHex(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}
