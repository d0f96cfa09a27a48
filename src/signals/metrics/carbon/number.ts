const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITE = /^[+-]?inf(?:inity)?$/i;
const NOT = /^[+-]?nan$/i;

/**
 * A number as carbon takes it, which is as Python's float() does: decimals with or without exponent, `inf`, `nan`; no hex.
 * @returns undefined when the text is no number; NaN only for `nan`
 */
export function readNumber(text: string): number | undefined {
  if (DECIMAL.test(text)) return Number(text);
  if (INFINITE.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return NOT.test(text) ? NaN : undefined;
}
