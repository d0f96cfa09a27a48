import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { runCarbon } from '../../src/signals/metrics/carbon/running.fixture.ts';

const COLLECTD = '/usr/sbin/collectd';
const withoutPython = spawnSync('python3', ['--version']).status === 0 ? false : 'python3 is not installed';
const withoutCollectd = existsSync(COLLECTD) ? false : 'collectd is not installed';

test('lines of sitespeed.io arrive, every one', async (t) => {
  const running = await runCarbon(t);
  const text = await readFile(new URL('carbon-sitespeed.txt', import.meta.url), 'utf8');
  const lines = text.trimEnd().split('\n');
  const socket = await running.connect();
  socket.end(text.endsWith('\n') ? text : `${text}\n`);
  await running.until(() => running.writer.points.length === lines.length);
  assert.deepEqual(
    running.writer.points.map(([name, time, value]) => `${name} ${value} ${time / 1000}`),
    lines.map((line) => line.replace(/ (\S+) (?=\d+$)/, (_, value: string) => ` ${Number(value)} `)),
  );
});

test('the carbon returner of Salt works unchanged, as text and as pickle', { skip: withoutPython }, async (t) => {
  const running = await runCarbon(t);
  await promisify(execFile)('python3', [
    '-c',
    // Salt's way: the return's mappings flattened, each leaf through float(), one time for all.
    `
import pickle, socket, struct, time
def flatten(base, data):
    if hasattr(data, 'items'):
        for key, value in data.items():
            yield from flatten('%s.%s' % (base, key), value)
    else:
        yield base, float(data)
stats = {'_all': {'primaries': {'docs': {'count': 12, 'deleted': '3'}, 'ok': True}}, 'indices': {'.kibana': {'size': 5e9}}}
metrics = list(flatten('elasticsearch.stats.demo_host', stats))
now = int(time.time())
text = socket.create_connection(('127.0.0.1', ${running.port()}))
text.sendall(('\\n'.join('text.%s %s %s' % (name, value, now) for name, value in metrics) + '\\n').encode())
text.close()
data = pickle.dumps([('pickle.' + name, (now, value)) for name, value in metrics], -1)
binary = socket.create_connection(('127.0.0.1', ${running.port('pickle')}))
binary.sendall(struct.pack('!L', len(data)) + data)
binary.close()
`,
  ]);
  await running.until(() => running.writer.points.length === 8);
  const values = Object.fromEntries(running.writer.points.map(([name, , value]) => [name, value]));
  for (const way of ['text', 'pickle']) {
    const base = `${way}.elasticsearch.stats.demo_host`;
    assert.equal(values[`${base}._all.primaries.docs.count`], 12);
    assert.equal(values[`${base}._all.primaries.docs.deleted`], 3);
    assert.equal(values[`${base}._all.primaries.ok`], 1);
    assert.equal(values[`${base}.indices..kibana.size`], 5e9);
  }
});

for (const protocol of ['tcp', 'udp'] as const) {
  test(`Debian's collectd writes to us by write_graphite over ${protocol}`, { skip: withoutCollectd }, async (t) => {
    const running = await runCarbon(t);
    const folder = await mkdtemp(join(tmpdir(), 'heed-collectd-'));
    t.after(() => rm(folder, { recursive: true }));
    await writeFile(
      join(folder, 'collectd.conf'),
      `Hostname "web.example"
FQDNLookup false
Interval 0.1
BaseDir "${folder}"
TypesDB "/usr/share/collectd/types.db"
LoadPlugin load
LoadPlugin memory
LoadPlugin write_graphite
<Plugin write_graphite>
  <Node "heed">
    Host "127.0.0.1"
    Port "${running.port('carbon', protocol)}"
    Protocol "${protocol}"
    Prefix "collectd."
    EscapeCharacter "_"
    StoreRates true
    LogSendErrors true
  </Node>
</Plugin>
`,
    );
    const collectd = spawn(COLLECTD, ['-f', '-C', join(folder, 'collectd.conf'), '-P', join(folder, 'pid')], { stdio: 'ignore' });
    const ended = once(collectd, 'exit');
    try {
      await running.until(() => running.writer.points.filter(([name]) => name === 'collectd.web_example.load.load.shortterm').length >= 2);
    } finally {
      collectd.kill('SIGTERM');
      await ended;
    }
    const names = new Set(running.writer.points.map(([name]) => name));
    assert.ok(names.has('collectd.web_example.memory.memory-free'), [...names].join(' '));
    for (const [name, time, value] of running.writer.points) {
      assert.ok(Math.abs(time - Date.now()) < 60_000, name);
      assert.ok(Number.isFinite(value), name);
    }
    assert.equal(running.counts()['carbon.dropped.bad_line'], 0);
  });
}
