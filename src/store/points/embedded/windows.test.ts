import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parseRetention } from '../../../core/retention.ts';
import { oldestKept, windowLength, windowStart } from './windows.ts';

const layout = (retention: string): { tiers: ReturnType<typeof parseRetention>; adaptive: boolean } => ({ tiers: parseRetention(retention), adaptive: false });
const DAY = 86_400;

void test('windows hold about 8,640 steps, fewer where little is kept', () => {
  const standard = layout('1s:7d,1m:60d,10m:2y');
  assert.deepEqual(
    standard.tiers.map((_, tier) => windowLength(standard, tier)),
    [DAY, 7 * DAY, 60 * DAY],
  );
  assert.equal(windowLength(layout('10s:6h,1m:7d'), 0), 3 * 3600);
  assert.equal(windowLength(layout('5m:1y'), 0), 30 * DAY);
});

void test('windows are whole slots of their tier and of the next, and never outlive what is kept by more than one', () => {
  const tiers = fc
    .tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 2, max: 60 }), fc.integer({ min: 2, max: 1000 }), fc.integer({ min: 2, max: 100 }))
    .map(([step, ratio, points, longer]) => `${step}:${ratio * points},${step * ratio}:${points * longer}`);
  fc.assert(
    fc.property(tiers, fc.nat(4e9), (retention, now) => {
      const each = layout(retention);
      for (const [tier, { step, keep }] of each.tiers.entries()) {
        const length = windowLength(each, tier);
        assert.equal(length % (step / 1000), 0);
        if (each.tiers[tier + 1]) assert.equal(length % (each.tiers[tier + 1].step / 1000), 0);
        const oldest = oldestKept(each, tier, now * 1000);
        assert.equal(windowStart(oldest, length), oldest);
        if (oldest > 0) assert.ok(oldest <= now - keep / 1000 && oldest > now - keep / 1000 - length);
      }
    }),
  );
});
