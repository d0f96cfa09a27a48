import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DEFAULT_LIMITS } from '../../budget.ts';
import { evaluateTargets } from '../../evaluate.ts';
import { parseWholeTarget } from '../../parse/parse.ts';
import { MemoryReader } from '../../testing/memory-reader.ts';
import { type Case, caseTime, type ExpectedRow, readCases } from './language.ts';
import type { Row } from '../../../core/frame.ts';

/** Runs a file of cases, each as a test of its own. */
export function testCases(file: URL): void {
  for (const one of readCases(readFileSync(file, 'utf8'))) void test(`${one.target} (${file.pathname.split('/').at(-1)}:${one.line})`, () => runCase(one));
}

async function runCase(one: Case): Promise<void> {
  const evaluated = evaluate(one);
  if (one.error !== undefined) {
    await assert.rejects(evaluated, (error: Error) => error.message.includes(one.error as string) || assert.fail(error.message));
    return;
  }
  const rows = await evaluated;
  assert.deepEqual(
    rows.map((row) => row.name),
    one.rows.map((row) => row.name),
  );
  for (const [i, expected] of one.rows.entries()) compare(rows[i], expected);
}

async function evaluate(one: Case): Promise<Row[]> {
  const { from, until, options } = one;
  const question = {
    from,
    until,
    now: options.now === undefined ? until : caseTime(options.now),
    timeZone: options.tz ?? 'UTC',
    xFilesFactor: Number(options.xFilesFactor ?? 0),
    limits: DEFAULT_LIMITS,
  };
  const { targets } = await evaluateTargets([parseWholeTarget(one.target)], question, new MemoryReader(one.series));
  return targets[0];
}

function compare(row: Row, expected: ExpectedRow): void {
  const where = `line ${expected.line}, ${expected.name}`;
  const shown = (values: Iterable<number>): string =>
    Array.from(values, (value) => (Number.isNaN(value) ? '_' : String(Number(value.toPrecision(12))))).join(' ');
  assert.equal(shown(row.values), shown(expected.values), where);
  if (expected.start !== undefined) assert.equal(new Date(row.start).toISOString(), new Date(expected.start).toISOString(), `${where}: start`);
  if (expected.step !== undefined) assert.equal(row.step, expected.step, `${where}: step`);
  for (const [key, value] of Object.entries(expected.tags ?? {})) assert.equal(row.tags[key], value, `${where}: tag ${key}`);
}
