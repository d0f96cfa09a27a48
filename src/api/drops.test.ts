import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allocateCounters, CounterLane, COUNTERS, readCounters } from '../core/counters.ts';
import { adviceFor, DROPS, listDrops, partOf, reasonInWords } from './drops.ts';

test('every counter of drops has words and advice', () => {
  const dropped = COUNTERS.filter((name) => /\.(?:dropped|not_kept)\./.test(name));
  assert.deepEqual(Object.keys(DROPS).toSorted(), dropped.toSorted());
  for (const [counter, { reason, advice }] of Object.entries(DROPS)) {
    assert.match(reason, /^[a-z][^.]*$/, `${counter}: a few words`);
    assert.match(advice, /^[A-Z].*\.$/, `${counter}: one sentence`);
    assert.ok(partOf(counter as keyof typeof DROPS), `${counter}: its part has a name`);
  }
  assert.equal(reasonInWords('statsd.lines'), '');
  assert.equal(adviceFor('carbon.dropped.bad_name'), DROPS['carbon.dropped.bad_name'].advice);
});

test('drops are listed most first', () => {
  const memory = allocateCounters();
  const lane = new CounterLane(memory, 'receive');
  lane.add('statsd.dropped.bad_line', 2);
  lane.add('carbon.dropped.not_a_number', 5);
  assert.deepEqual(
    listDrops(readCounters(memory)).map(({ counter, part, count }) => [counter, part, count]),
    [
      ['carbon.dropped.not_a_number', 'Carbon', 5],
      ['statsd.dropped.bad_line', 'StatsD', 2],
    ],
  );
});
