import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verdictOf, type VerdictFacts } from './verdict.ts';

const AT = new Date(2026, 10, 22, 14, 0).getTime();
const WELL: VerdictFacts = {
  now: AT,
  started: AT - 7_200_000,
  arrived: true,
  series: 48_211,
  rate: 12_410.2,
  last: AT - 1000,
  dropped: [],
  writeProblem: '',
  writeProblemSince: 0,
  damage: 0,
  fullInDays: null,
};
const said = (part: Partial<VerdictFacts>): string => {
  const { state, text } = verdictOf({ ...WELL, ...part });
  return `${state}: ${text}`;
};

test('the verdict says what is so, since when, and what else is wrong', () => {
  assert.equal(said({}), 'ok: 12,410 lines a second arrive, 48,211 series are kept; nothing was dropped in the last hour.');
  assert.equal(
    said({ rate: 0.1, started: AT - 600_000 }),
    'ok: 6 lines a minute arrive, 48,211 series are kept; nothing was dropped since the start at 13:50.',
  );
  assert.equal(
    said({
      dropped: [
        { part: 'StatsD', reason: 'bad line', count: 38 },
        { part: 'Carbon', reason: 'not a number', count: 3 },
      ],
    }),
    'warn: 12,410 lines a second arrive, 48,211 series are kept; 41 dropped in the last hour, most often: bad line.',
  );
  assert.equal(said({ arrived: false, last: null }), 'none: Heed is listening. Nothing has arrived yet.');
  assert.equal(said({ last: null, started: AT - 120_000 }), 'none: Nothing has arrived since the start at 13:58; 48,211 series are kept.');
  assert.equal(said({ last: AT - 300_000 }), 'warn: Nothing has arrived since 13:55, 5 min ago.');
  assert.equal(
    said({ writeProblem: 'no space left on device', writeProblemSince: AT - 120_000 }),
    'bad: The disk is full since 13:58: numbers are refused, reading goes on.',
  );
  assert.equal(
    said({ writeProblem: 'read-only file system', writeProblemSince: AT }),
    'bad: Numbers are refused since 14:00: read-only file system. Reading goes on.',
  );
});

test('what is not in the sentence is in the details', () => {
  const { state, details } = verdictOf({ ...WELL, damage: 2, fullInDays: 3.2, dropped: [{ part: 'StatsD', reason: 'bad line', count: 3812 }] });
  assert.equal(state, 'warn');
  assert.deepEqual(details, [
    '2 damaged pieces of the data were left out; heed verify tells which.',
    "The disk is full in 3 d at today's growth.",
    'StatsD: 3,812 × bad line.',
  ]);
});
