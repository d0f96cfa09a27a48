import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { runCarbon } from '../../src/signals/metrics/carbon/running.fixture.ts';

const python = spawnSync('python3', ['--version']).status === 0;
const skip = python ? false : 'python3 is not installed';
const run = promisify(execFile);

/** Runs a Python program that has a socket `s` to the pickle port and `send(bytes)` with a length before them. */
const speak = (port: number, program: string, ...args: string[]): Promise<unknown> =>
  run('python3', [
    '-c',
    `import pickle, socket, struct, sys, os
s = socket.create_connection(('127.0.0.1', ${port}))
def send(data):
    s.sendall(struct.pack('!L', len(data)) + data)
${program}
s.close()`,
    ...args,
  ]);

test('python pickles of every protocol arrive, made by the C pickler and by the Python one', { skip }, async (t) => {
  const running = await runCarbon(t);
  await speak(
    running.port('pickle'),
    `
for protocol in range(6):
    for pickler in (pickle.dumps, pickle._dumps):
        name = 'p%d.%s' % (protocol, 'größe')
        shared = (1700000000, 0.1)
        send(pickler([
            (name + '.int', (1700000000, 12)),
            (name + '.float', (1700000000.5, -1e-7)),
            [name + '.list', [1700000000, 2 ** 40]],
            (name + '.long', (1700000000, -2 ** 70)),
            (name + '.bool', (1700000000, True)),
            (name + '.text', ('1700000000', '12.5')),
            (name + '.inf', (1700000000, float('inf'))),
            (name + '.nan', (1700000000, float('nan'))),
            (name + '.none', (1700000000, None)),
            (name + '.shared', shared), (name + '.shared2', shared),
            (name + ';b=2;a=1', (1700000000, 1)),
        ], protocol=protocol))
    send(pickle.dumps([], protocol=protocol))
    send(pickle.dumps([('many.%d.%d' % (protocol, i), (1700000000, i)) for i in range(5000)], protocol=protocol))
`,
  );
  await running.until(() => running.counts()['carbon.pickle.messages'] === 24);
  const points = new Map(running.writer.points.map(([name, time, value]) => [name, [time, value]]));
  for (let protocol = 0; protocol < 6; protocol++) {
    const own = (name: string): unknown => points.get(`p${protocol}.größe${name}`);
    assert.deepEqual(own('.int'), [1_700_000_000_000, 12]);
    assert.deepEqual(own('.float'), [1_700_000_000_500, -1e-7]);
    assert.deepEqual(own('.list'), [1_700_000_000_000, 2 ** 40]);
    assert.deepEqual(own('.long'), [1_700_000_000_000, -(2 ** 70)]);
    assert.deepEqual(own('.bool'), [1_700_000_000_000, 1]);
    assert.deepEqual(own('.text'), [1_700_000_000_000, 12.5]);
    assert.deepEqual(own('.inf'), [1_700_000_000_000, Infinity]);
    assert.deepEqual([own('.nan'), own('.none')], [undefined, undefined]);
    assert.deepEqual([own('.shared'), own('.shared2')], [own('.shared'), own('.shared')]);
    assert.deepEqual(own(';a=1;b=2'), [1_700_000_000_000, 1]);
    for (let i = 0; i < 5000; i++) assert.deepEqual(points.get(`many.${protocol}.${i}`), [1_700_000_000_000, i]);
  }
  assert.equal(running.counts()['carbon.dropped.bad_pickle'], 0);
  assert.equal(running.counts()['carbon.pickle.points'], 6 * (20 + 5000));
});

test('a pickle that would run a program runs nothing, and the next one is taken', { skip }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'heed-pickle-'));
  t.after(() => rm(folder, { recursive: true }));
  const running = await runCarbon(t);
  await speak(
    running.port('pickle'),
    `
class Bomb:
    def __reduce__(self):
        return (os.system, ('touch ' + sys.argv[1],))
for protocol in range(6):
    send(pickle.dumps([('bomb', (1700000000, Bomb()))], protocol=protocol))
    send(pickle.dumps({'a': 1}, protocol=protocol))
    send(pickle.dumps([('good', (1700000000, protocol))], protocol=protocol))
send(b'\\x80\\x02garbage')
send(pickle.dumps([('good', (1700000000, 6))]))
`,
    join(folder, 'pwned'),
  );
  await running.until(() => running.counts()['carbon.pickle.messages'] === 20);
  assert.deepEqual(
    running.writer.points.map(([name, , value]) => `${name} ${value}`),
    [0, 1, 2, 3, 4, 5, 6].map((value) => `good ${value}`),
  );
  assert.equal(running.counts()['carbon.dropped.bad_pickle'], 13);
  assert.equal(existsSync(join(folder, 'pwned')), false);
});

test('more than 1 MiB ends the connection', { skip }, async (t) => {
  const running = await runCarbon(t);
  await speak(
    running.port('pickle'),
    `
s.sendall(struct.pack('!L', 1048577))
assert s.recv(1) == b''
`,
  );
  assert.equal(running.counts()['carbon.dropped.too_long'], 1);
});
