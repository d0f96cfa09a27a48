import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCarbon } from '../../src/signals/metrics/carbon/running.fixture.ts';

test('points go on to others by line and by pickle, as they came', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'heed-forward-'));
  const [byLine, byPickle] = [await runCarbon(t), await runCarbon(t)];
  const forward = `line://127.0.0.1:${byLine.port()},pickle://127.0.0.1:${byPickle.port('pickle')}`;
  const running = await runCarbon(t, { forward }, folder);
  t.after(() => rm(folder, { recursive: true }));
  const socket = await running.connect();
  const values = ['1', '-0.1', '1e-7', '12345678901234567890', 'inf', '-inf', '37.704918032786885'];
  socket.end(Array.from({ length: 3000 }, (_, i) => `größe.${i % 50};k=${i % 3} ${values[i % values.length]} ${1_700_000_000 + i}\n`).join(''));
  for (const one of [running, byLine, byPickle]) await one.until(() => one.writer.points.length === 3000);
  assert.deepEqual(byLine.writer.points, running.writer.points);
  assert.deepEqual(byPickle.writer.points, running.writer.points);
  assert.equal(running.counts()['forward.points'], 6000);
});
