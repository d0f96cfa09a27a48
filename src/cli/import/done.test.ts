import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { ImportAnswer } from '../../api/contract.ts';
import type { FillBatch } from '../../core/fill-batch.ts';
import { DoneFile, parseDone } from './done-file.ts';
import { DoneTracker } from './done-tracker.ts';

function batchOf(list: Record<string, number[]>): FillBatch {
  const entries = Object.entries(list);
  return {
    series: entries.map(([name, times]) => ({ name, kind: 0, method: 1, runs: [{ step: 60, count: times.length }] })),
    times: Uint32Array.from(entries.flatMap(([, times]) => times)),
    values: new Float64Array(entries.reduce((sum, [, times]) => sum + times.length, 0)),
  };
}

const answerOf = (left: ImportAnswer['left'], retentionOf: number[]): ImportAnswer => ({
  now: 0,
  written: 0,
  made: 0,
  left,
  retentions: [[{ step: 60_000, keep: 86_400_000 }]],
  retentionOf,
  methods: [],
  xFilesFactors: [],
});

test('a series is done with the last of its pieces, up to its last slot that is over', () => {
  const tracker = new DoneTracker();
  tracker.expects('long', 2);
  tracker.expects('short', 1);
  assert.deepEqual(tracker.answered(batchOf({ long: [600, 660, 720] }), answerOf([[1, 2, 'new']], [0])), []);
  assert.deepEqual(tracker.answered(batchOf({ long: [60, 120], short: [240] }), answerOf([[0, 1, 'old']], [0, 0])), [
    { name: 'long', until: 600, retention: '1m:1d' },
    { name: 'short', until: 240, retention: '1m:1d' },
  ]);
});

test('a series that found no room, or of which no slot is over, is not done', () => {
  const tracker = new DoneTracker();
  for (const name of ['refused', 'fresh']) tracker.expects(name, 1);
  const left: ImportAnswer['left'] = [
    [0, 1, 'refused'],
    [1, 1, 'new'],
  ];
  assert.deepEqual(tracker.answered(batchOf({ refused: [60], fresh: [60] }), answerOf(left, [-1, 0])), []);
});

test('notes outlive the process, torn lines and foreign ones do no harm', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'heed-done-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'below/notes.jsonl');
  const first = new DoneFile(path);
  first.add([
    { name: 'a', until: 1, retention: 'r' },
    { name: 'a', until: 2, retention: 'r' },
    { name: '__proto__', until: 3, retention: 'r' },
  ]);
  appendFileSync(path, '{"x":1}\n["torn",12');
  const second = new DoneFile(path);
  assert.deepEqual(
    [...second.entries].map(([name, { until }]) => [name, until]),
    [
      ['a', 2],
      ['__proto__', 3],
    ],
  );
  second.clear();
  assert.equal(new DoneFile(path).entries.size, 0);
  writeFileSync(join(folder, 'file'), '');
  assert.throws(() => new DoneFile(join(folder, 'file/notes.jsonl')), /cannot note progress in .*XDG_STATE_HOME/);
});

test('any line is an entry or none', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void parseDone(line)));
});
