import { Kind } from '../../../core/series.ts';
import { keyOf } from './names.ts';

/** What of the configuration decides how a line is read. */
export interface LineRules {
  sanitize: boolean;
  /** How `h` and `d` are read; `counter` is upstream's way. */
  histograms: 'timer' | 'counter';
}

/** Why a value of a line was not taken. */
export type Fault = 'no_value' | 'no_type' | 'not_a_number' | 'negative_time' | 'bad_rate' | 'bad_name';

/** One value of a line, taken or not. */
export interface Reading {
  /** Where the value with its type stands in the line. */
  from: number;
  to: number;
  fault?: Fault;
  kind: Kind;
  /** As written, trimmed. */
  type: string;
  value: number;
  /** 1/rate. */
  weight: number;
  /** Written with a sign: a delta to a gauge. */
  signed: boolean;
  /** A set's member. */
  member: string;
}

export interface LineReading {
  key: string;
  readings: Reading[];
}

/**
 * Reads one line by all of StatsD's rules as upstream really behaves: any type but ms, g and s counts; numbers are whatever
 * Number() takes; a rate is checked as a number but applied as the digits and dots behind its @. Beyond upstream: DogStatsD's packed
 * values (`name:1:2|ms`), its fields behind the tags, and h and d as timers. The wasm parser knows the common lines and leaves all others
 * to this; where both can read a line they agree.
 */
export function readLine(line: string, rules: LineRules): LineReading {
  const { head, tags } = partLine(line);
  const [name, ...groups] = head.split(':');
  const key = keyOf(name, tags, rules.sanitize);
  if (key === undefined) return { key: '', readings: [faulty('bad_name', 0, name.length)] };
  if (groups.length === 0) return { key, readings: [faulty('no_value', 0, head.length)] };
  const fields = groups.map((group) => group.split('|'));
  const types = typesOf(fields);
  const readings: Reading[] = [];
  let from = name.length + 1;
  for (let i = 0; i < groups.length; i++) {
    const to = from + groups[i].length;
    readings.push(readGroup(fields[i][0], types[i], from, to, rules));
    from = to + 1;
  }
  return { key, readings };
}

/** Type and rate of each value. One without takes those of the next typed value, unless that is a set: `1:2:3|ms`. */
function typesOf(groups: string[][]): string[][] {
  const types: string[][] = [];
  let next: string[] = [];
  for (let i = groups.length - 1; i >= 0; i--) {
    const [, ...own] = groups[i];
    types[i] = own.length > 0 ? own : next;
    if (own.length > 0) next = own[0].trim() === 's' ? [] : own;
  }
  return types;
}

function readGroup(text: string, [type, rate]: string[], from: number, to: number, rules: LineRules): Reading {
  if (type === undefined) return faulty('no_type', from, to);
  const trimmed = type.trim();
  const reading: Reading = { from, to, kind: kindOf(trimmed, rules), type: trimmed, value: 0, weight: 1, signed: /^[-+]/.test(text), member: '' };
  const valueEnd = from + text.length;
  if (rate !== undefined) {
    const digits = /^@([\d.]+)/.exec(rate);
    if (!digits || !isNumber(rate.slice(1))) return { ...reading, fault: 'bad_rate', from: Math.max(from, to - rate.length) };
    reading.weight = 1 / Number(digits[1]);
  }
  // Upstream checks by the untrimmed type, then acts by the trimmed one.
  if (type !== 's' && !isNumber(text)) return { ...reading, fault: 'not_a_number', to: valueEnd };
  if (type === 'ms' && Number(text) < 0) return { ...reading, fault: 'negative_time', to: valueEnd };
  if (reading.kind === Kind.set) reading.member = text || '0';
  else reading.value = Number(text);
  return reading;
}

function kindOf(type: string, rules: LineRules): Kind {
  if (type === 'ms') return Kind.timer;
  if (type === 'g') return Kind.gauge;
  if (type === 's') return Kind.set;
  if (type === 'h' || type === 'd') return rules.histograms === 'timer' ? Kind.timer : Kind.counter;
  return Kind.counter;
}

/** Upstream's: not empty and not NaN, so ` 4 `, `0x10`, `1e3` and `Infinity` are numbers. */
function isNumber(text: string): boolean {
  return text !== '' && !Number.isNaN(Number(text));
}

function faulty(fault: Fault, from: number, to: number): Reading {
  return { from, to, fault, kind: Kind.unknown, type: '', value: 0, weight: 1, signed: false, member: '' };
}

// DogStatsD 1.2 to 1.4: container id, external data, cardinality and timestamp. Only where no value of another group can be meant.
const EXTENSION = /\|(?:[ce]:(?![-+.\d]+(?:\||$))[^|:]*|card:\w+|T\d+)(?=$|\|(?:[#@]|[ce]:|card:|T\d))/g;

/** Splits a line into what stands before the tags and the tags; DogStatsD's further fields go, a rate behind the tags moves before them. */
function partLine(line: string): { head: string; tags: string } {
  let rest = line;
  if (/\|(?:[ce]:|card:|T\d)/.test(line)) {
    const typed = /^[^|]*\|[^|:]*/.exec(line)?.[0].length ?? 0;
    rest = line.slice(0, typed) + line.slice(typed).replace(EXTENSION, '');
  }
  const sign = rest.indexOf('|#');
  if (sign < 0) return { head: rest, tags: '' };
  const [tags, ...fields] = rest.slice(sign + 2).split('|');
  const rate = fields.find((field) => field.startsWith('@'));
  return { head: rest.slice(0, sign) + (rate === undefined ? '' : `|${rate}`), tags };
}
