import type { Parameter } from './functions.ts';

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const INTEGER = /^-?\d+$/;
const UNIT = '(?:s|sec|secs|second|seconds|min|mins|minute|minutes|h|hour|hours|d|day|days|w|week|weeks|mon|month|months|y|year|years)';
const INTERVAL = new RegExp(`^[+-]?\\d+${UNIT}(?:[+-]?\\d+${UNIT})*$`);

/** What a field of each type must hold; types that are not here hold any text. */
const HOLDS: Record<string, { is: (value: string) => boolean; words: string }> = {
  boolean: { is: (value) => value === 'true' || value === 'false', words: 'true or false' },
  float: { is: (value) => NUMBER.test(value) || value === 'inf', words: 'a number' },
  integer: { is: (value) => NUMBER.test(value), words: 'a whole number' },
  intOrInf: { is: (value) => INTEGER.test(value) || value === 'inf', words: 'a whole number or inf' },
  interval: { is: (value) => INTERVAL.test(value), words: 'an interval, e.g. 5min' },
  intOrInterval: { is: (value) => INTEGER.test(value) || INTERVAL.test(value), words: 'a number of points, or an interval, e.g. 5min' },
  node: { is: (value) => INTEGER.test(value), words: 'the position of a node, from 0' },
};

/** Types that are written without quotes where they are numbers. */
const BARE = new Set(['boolean', 'float', 'integer', 'intOrInf', 'intOrInterval', 'node', 'nodeOrTag', 'any']);
const BARE_VALUE = /^(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|inf)$/;

/** What is wrong with a value for its parameter; empty when nothing is. */
export function wrongWith({ type, options }: Parameter, value: string): string {
  if (options && !options.map(String).includes(value)) return `one of ${options.join(', ')}`;
  const holds = HOLDS[type];
  return holds && !holds.is(value) ? holds.words : '';
}

/** Values that are often meant, by type, where the function itself names none. */
const OFTEN: Record<string, readonly string[]> = {
  interval: ['1min', '5min', '10min', '1h', '1d'],
  intOrInterval: ['5', '10', '5min', '1h'],
  date: ['-1h', '-1d', '-7d'],
};

/** Values to offer for a parameter. */
export function suggestionsFor({ type, options, suggestions }: Parameter): readonly string[] {
  return (options ?? suggestions)?.map(String) ?? (type === 'boolean' ? ['true', 'false'] : (OFTEN[type] ?? []));
}

/** What a parameter takes, in words. */
export function wantedFor({ type, options }: Parameter): string {
  if (options) return options.join(', ');
  if (HOLDS[type]) return HOLDS[type].words;
  return { date: 'a time, e.g. -1h', nodeOrTag: 'the position of a node, or a tag', string: 'a text', tag: 'a tag' }[type] ?? 'series';
}

/** A value as it is written in an expression. */
export function written(type: string, value: string): string {
  return BARE.has(type) && BARE_VALUE.test(value) ? value : quoted(value);
}

/** Backslashes stay as they are, as in Graphite; a quote that cannot be avoided gets one, and so does a lonely one at the end. */
function quoted(value: string): string {
  const whole = /(?:^|[^\\])(?:\\\\)*\\$/.test(value) ? `${value}\\` : value;
  if (!whole.includes("'")) return `'${whole}'`;
  if (!whole.includes('"')) return `"${whole}"`;
  return `'${whole.replace(/\\[^]|'/g, (found) => (found === "'" ? "\\'" : found))}'`;
}

/** What a field shows of an argument's text: strings without their quotes. */
export function shown(kind: string, text: string): string {
  return kind === 'string' ? text.slice(1, -1) : text;
}
