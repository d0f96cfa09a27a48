import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeDeps } from '../../src/api/deps.fixture.ts';
import { newEvent, shopEvents } from '../../src/api/issues/new-event.fixture.ts';
import { startApi } from '../../src/api/server.ts';
import { runCli } from '../../src/cli/main.ts';
import { readCounters } from '../../src/core/counters.ts';
import { eventually } from '../harness/server.ts';

test('tail tells the errors that come after it began, and ends when it is told to', async (t) => {
  const deps = await makeDeps(t);
  await deps.errors.add(shopEvents());
  const api = await startApi(deps);
  t.after(() => api.close());
  let [output, faults] = ['', ''];
  const ending = new AbortController();
  const io = {
    stdout: { write: (text: string) => void (output += text) },
    stderr: { write: (text: string) => void (faults += text) },
    env: { HEED_URL: api.url, NO_COLOR: '1' },
    signal: ending.signal,
  };
  const running = runCli(['tail', 'errors', '--match', 'level:[error,fatal]'], io);
  // The second question is asked when the first was answered.
  await eventually(
    async () => readCounters(deps.counters)['http.requests'],
    (requests) => requests > 1,
  );
  await deps.errors.add([
    newEvent(20, 'TypeError: x is undefined', 'add'),
    newEvent(21, 'RangeError: \u001B[2J', 'count', { level: 'fatal' }),
    newEvent(22, 'Note: nothing', 'note', { level: 'info' }),
  ]);
  await eventually(
    async () => output,
    (text) => text.includes('RangeError'),
  );
  ending.abort();
  assert.equal(await running, 0, faults);
  const lines = output.trimEnd().split('\n');
  assert.equal(lines.length, 2, output);
  assert.match(lines[0], /^\d\d:\d\d:\d\d\.\d{3} {2}DEFAULT-\w+ {2}TypeError: x is undefined {2}error shop@1\.4\.0 {2}http:\S+\/errors\/DEFAULT-\w+$/);
  assert.match(lines[1], /RangeError: +(?:\\x1b)?\[2J {2}fatal/);
  assert.equal(await runCli(['tail', 'nothing'], { ...io, signal: new AbortController().signal }), 2);
});
