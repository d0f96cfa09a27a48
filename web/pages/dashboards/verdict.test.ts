import assert from 'node:assert/strict';
import test from 'node:test';
import type { Panel } from '../../../src/core/dashboard.ts';
import { linesOf } from '../../charts/rows.ts';
import { changeAt, verdictOf, type Shown } from './verdict.ts';

const MINUTE = 60_000;
const panel = (title: string, more: Partial<Panel> = {}): Panel => ({
  title,
  type: 'line',
  place: { x: 0, y: 0, w: 4, h: 6 },
  note: '',
  targets: ['a'],
  unit: 'ms',
  limits: [],
  compare: '',
  figure: 'last',
  text: '',
  min: null,
  max: null,
  ...more,
});
const shown = (one: Panel, values: (number | null)[]): Shown => ({
  panel: one,
  lines: linesOf([{ name: 'a', target: 0, kind: 'timer', start: 0, step: MINUTE, values }], [], new Map()),
  unit: 'ms',
});
const say = (list: Shown[], marks: { time: number; text: string }[]): [string, string] | null => {
  const verdict = verdictOf(list, marks, 0, 20 * MINUTE);
  return verdict && [verdict.state, verdict.parts.map(({ text }) => text).join('')];
};
const calm = Array.from({ length: 20 }, (_, i) => 240 + (i % 3));
const jump = calm.map((value, i) => (i >= 10 ? value + 1360 : value));
const release = [{ time: 10 * MINUTE, text: 'v1.4.2' }];

test('since a release, what changed is told with both figures and what did not by name', () => {
  assert.deepEqual(say([shown(panel('Search p95'), jump), shown(panel('Orders'), calm)], release), [
    'warn',
    'Since v1.4.2 (10 min): Search p95 241 ms → 1.6 s. Orders unchanged.',
  ]);
});

test('when nothing changed it says so', () => {
  assert.deepEqual(say([shown(panel('Orders'), calm), shown(panel('Mail'), calm)], release), ['ok', 'Since v1.4.2 (10 min): nothing changed in Orders, Mail.']);
});

test('without a release, limits speak', () => {
  const limits = [{ value: 600, state: 'bad', below: false }] as Panel['limits'];
  assert.deepEqual(say([shown(panel('Search p95', { limits }), jump)], []), ['bad', 'Past the limit: Search p95 1.6 s (limit 600 ms).']);
  assert.deepEqual(say([shown(panel('Search p95', { limits }), calm)], []), ['ok', 'Search p95: within the limit.']);
});

test('with neither there is nothing to say', () => {
  assert.equal(say([shown(panel('Orders'), calm)], []), null);
});

test('a change needs values on both sides, and more than their spread', () => {
  const [line] = shown(panel('a'), [1, 1, 1, null, null, null, null, 5]).lines;
  assert.equal(changeAt(line, 4 * MINUTE), undefined);
  const noise = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 10 : 90));
  assert.equal(changeAt(shown(panel('a'), noise).lines[0], 10 * MINUTE)?.isChanged, false);
});
