import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImportAnswer } from '../../api/contract.ts';
import type { CommandIo } from '../../core/define.ts';
import type { FillBatch } from '../../core/fill-batch.ts';
import { detailsOf, exitCodeOf, printReport } from './report.ts';
import { Tally, Told } from './tally.ts';

const BATCH: FillBatch = {
  series: ['a', 'b\u001b[31m'].map((name) => ({ name, kind: 0, method: 2, runs: [{ step: 60, count: 2 }] })),
  times: Uint32Array.of(60, 120, 180, 240),
  values: Float64Array.of(1, 2, 3, 4),
};
const ANSWER: ImportAnswer = {
  now: 1_000_000,
  written: 1,
  made: 1,
  left: [
    [0, 1, 'old'],
    [2, 2, 'refused'],
  ],
  retentions: [[{ step: 1000, keep: 604_800_000 }]],
  retentionOf: [0, -1],
  methods: [1, 1],
  xFilesFactors: [0, 0],
};

function reported(tally: Tally): string {
  let text = '';
  const io: CommandIo = { stdout: { write: (part) => (text += part) }, stderr: { write: () => undefined }, env: {}, signal: new AbortController().signal };
  printReport(io, tally, { title: 'it', dry: false, verified: true, source: [], incomplete: false });
  return text;
}

test('an import is told in lines that say what to do', () => {
  const tally = new Tally();
  tally.answered(BATCH, ANSWER, () => ({ retention: '1m:1y', xFilesFactor: 0.5 }));
  assert.deepEqual(tally.points, { read: 4, written: 1, there: 0, old: 1, new: 0, thin: 0, refused: 2 });
  const text = reported(tally);
  assert.match(text, /! 1 points are older than the policy keeps; .*\n {4}1m:1y in 1 series such as a; here 1s:1w\n/);
  assert.match(text, /✗ 1 series found no room; .*\n {4}b\\x1b\[31m\n/);
  assert.match(text, /! 1 series roll up otherwise from now on, by the rules here: a by average, not sum\n/);
  assert.match(text, /! 1 files ask for another xFilesFactor: a for 0\.5, here 0/);
  assert.doesNotMatch(text, /read back/);
  assert.equal(exitCodeOf(tally, false), 1);
});

test('values that were read back otherwise are damage, told by name and time', () => {
  const tally = new Tally();
  tally.readBack({ compared: 3, kept: 0, different: 1, differences: [{ name: 'a', time: 60, wanted: 1, got: NaN }] });
  assert.match(reported(tally), /✗ 1 values were read back other than they were sent\n {4}a at 1970-01-01 00:01:00 UTC: sent 1, answered nothing\n/);
  assert.equal(exitCodeOf(tally, true), 5);
  assert.deepEqual([exitCodeOf(new Tally(), true), exitCodeOf(new Tally(), false)], [1, 0]);
});

test('the first of many are told, and how many more there are', () => {
  const told = new Told<number>();
  for (let i = 0; i < 25; i++) told.add(i);
  assert.deepEqual(detailsOf(told, String).slice(-2), ['9', 'and 15 more']);
});
