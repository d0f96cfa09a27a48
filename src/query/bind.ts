import type { FunctionDefinition, ParamDefinition, ParamType } from '../core/define.ts';
import { HeedError } from '../core/errors.ts';
import { AGGREGATE_NAMES, aggregateName } from './rows/aggregate.ts';
import { parseOffset } from './time/offset.ts';
import { parseTime } from './time/attime.ts';

/** Arguments as written, positional and by name. */
export interface Arguments<Item> {
  args: readonly Item[];
  named: readonly { name: string; value: Item }[];
}

/**
 * Gives each parameter the arguments meant for it; a `multiple` one takes all positional ones that are left.
 * @throws HeedError `bad_argument` that names function and parameter
 */
export function matchArguments<Item>(definition: FunctionDefinition, { args, named }: Arguments<Item>): Map<ParamDefinition, Item[]> {
  const matched = new Map<ParamDefinition, Item[]>();
  const { params } = definition;
  for (const [i, value] of args.entries()) {
    const param = params[Math.min(i, params.length - 1)];
    if (!param || (i >= params.length && !param.multiple)) throw badCall(definition, `it takes ${params.length} arguments, not ${args.length}`);
    const items = matched.get(param);
    if (items) items.push(value);
    else matched.set(param, [value]);
  }
  for (const { name, value } of named) {
    const param = params.find((candidate) => candidate.name === name);
    if (!param) throw badCall(definition, `it has no parameter '${name}'; its parameters are ${params.map((known) => known.name).join(', ')}`);
    if (matched.has(param)) throw badCall(definition, `parameter '${name}' is given twice`);
    matched.set(param, [value]);
  }
  for (const param of params) if (param.required && !matched.has(param)) throw badCall(definition, `parameter '${param.name}' is missing`);
  return matched;
}

export function badCall(definition: FunctionDefinition, why: string): HeedError {
  return new HeedError('bad_argument', `cannot call ${definition.name}(): ${why}`);
}

/** Types whose arguments are series and must be evaluated; `any` may be. */
export function takesSeries(type: ParamType): boolean {
  return type === 'seriesList' || type === 'seriesLists';
}

export interface LiteralContext {
  now: number;
  timeZone: string;
  isFunction: (name: string) => boolean;
}

type Literal = string | number | boolean | null;

/**
 * Checks a literal against its parameter and gives it the parameter's type; dates become milliseconds, intervals stay as
 * written because results are named after them.
 * @throws HeedError `bad_argument`
 */
export function readLiteral(definition: FunctionDefinition, param: ParamDefinition, value: Literal, context: LiteralContext): Literal {
  if (value === null && !param.required) return param.default ?? null;
  const read = READERS[param.fractions ? 'float' : param.type]?.(value, context);
  if (read === undefined || read === null || (param.options && !param.options.includes(read as string | number))) {
    const wanted = param.options ? `one of ${param.options.join(', ')}` : WANTED[param.type];
    throw badCall(definition, `parameter '${param.name}' must be ${wanted}, not ${describe(value)}`);
  }
  return read;
}

function describe(value: Literal): string {
  return typeof value === 'string' ? `'${value.slice(0, 60)}'` : String(value);
}

/** What each type asks for, in words. */
const WANTED: Record<ParamType, string> = {
  aggFunc: `one of ${AGGREGATE_NAMES.join(', ')}`,
  aggOrSeriesFunc: `the name of an aggregation or a function`,
  any: 'a value',
  boolean: 'true or false',
  date: `a time like '-1h' or '18:00_20261121'`,
  float: 'a number',
  intOrInf: 'a whole number or inf',
  integer: 'a whole number',
  intOrInterval: `a whole number or an interval like '5min'`,
  interval: `an interval like '5min'`,
  node: 'a whole number, the position of a node',
  nodeOrTag: 'a position of a node or the name of a tag',
  seriesList: 'a series, a glob or a function call',
  seriesLists: 'a series, a glob or a function call',
  string: 'a quoted string',
  tag: 'the name of a tag',
};

type Reader = (value: Literal, context: LiteralContext) => Literal | undefined;

const integer: Reader = (value) => (Number.isInteger(number(value)) ? number(value) : undefined);
const interval: Reader = (value) => (typeof value === 'string' && isInterval(value) ? value : undefined);
const text: Reader = (value) => (value === null ? undefined : String(value));

const READERS: Partial<Record<ParamType, Reader>> = {
  aggFunc: (value) => (typeof value === 'string' && AGGREGATE_NAMES.includes(aggregateName(value)) ? value : undefined),
  aggOrSeriesFunc: (value, { isFunction }) =>
    typeof value === 'string' && (AGGREGATE_NAMES.includes(aggregateName(value)) || isFunction(value)) ? value : undefined,
  any: (value) => value ?? undefined,
  boolean: (value) => {
    if (typeof value === 'boolean') return value;
    if (value === 0 || value === 1) return value === 1;
    const word = typeof value === 'string' ? value.toLowerCase() : '';
    return word === 'true' ? true : word === 'false' ? false : undefined;
  },
  date: (value, context) => {
    if (value === null) return undefined;
    return parseTime(String(value), context);
  },
  float: (value) => number(value),
  integer,
  intOrInf: (value) => (number(value) === Infinity ? Infinity : integer(value, undefined as never)),
  // As in Graphite a number of points may have a fraction, which counts for nothing.
  intOrInterval: (value, context) => (typeof value === 'number' && Number.isFinite(value) ? value : (integer(value, context) ?? interval(value, context))),
  interval,
  node: integer,
  nodeOrTag: (value, context) => (typeof value === 'string' ? value : integer(value, context)) ?? text(value, context),
  string: text,
  tag: text,
};

function number(value: Literal): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const read = Number(value);
  return Number.isNaN(read) ? undefined : read;
}

function isInterval(text: string): boolean {
  try {
    return parseOffset(text) !== 0;
  } catch {
    return false;
  }
}
