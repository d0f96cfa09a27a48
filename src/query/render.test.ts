import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_LIMITS } from './budget.ts';
import { render } from './render.ts';
import type { RenderParams } from './request.ts';
import { MemoryReader } from './testing/memory-reader.ts';

const NOW = Date.UTC(2026, 10, 22, 12, 34, 56);

const reader = new MemoryReader(
  [10_000, 60_000, 7000].map((step, s) => {
    const start = NOW - (NOW % step) - 999 * step;
    return { name: `a.${s}`, step, start, values: Array.from({ length: 1000 }, (_, i) => (i % 7 === s ? NaN : (i * 7919) / 13)) };
  }),
);

async function rendered(target: string, params: RenderParams): Promise<unknown> {
  const { body } = await render(
    { target: [target], format: ['json'], from: ['-2h'], ...params },
    { reader, limits: DEFAULT_LIMITS, now: NOW, timeZone: 'UTC' },
  );
  return JSON.parse(new TextDecoder().decode(body));
}

void test('series that are folded while they are read are the same as series that are folded afterwards', async () => {
  for (const points of ['1', '2', '10', '59', '60', '61', '119', '120', '500', '720', '5000']) {
    const params = { maxDataPoints: [points], xFilesFactor: [points === '10' ? '0.9' : '0'] };
    assert.deepEqual(await rendered('a.*', params), await rendered('group(a.*)', params), points);
  }
});

void test('an answer too long to be sent is refused before it begins', async () => {
  // Two weeks in steps of 10 s, named 100 times.
  const target = Array.from({ length: 100 }, () => 'a.0');
  await assert.rejects(rendered('a.0', { target, from: ['-14d'] }), { code: 'answer_too_large' });
  await rendered('a.0', { target, from: ['-14d'], maxDataPoints: ['10'] });
});
