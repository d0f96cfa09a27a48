import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_SESSIONS, type SessionsAnswer, type SessionsQuestion } from '../../../store/errors/sessions.ts';
import { ReleaseNumbers } from './release-numbers.ts';

const HOUR = 3_600_000;
const START = 1000 * HOUR;

/** Numbers of a project with these sessions in every hour, whose points are noted as `[name, time, value]`. */
function make(of: Record<string, { sessions: number; crashed: number }>): {
  health: ReleaseNumbers;
  points: [string, number, number][];
  asked: SessionsQuestion[];
} {
  const points: [string, number, number][] = [];
  const asked: SessionsQuestion[] = [];
  const row = (release: string, counts: { sessions: number; crashed: number }): SessionsAnswer['rows'][number] => ({
    project: 1,
    release,
    environment: '',
    totals: { ...NO_SESSIONS, ...counts },
    series: [],
  });
  const errors = {
    async sessions(question: SessionsQuestion): Promise<SessionsAnswer> {
      asked.push(question);
      const rows = Object.entries(of).map(([release, counts]) => row(release, counts));
      const sum = (name: 'sessions' | 'crashed'): number => Object.values(of).reduce((all, counts) => all + counts[name], 0);
      return { start: 0, step: 0, rows: question.by.length > 0 ? rows : [row('', { sessions: sum('sessions'), crashed: sum('crashed') })] };
    },
  };
  const health = new ReleaseNumbers(errors, { gauge: (name, time, value) => void points.push([name, time, value]) });
  return { health, points, asked };
}

test('an hour that goes on is a point each minute, one that is over its last point once more', async (t) => {
  const { health, points, asked } = make({
    'shop@1.0': { sessions: 75, crashed: 3 },
    'shop@1.1': { sessions: 25, crashed: 0 },
    '': { sessions: 100, crashed: 0 },
  });
  t.after(() => health.stop());
  health.changed('shop', [
    { project: 1, time: START },
    { project: 1, time: START - 7 * HOUR },
  ]);
  await health.tick(START + 65_000);
  assert.deepEqual(points, [
    ['releases.shop.crash_free.sessions', START + 60_000, 98.5],
    ['releases.shop.by_release.shop_1_0.crash_free.sessions', START + 60_000, 96],
    ['releases.shop.by_release.shop_1_1.crash_free.sessions', START + 60_000, 100],
    ['releases.shop.crash_free.sessions', START - 6 * HOUR - 10_000, 98.5],
    ['releases.shop.by_release.shop_1_0.crash_free.sessions', START - 6 * HOUR - 10_000, 96],
    ['releases.shop.by_release.shop_1_1.crash_free.sessions', START - 6 * HOUR - 10_000, 100],
  ]);
  assert.deepEqual([asked[0].from, asked[0].until, asked[0].project], [START, START + HOUR, 1]);
  points.length = 0;
  await health.tick(START + 80_000);
  assert.equal(points.length, 0);
  await health.tick(START + 120_000);
  assert.deepEqual([points.length, points[0][1]], [3, START + 120_000]);
  await health.tick(START + HOUR);
  assert.equal(points.length, 3, 'an hour that is over without more says no more');
});
