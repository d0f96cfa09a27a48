import { textWidth } from './font.ts';
import type { TextBlock, TextRun } from './text-blocks.ts';
import { oneLine } from './words.ts';

/** A part of a line that looks the same: where it begins, pixels from the line's begin. */
export interface Piece extends TextRun {
  left: number;
}

/** Sets the text of a block in lines of a width. What is wider than a line is broken between letters. */
export function linesOf({ kind, runs }: Pick<TextBlock, 'kind' | 'runs'>, size: number, width: number): Piece[][] {
  const setting = new Setting(size, width, kind === 'heading');
  for (const { text, look } of runs) {
    if (kind === 'code') setting.code(text, look);
    else setting.prose(text, look);
  }
  return setting.lines.filter((line, i, { length }) => line.length > 0 || i < length - 1);
}

class Setting {
  readonly lines: Piece[][] = [[]];
  readonly #size: number;
  readonly #width: number;
  readonly #isBold: boolean;
  #at = 0;
  /** Width of the space before the next word. */
  #space = 0;

  constructor(size: number, width: number, isBold: boolean) {
    this.#size = size;
    this.#width = width;
    this.#isBold = isBold;
  }

  /** Words, between which a line may end. */
  prose(text: string, look: TextRun['look']): void {
    for (const word of text.split(/(\s+)/)) {
      if (word.includes('\n')) this.#next();
      else if (word.trim() === '') this.#space = word === '' || this.#at === 0 ? this.#space : this.#widthOf(' ', look);
      else this.#put(oneLine(word), look);
    }
  }

  /** Lines as they are; their spaces are such as nothing folds. */
  code(text: string, look: TextRun['look']): void {
    for (const [i, line] of text.replaceAll('\t', '    ').split('\n').entries()) {
      if (i > 0) this.#next();
      const shown = line.replaceAll(/[\p{Cc}\p{Z}]/gu, '\u00A0').replaceAll(/[\uFFFE\uFFFF\p{Cs}]/gu, '\uFFFD');
      if (shown !== '') this.#put(shown, look);
    }
  }

  #put(word: string, look: TextRun['look']): void {
    const wide = this.#widthOf(word, look);
    if (this.#at > 0 && this.#at + this.#space + wide > this.#width) this.#next();
    if (wide <= this.#width) this.#add(word, look, wide);
    else for (const letter of word) this.#putLetter(letter, look);
  }

  #putLetter(letter: string, look: TextRun['look']): void {
    const wide = this.#widthOf(letter, look);
    if (this.#at > 0 && this.#at + wide > this.#width) this.#next();
    this.#add(letter, look, wide);
  }

  #add(text: string, look: TextRun['look'], wide: number): void {
    const line = this.lines[this.lines.length - 1];
    const before = line.at(-1);
    if (before?.look === look) before.text += this.#space > 0 ? ` ${text}` : text;
    else line.push({ text, look, left: this.#at + this.#space });
    this.#at += this.#space + wide;
    this.#space = 0;
  }

  #next(): void {
    this.lines.push([]);
    this.#at = 0;
    this.#space = 0;
  }

  #widthOf(text: string, look: TextRun['look']): number {
    return textWidth(text, this.#size, this.#isBold || look === 'strong');
  }
}
