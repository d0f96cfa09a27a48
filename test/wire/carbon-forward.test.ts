import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCarbon } from '../../src/signals/metrics/carbon/running.fixture.ts';
import { encodeBatch } from '../../src/signals/metrics/forward/encode.ts';

const withoutPython = spawnSync('python3', ['--version']).status === 0 ? false : 'python3 is not installed';

test('python3 reads the pickles that go out', { skip: withoutPython }, () => {
  const names = ['a.b', 'größe;k=v', 'x'.repeat(300)];
  const bytes = encodeBatch('pickle', { names, times: [1_700_000_000_999, 5_000_000_000_000, -1000], values: [0.1, -Infinity, 3] });
  const program = `
import json, pickle, struct, sys
data = sys.stdin.buffer.read()
assert struct.unpack('!L', data[:4])[0] == len(data) - 4
print(json.dumps([[n, t, str(v)] for n, (t, v) in pickle.loads(data[4:])]))`;
  const { stdout } = spawnSync('python3', ['-c', program], { input: bytes });
  assert.deepEqual(JSON.parse(stdout.toString()), [
    [names[0], 1_700_000_000, '0.1'],
    [names[1], 5_000_000_000, '-inf'],
    [names[2], -1, '3.0'],
  ]);
});

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
