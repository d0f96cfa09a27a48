import { parseTime } from '../../time/attime.ts';
import { parseOffset } from '../../time/offset.ts';
import type { MemorySeries } from '../../testing/memory-reader.ts';

/**
 * Cases for functions, written as text that anyone who knows Graphite can add to:
 *
 *     # a comment
 *     load 1min from 00:00
 *       a.b    1 2 _ 4
 *       a.c    10x4          # four times 10
 *       a.d    0+5x4         # 0 5 10 15
 *     eval scale(a.*, 2)  from=00:00 until=00:04
 *       scale(a.b,2) | 2 4 _ 8
 *       …
 *     eval nope(a.b)
 *       error there is no such function
 *
 * `_` is a gap. The first loaded value is at the time named; as in Graphite a window excludes its `from` and includes its
 * `until`, which by default are the minute before what was loaded and its end; the present, `now=`, is the end of the window. After an expected row `@ 00:02/30s` says when
 * it begins and its step, `{tag=value …}` some of its tags. Rows are expected in this order and no others. All times are
 * of 2026-01-01 UTC.
 */
export interface Case {
  target: string;
  /** Line of the `eval`. */
  line: number;
  series: readonly MemorySeries[];
  from: number;
  until: number;
  options: Record<string, string>;
  rows: ExpectedRow[];
  /** Part of the message that is expected instead of rows. */
  error?: string;
}

export interface ExpectedRow {
  line: number;
  name: string;
  values: number[];
  start?: number;
  step?: number;
  tags?: Record<string, string>;
}

const MIDNIGHT = Date.UTC(2026, 0, 1);

/** A time of the cases' day, `00:05`, or anything that /render takes. */
export function caseTime(text: string): number {
  return parseTime(text, { now: MIDNIGHT, timeZone: 'UTC' });
}

/** Reads a file of cases. @throws Error that names the line */
export function readCases(text: string): Case[] {
  const cases: Case[] = [];
  let series: MemorySeries[] = [];
  let loading: { step: number; start: number } | undefined;
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.replace(/(^|\s+)#\s.*$/, '').trimEnd();
    if (line === '') continue;
    try {
      const [word] = line.split(' ', 1);
      if (word === 'load') {
        loading = readLoad(line);
        series = [];
      } else if (word === 'eval') {
        cases.push(readEval(line, i + 1, series));
        loading = undefined;
      } else if (loading) series = [...series, readSeries(line.trim(), loading)];
      else readExpectation(line.trim(), i + 1, cases.at(-1));
    } catch (error) {
      throw new Error(`line ${i + 1}: ${(error as Error).message}`, { cause: error });
    }
  }
  return cases;
}

function readLoad(line: string): { step: number; start: number } {
  const found = /^load (\S+)(?: from (.+))?$/.exec(line);
  if (!found) throw new Error('write: load STEP from TIME');
  return { step: parseOffset(found[1]), start: found[2] ? caseTime(found[2]) : MIDNIGHT };
}

function readSeries(line: string, { step, start }: { step: number; start: number }): MemorySeries {
  const [name] = line.split(' ', 1);
  return { name, step, start, values: readValues(line.slice(name.length)) };
}

function readEval(line: string, number: number, series: readonly MemorySeries[]): Case {
  const options: Record<string, string> = {};
  const target = line.slice('eval '.length).replaceAll(/\s+(from|until|now|xFilesFactor|tz)=(\S+)/g, (_, name: string, value: string) => {
    options[name] = value;
    return '';
  });
  const begin = Math.min(...series.map((one) => one.start - one.step));
  const end = Math.max(...series.map((one) => one.start + (one.values.length - 1) * one.step));
  const from = options.from === undefined ? begin : caseTime(options.from);
  const until = options.until === undefined ? end : caseTime(options.until);
  return { target: target.trim(), line: number, series, from, until, options, rows: [] };
}

function readExpectation(line: string, number: number, test: Case | undefined): void {
  if (!test) throw new Error('load and eval come first');
  if (line.startsWith('error ')) {
    test.error = line.slice('error '.length);
    return;
  }
  const bar = line.lastIndexOf(' | ');
  if (bar < 0) throw new Error('write: NAME | VALUES');
  const found = /^(.*?)(?:\s+@ (\S+?)(?:\/(\S+))?)?(?:\s+\{(.*)\})?$/.exec(line.slice(bar + 3)) as RegExpExecArray;
  test.rows.push({
    line: number,
    name: line.slice(0, bar).trimEnd(),
    values: readValues(found[1]),
    start: found[2] === undefined ? undefined : caseTime(found[2]),
    step: found[3] === undefined ? undefined : parseOffset(found[3]),
    tags: found[4] === undefined ? undefined : Object.fromEntries(found[4].split(/\s+/).map((tag) => tag.split('=', 2))),
  });
}

function readValues(text: string): number[] {
  return text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .flatMap(readValue);
}

/** `5`, `_`, `_x3`, `10x4`, `0+5x4`. */
function readValue(word: string): number[] {
  const found = /^(_|inf|-?[\d.]+(?:e[+-]?\d+)?)(?:([+-][\d.]+))?(?:x(\d+))?$/.exec(word);
  if (!found) throw new Error(`'${word}' is not a value like 5, _, 10x4 or 0+5x4`);
  const first = found[1] === '_' ? NaN : found[1] === 'inf' ? Infinity : Number(found[1]);
  const slope = Number(found[2] ?? 0);
  return Array.from({ length: Number(found[3] ?? 1) }, (_, i) => (slope === 0 ? first : first + slope * i));
}
