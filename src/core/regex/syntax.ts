import type { CharSet } from './char-set.ts';

/** A pattern taken apart; regexes and globs share it, and one compiler. */
export type Syntax =
  | { type: 'set'; set: CharSet }
  | { type: 'sequence'; parts: Syntax[] }
  | { type: 'choice'; parts: Syntax[] }
  | { type: 'repeat'; part: Syntax; min: number; max: number; greedy: boolean }
  | { type: 'group'; part: Syntax; index: number }
  | { type: 'assert'; at: Assertion };

/** What must hold at a position, without consuming anything. */
export const Assertion = { start: 0, end: 1, wordEdge: 2, notWordEdge: 3 } as const;
export type Assertion = (typeof Assertion)[keyof typeof Assertion];

/** A text taken literally. */
export function literalSyntax(text: string): Syntax {
  return {
    type: 'sequence',
    parts: Array.from(text, (char): Syntax => ({ type: 'set', set: [char.codePointAt(0) as number, char.codePointAt(0) as number] })),
  };
}
