import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { HeedError } from '../errors.ts';
import { readConfig } from './config.ts';
import { SERVE_OPTIONS, flagOf, variableOf } from './options.ts';
import { formatAddress, parseAddresses, parseForward, parseHostPort, parsePercentiles } from './values.ts';

function folderWith(t: TestContext, name?: string, content = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-config-'));
  t.after(() => rmSync(folder, { recursive: true }));
  if (name) writeFileSync(join(folder, name), content);
  return folder;
}

const refuses = (pattern: RegExp) => (error: unknown) => error instanceof HeedError && error.code === 'bad_option' && pattern.test(error.message);

test('defaults listen on loopback only', async (t) => {
  const config = await readConfig({}, {}, folderWith(t));
  const hosts = [config.http, ...config.statsd, ...config.carbon, ...config.pickle, ...config.statsdAdmin].map(({ host }) => host);
  assert.deepEqual([...new Set(hosts)], ['127.0.0.1']);
  assert.deepEqual([config.flush, config.percentiles, config.statsdOptions.legacyNamespace], [10, [90], true]);
});

test('a flag wins over the environment, which wins over the file', async (t) => {
  const folder = folderWith(t, 'heed.config.yaml', 'flush: 3\npercentiles: [50, 99.9]\nstatsdOptions:\n  flushCounts: false\n');
  const env = { HEED_FLUSH: '4', HEED_STATSD_OPTIONS_DELETE_IDLE_STATS: 'true' };
  assert.equal((await readConfig({ flush: '5' }, env, folder)).flush, 5);
  const config = await readConfig({}, env, folder);
  assert.deepEqual([config.flush, config.percentiles, config.statsdOptions.flushCounts, config.statsdOptions.deleteIdleStats], [4, [50, 99.9], false, true]);
});

test('a config file may be JSON or a module, and hold a table of retention', async (t) => {
  const json = folderWith(t, 'heed.config.json', '{"retention":[{"pattern":"^a","keep":"10s:1d"}],"maxSeries":5000}');
  const config = await readConfig({}, {}, json);
  assert.deepEqual(config.retentionRules, [{ pattern: '^a', keep: '10s:1d' }]);
  assert.equal(config.maxSeries, 5000);
  const module = folderWith(t, 'heed.config.js', 'export default { statsdOptions: { histogram: [{ metric: "", bins: [1, "inf"] }] } }');
  assert.equal((await readConfig({}, {}, module)).statsdOptions.histogram, '[{"metric":"","bins":[1,"inf"]}]');
});

test('what cannot be used is refused by its name, with what to write', async (t) => {
  const unknown = folderWith(t, 'heed.config.json', '{"flsh":1}');
  await assert.rejects(readConfig({}, {}, unknown), refuses(/heed\.config\.json: there is no setting 'flsh'/));
  const broken = folderWith(t, 'heed.config.yaml', '{');
  await assert.rejects(readConfig({}, {}, broken), refuses(/cannot read .*heed\.config\.yaml/));
  await assert.rejects(readConfig({ flush: '0' }, {}, folderWith(t)), refuses(/--flush.*number from 0\.1 to 3600/));
  await assert.rejects(readConfig({}, { HEED_STATSD_ADMIN: 'x' }, folderWith(t)), refuses(/HEED_STATSD_ADMIN.*HOST:PORT/));
});

test('every setting has its own flag, variable and a default that it can read', () => {
  const keys = SERVE_OPTIONS.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(new Set(keys.map(variableOf)).size, keys.length);
  for (const option of SERVE_OPTIONS) option.parse(option.default);
  assert.deepEqual(['statsdAdmin', 'data'].map(flagOf), ['--statsd-admin', '--data']);
  assert.equal(variableOf('statsdOptions.gaugesMaxTTL'), 'HEED_STATSD_OPTIONS_GAUGES_MAX_TTL');
});

test('addresses are lists, with IPv6 and Unix sockets', () => {
  assert.deepEqual(parseHostPort('[::1]:80'), { host: '::1', port: 80 });
  assert.deepEqual(parseHostPort(':80'), { host: '127.0.0.1', port: 80 });
  assert.deepEqual(
    parseAddresses('0.0.0.0:1, tcp://a:2 ,unix:///run/s', ['udp', 'tcp']).map((address) => `${address.transport} ${formatAddress(address)}`),
    ['udp 0.0.0.0:1', 'tcp 0.0.0.0:1', 'tcp a:2', 'unix /run/s'],
  );
  assert.deepEqual(parseAddresses('off', ['udp']), []);
  assert.deepEqual(parseForward(' line://a:1,pickle://[::1]:2,'), [
    { protocol: 'line', host: 'a', port: 1 },
    { protocol: 'pickle', host: '::1', port: 2 },
  ]);
  assert.throws(() => parseForward('a:2003'), refuses(/write line:\/\/HOST:PORT or pickle:\/\/HOST:PORT/));
  for (const bad of ['a', 'a:b', 'a:70000', '::1:5']) assert.throws(() => parseHostPort(bad), refuses(/HOST:PORT/));
});

test('percentiles may be negative and fractional, never 0', () => {
  assert.deepEqual(parsePercentiles('90,99.9,-10'), [90, 99.9, -10]);
  for (const bad of ['0', '101', 'x']) assert.throws(() => parsePercentiles(bad), refuses(/percentile/));
});
