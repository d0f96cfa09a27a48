import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { eventually, renderValues, startServer } from '../harness/server.ts';
import { sendAll } from '../faults/journey.fixture.ts';

const MINUTE = 60;

/** What python3 reads of a pickle, as JSON. */
function unpickled(bytes: Uint8Array): unknown {
  const program = 'import sys, json, pickle; json.dump(pickle.load(sys.stdin.buffer), sys.stdout)';
  return JSON.parse(execFileSync('python3', ['-c', program], { input: bytes, encoding: 'utf8', maxBuffer: 1 << 26 }));
}

const withoutPython = spawnSync('python3', ['--version']).status === 0 ? false : 'python3 is not installed';

test('python3 reads what render answers as pickle, gaps and many values too', { skip: withoutPython }, async () => {
  await using server = await startServer({ args: ['--retention', '1m:1d'] });
  const until = Math.floor(Date.now() / 1000 / MINUTE) * MINUTE;
  const lines = Array.from({ length: 1200 }, (_, i) => (i % 100 === 7 ? '' : `pickled.é ${i / 8} ${until - i * MINUTE}\n`));
  await sendAll(server.port('carbon'), lines.join(''));
  await eventually(
    () => renderValues(server, 'pickled.é', '-1d'),
    (values) => values.length === 1188,
  );
  const from = until - 1200 * MINUTE;
  const answer = await fetch(`${server.url}/render?target=scale(pickled.%C3%A9,2)&from=${from}&until=${until - 1}&format=pickle`);
  assert.equal(answer.headers.get('content-type'), 'application/pickle');
  assert.deepEqual(unpickled(await answer.bytes()), [
    {
      name: 'scale(pickled.é,2)',
      pathExpression: 'scale(pickled.é,2)',
      start: from + MINUTE,
      end: until,
      step: MINUTE,
      values: Array.from({ length: 1199 }, (_, i) => ((1199 - i) % 100 === 7 ? null : (1199 - i) / 4)),
      valuesPerPoint: 1,
      consolidationFunc: 'average',
      xFilesFactor: 0,
    },
  ]);
});

test('python3 reads what find answers as pickle, as another graphite-web would ask for it', { skip: withoutPython }, async () => {
  await using server = await startServer();
  await sendAll(server.port('carbon'), 'found.é.one 1 -1\nfound.é 2 -1\nfound.b.two 3 -1\n');
  const ask = async (): Promise<unknown> => {
    // As the client of a cluster posts it, in parts.
    const form = new FormData();
    for (const [name, value] of [
      ['local', '1'],
      ['format', 'pickle'],
      ['query', 'found.*'],
    ])
      form.append(name, value);
    const answer = await fetch(`${server.url}/metrics/find/`, { method: 'POST', body: form });
    assert.equal(answer.headers.get('content-type'), 'application/pickle');
    return unpickled(await answer.bytes());
  };
  type Found = { path: string; is_leaf: boolean; intervals?: [number, number][] }[];
  const found = (await eventually(ask, (nodes) => (nodes as Found).length === 3)) as Found;
  assert.deepEqual(
    found.map(({ path, is_leaf: leaf, intervals }) => [path, leaf, intervals?.[0][0]]),
    [
      ['found.b', false, undefined],
      ['found.é', false, undefined],
      ['found.é', true, 0],
    ],
  );
  assert.ok(found[2].intervals![0][1] >= Math.floor(Date.now() / 1000) - 60);
});
