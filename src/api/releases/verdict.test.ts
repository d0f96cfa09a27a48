import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { type Compared, intervalOfDifference, judge, type Verdict } from './verdict.ts';

const HOUR = 3_600_000;

function verdict([sessions, crashed]: [number, number], before?: [number, number], part: Partial<Compared> = {}): Verdict {
  return judge({
    release: { sessions, crashed },
    before: before && { version: 'shop@1.4.1', sessions: before[0], crashed: before[1] },
    age: 6 * HOUR,
    newIssues: 0,
    regressed: 0,
    ...part,
  });
}

test('the verdict says what was compared', () => {
  assert.deepEqual(verdict([8210, 148], [9000, 36], { newIssues: 3, regressed: 1 }), {
    kind: 'worse',
    words: 'Worse than shop@1.4.1: crash-free sessions 98.1 % against 99.6 % (8,210 sessions in the first 6 hours of each), 3 new issues, 1 regressed',
  });
  assert.equal(
    verdict([5000, 20], [5000, 22], { newIssues: 1, age: 72 * HOUR }).words,
    'No worse than shop@1.4.1: crash-free sessions 99.6 % against 99.5 % (5,000 sessions in the first 3 days of each), 1 new issue',
  );
  assert.equal(verdict([5000, 2], [5000, 100]).kind, 'better');
  assert.equal(verdict([40, 0], [9000, 36]).words, 'Too early to say: 40 sessions of 200; crash-free sessions 100 %, no new issues');
  assert.equal(verdict([40, 20], [9000, 36]).kind, 'worse', 'what is plain is said early');
  assert.equal(verdict([3, 3], [9000, 36]).kind, 'early');
  assert.equal(verdict([812, 1]).words, 'The first release that is known: crash-free sessions 99.8 % of 812, no new issues');
  assert.equal(verdict([812, 1], [0, 0]).kind, 'unknown');
  assert.equal(verdict([812, 1], [50, 0]).kind, 'unknown');
  assert.equal(verdict([0, 0], [50, 0], { newIssues: 2 }).words, 'No sessions to judge by: 2 new issues');
  assert.equal(verdict([10_000_000, 10_500], [10_000_000, 10_000]).kind, 'same', 'a difference that is sure and matters nothing');
});

test('equal releases are hardly ever told apart, and much worse ones nearly always', () => {
  let seed = 42;
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  const crashes = (sessions: number, rate: number): number => Array.from({ length: sessions }, random).filter((value) => value < rate).length;
  const share = (kind: Verdict['kind'], sessions: number, rate: number, rateBefore: number): number => {
    const rounds = 400;
    let found = 0;
    for (let i = 0; i < rounds; i++) if (verdict([sessions, crashes(sessions, rate)], [1000, crashes(1000, rateBefore)]).kind === kind) found++;
    return found / rounds;
  };
  for (const [sessions, rate] of [
    [30, 0.02],
    [300, 0.005],
    [1000, 0.02],
  ])
    assert.ok(share('worse', sessions, rate, rate) <= 0.015, `${sessions} sessions`);
  assert.ok(share('worse', 1000, 0.06, 0.01) > 0.95);
});

test('an interval holds the difference that was seen, and narrows with more sessions', () => {
  const had = fc.integer({ min: 1, max: 10_000 }).chain((sessions) => fc.record({ sessions: fc.constant(sessions), crashed: fc.nat(sessions) }));
  fc.assert(
    fc.property(had, had, (a, b) => {
      const [low, high] = intervalOfDifference(a, b);
      const seen = a.crashed / a.sessions - b.crashed / b.sessions;
      assert.ok(low <= seen + 1e-12 && seen <= high + 1e-12 && low >= -1 - 1e-9 && high <= 1 + 1e-9);
      const more = ({ sessions, crashed }: typeof a): typeof a => ({ sessions: sessions * 100, crashed: crashed * 100 });
      const [lowMore, highMore] = intervalOfDifference(more(a), more(b));
      assert.ok(highMore - lowMore < high - low);
    }),
  );
});
