/** What a series measures; decides its unit on the screen and how it rolls up. Stored on disk: never renumber. */
export const Kind = { unknown: 0, counter: 1, gauge: 2, timer: 3, set: 4 } as const;
export type Kind = (typeof Kind)[keyof typeof Kind];

/** Names of kinds, by number. */
export const KIND_NAMES = ['unknown', 'counter', 'gauge', 'timer', 'set'] as const;

/**
 * How points of a finer grid become one of a coarser grid. `byRule` asks carbon's storage-aggregation rules, then our
 * defaults. Stored on disk: never renumber.
 */
export const Method = { byRule: 0, average: 1, sum: 2, last: 3, max: 4, min: 5, avgZero: 6, absMax: 7, absMin: 8, first: 9 } as const;
export type Method = (typeof Method)[keyof typeof Method];

/** Names as storage-aggregation.conf and graphite-web write them, by number. */
export const METHOD_NAMES = ['', 'average', 'sum', 'last', 'max', 'min', 'avg_zero', 'absmax', 'absmin', 'first'] as const;
export type MethodName = Exclude<(typeof METHOD_NAMES)[number], ''>;

/** A method by its Graphite name (`avg` is `average`), or undefined. */
export function methodByName(name: string): Method | undefined {
  if (name === 'avg') return Method.average;
  const index = name === '' ? -1 : METHOD_NAMES.indexOf(name as MethodName);
  return index < 0 ? undefined : (index as Method);
}

/** Longest name of a series, tags included, in bytes. */
export const MAX_NAME_BYTES = 1024;
