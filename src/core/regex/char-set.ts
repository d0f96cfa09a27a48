/** Sorted, disjoint ranges of code points, ends included: `[from, to, from, to, …]`. */
export type CharSet = readonly number[];

export const MAX_CODE_POINT = 0x10ffff;
export const DIGIT: CharSet = [48, 57];
export const WORD: CharSet = [48, 57, 65, 90, 95, 95, 97, 122];
export const SPACE: CharSet = [9, 13, 32, 32, 160, 160];
export const NOT_NEWLINE: CharSet = [0, 9, 11, MAX_CODE_POINT];
export const ANY: CharSet = [0, MAX_CODE_POINT];

/** Sorts and joins ranges given in any order; ranges that end before they start are dropped. */
export function charSet(ranges: readonly number[]): CharSet {
  const pairs: [number, number][] = [];
  for (let i = 0; i < ranges.length; i += 2) if (ranges[i] <= ranges[i + 1]) pairs.push([ranges[i], ranges[i + 1]]);
  pairs.sort((a, b) => a[0] - b[0]);
  const set: number[] = [];
  for (const [from, to] of pairs) {
    if (set.length > 0 && from <= set[set.length - 1] + 1) set[set.length - 1] = Math.max(set[set.length - 1], to);
    else set.push(from, to);
  }
  return set;
}

/** Every code point that is not in the set. */
export function negate(set: CharSet): CharSet {
  const rest: number[] = [];
  let next = 0;
  for (let i = 0; i < set.length; i += 2) {
    if (set[i] > next) rest.push(next, set[i] - 1);
    next = set[i + 1] + 1;
  }
  if (next <= MAX_CODE_POINT) rest.push(next, MAX_CODE_POINT);
  return rest;
}

/** Ranges wider than this keep their case outside of ASCII; no alphabet is wider. */
const WIDEST_FOLD = 512;

/** Adds the other case of every letter. */
export function foldCase(set: CharSet): CharSet {
  const all = [...set];
  for (let i = 0; i < set.length; i += 2) {
    const to = set[i + 1] - set[i] > WIDEST_FOLD ? Math.min(set[i + 1], 127) : set[i + 1];
    for (let code = set[i]; code <= to; code++) {
      const text = String.fromCodePoint(code);
      for (const other of [text.toLowerCase(), text.toUpperCase()]) {
        const folded = other.codePointAt(0) as number;
        if (folded !== code && other.length === (folded > 0xffff ? 2 : 1)) all.push(folded, folded);
      }
    }
  }
  return charSet(all);
}
