import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byHowMuch, whatWasLookedAt } from './words.ts';

test('a change is told as a factor, as points, or by its figures alone', () => {
  assert.equal(byHowMuch({ before: 240, after: 1584 }, 'ms'), '× 6.6');
  assert.equal(byHowMuch({ before: 9, after: 3 }, 'number'), '÷ 3');
  assert.equal(byHowMuch({ before: -2, after: -8 }, 'number'), '× 4');
  assert.equal(byHowMuch({ before: 29, after: 36 }, '%'), '+7 points');
  for (const [before, after] of [
    [100, 120],
    [0, 5],
    [-1, 5],
    [null, 5],
    [5, null],
  ])
    assert.equal(byHowMuch({ before, after }, 'number'), '');
});

test('what was looked at is told, also where it was not all', () => {
  const at = new Date(2026, 10, 22, 14, 2).getTime();
  const answer = { changes: [], looked: 2003, of: 2003, span: 1_800_000, ms: 180.4 };
  assert.equal(whatWasLookedAt(answer, at, at), 'Looked at 2,003 series, 30 min before and after 14:02, in 180 ms.');
  assert.match(whatWasLookedAt({ ...answer, looked: 1500 }, at, at), /^Looked at 1,500 of 2,003 series/);
});
