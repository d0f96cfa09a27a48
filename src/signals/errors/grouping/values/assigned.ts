import type { ValueText } from './text.ts';

/** What stands in quotes behind an equals sign; elsewhere quotes are part of a sentence. */
export function quotedEnd(t: ValueText, at: number): number {
  const quote = t.code(at);
  if ((quote !== 39 && quote !== 34) || t.code(at - 1) !== 61) return at;
  const close = t.text.indexOf(t.text[at], at + 1);
  return close > at + 1 ? close + 1 : at;
}

/** `true` and `false` behind an equals sign. */
export function booleanEnd(t: ValueText, at: number): number {
  return t.code(at - 1) === 61 ? t.match(/[Tt]rue|[Ff]alse/y, at) : at;
}
