import { HeedError } from '../../core/errors.ts';

/** A text of a search as it was meant. */
export interface ReadText {
  plain: string;
  /** Whether stars in it stand for anything: one of them had no backslash before it. */
  star: boolean;
}

/** Goes through the text of a search. Positions in errors count from 1. */
export class SearchCursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** The character here; empty at the end. */
  get here(): string {
    return this.text.charAt(this.at);
  }

  get atBlank(): boolean {
    return this.done || /\s/.test(this.here);
  }

  skipBlanks(): void {
    while (!this.done && this.atBlank) this.at++;
  }

  take(what: string): boolean {
    if (!this.text.startsWith(what, this.at)) return false;
    this.at += what.length;
    return true;
  }

  /** Takes what a sticky expression finds here. */
  match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text);
    if (found) this.at += found[0].length;
    return found;
  }

  /** Up to a blank, or one of `ends`. A backslash takes the meaning from the sign after it; before others it is itself, as in `C:\Users`. */
  readPlain(ends: RegExp): ReadText {
    return this.#read((character) => ends.test(character));
  }

  /** Between quotes, of which the first is here. @throws HeedError `bad_search` where the second is missing */
  readQuoted(): ReadText {
    const start = this.at++;
    const read = this.#read((character) => character === '"');
    if (!this.take('"')) throw searchError(`the quote at ${start + 1} has no end`);
    return read;
  }

  #read(ends: (character: string) => boolean): ReadText {
    const read: ReadText = { plain: '', star: false };
    for (; !this.done && !ends(this.here); this.at++) {
      const escaped = this.here === '\\' && /[^\p{L}\p{N}]/u.test(this.text.charAt(this.at + 1));
      if (escaped) this.at++;
      read.plain += this.here;
      read.star ||= this.here === '*' && !escaped;
    }
    return read;
  }
}

export function searchError(cause: string): HeedError {
  return new HeedError('bad_search', `cannot read the search: ${cause}`);
}
