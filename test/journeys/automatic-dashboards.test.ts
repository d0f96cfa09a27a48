import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DashboardAnswer, DashboardsAnswer, FramesLine, VariablesAnswer } from '../../src/api/contract.ts';
import { substitute } from '../../src/dashboards/substitute.ts';
import { eventually, startServer, temporaryFolder, type RunningServer } from '../harness/server.ts';
import { sendGraphite, sendStatsd } from '../harness/traffic.ts';

const COLLECTD = '/usr/sbin/collectd';
const send = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

/** Titles of the panels of which a target has no value, once the dashboard is listed; none when all is well. */
async function emptyPanels(server: RunningServer, slug: string): Promise<string[]> {
  await eventually(
    () => server.json<DashboardsAnswer>('/api/v1/dashboards'),
    ({ dashboards }) => dashboards.some((entry) => entry.slug === slug && entry.origin === 'automatic'),
  );
  const { dashboard } = await server.json<DashboardAnswer>(`/api/v1/dashboards/${slug}`);
  const { variables } = await server.json<VariablesAnswer>('/api/v1/variables', send({ variables: dashboard.variables, chosen: {} }));
  const chosen = new Map(dashboard.variables.map(({ name, default: fallback }, i) => [name, [fallback || variables[i].values[0]]]));
  const panels = dashboard.panels.filter(({ type }) => type !== 'text');
  const question = {
    from: '-1h',
    until: 'now',
    panels: panels.map(({ targets }) => ({ targets: targets.map((target) => substitute(target, chosen)), maxDataPoints: 500 })),
  };
  const empty = async (): Promise<string[]> => {
    const lines = (await (await fetch(`${server.url}/api/v1/frames`, send(question))).text()).trimEnd().split('\n');
    return lines.flatMap((text) => {
      const line = JSON.parse(text) as FramesLine;
      const { title, targets } = panels[line.panel];
      if ('error' in line) return `${title}: ${line.error.message}`;
      const known = new Set(line.frame.rows.filter(({ values }) => values.some((value) => value !== null)).map(({ target }) => target));
      return known.size === targets.length ? [] : `${title}: ${targets.filter((_, i) => !known.has(i)).join(', ')}`;
    });
  };
  return await eventually(empty, (found) => found.length === 0).catch(empty);
}

/** Lines of names at two moments, counting up. */
const counting = (names: readonly string[]): string[] => {
  const now = Math.floor(Date.now() / 1000);
  return names.flatMap((name, i) => [120, 60].map((ago) => `${name} ${1000 + i + (120 - ago) * 10} ${now - ago}`));
};

test("Heed's own and StatsD's dashboards show what applications send", async () => {
  await using server = await startServer();
  await sendStatsd(server, 'shop.orders:3|c\nshop.search:120|ms\nshop.search:80|ms\nshop.queue:7|g\norders:1|c');
  assert.deepEqual(await emptyPanels(server, 'statsd'), []);
  // Its first numbers of itself come after ten seconds.
  await sendGraphite(server, ['a.b 1 -1']);
  assert.deepEqual(await emptyPanels(server, 'heed'), []);
});

test("Apache's requests by mod_statsd, as it names them", async () => {
  await using server = await startServer();
  const requests = ['index_html.GET.200', 'nope.GET.404', 'app.search.GET.200', 'app.error500.GET.500', 'app.login.POST.302', 'all..GET.200'];
  for (const name of requests) await sendStatsd(server, `web.${name}.host1:12|ms\nweb.${name}.host1:1|c`);
  assert.deepEqual(await emptyPanels(server, 'apache'), []);
});

test('collectd of this machine by write_graphite', { skip: existsSync(COLLECTD) ? false : 'collectd is not installed' }, async (t) => {
  await using server = await startServer();
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const plugins = ['cpu', 'load', 'memory', 'swap', 'disk', 'df', 'interface', 'processes'].map((name) => `LoadPlugin ${name}`).join('\n');
  writeFileSync(
    join(folder, 'collectd.conf'),
    `Hostname "web.example"
FQDNLookup false
Interval 0.5
BaseDir "${folder}"
TypesDB "/usr/share/collectd/types.db"
${plugins}
LoadPlugin write_graphite
<Plugin write_graphite>
  <Node "heed">
    Host "127.0.0.1"
    Port "${server.port('carbon')}"
    Protocol "tcp"
    Prefix "collectd."
    EscapeCharacter "_"
    StoreRates true
  </Node>
</Plugin>
`,
  );
  const collectd = spawn(COLLECTD, ['-f', '-C', join(folder, 'collectd.conf'), '-P', join(folder, 'pid')], { stdio: 'ignore' });
  const ended = once(collectd, 'exit');
  try {
    assert.deepEqual(await emptyPanels(server, 'collectd'), []);
  } finally {
    collectd.kill('SIGTERM');
    await ended;
  }
});

test('pages by sitespeed.io, whose every measure comes with all its statistics', async () => {
  await using server = await startServer();
  const now = Math.floor(Date.now() / 1000) - 10;
  const statistic = /\.(?:min|median|mean|max|p10|p90|p99|rsd|stddev|mdev)$/;
  const lines = readFileSync(new URL('../wire/carbon-sitespeed.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  const sent = lines.flatMap((line) => {
    const [name, value] = line.split(' ');
    // The file has some of the names of two pages; each page has all.
    const names = ['_', '_jserror'].map((page) => name.replace(/127_0_0_1\._(?:jserror)?\./, `127_0_0_1.${page}.`));
    const sizes = names.flatMap((one) => (/contentTypes\.\w+\.\w+$/.test(one) ? ['requests', 'transferSize'].map((word) => one.replace(/\w+$/, word)) : [one]));
    return sizes.flatMap((one) =>
      (statistic.test(one) ? ['median', 'p90'].map((word) => one.replace(statistic, `.${word}`)) : [one]).map((full) => `${full} ${value} ${now}`),
    );
  });
  await sendGraphite(server, new Set(sent));
  assert.deepEqual(await emptyPanels(server, 'sitespeed'), []);
});

test('Elasticsearch as the carbon returner of Salt sends it', async () => {
  await using server = await startServer();
  const numbers = {
    docs: ['count', 'deleted'],
    store: ['size_in_bytes'],
    indexing: ['index_total', 'index_time_in_millis', 'delete_total'],
    get: ['total', 'time_in_millis'],
    search: ['query_total', 'query_time_in_millis', 'fetch_total', 'fetch_time_in_millis'],
    merges: ['total'],
    refresh: ['total'],
    flush: ['total'],
    fielddata: ['memory_size_in_bytes', 'evictions'],
    segments: ['memory_in_bytes'],
  };
  const names = Object.entries(numbers).flatMap(([group, list]) => list.map((name) => `${group}.${name}`));
  const bases = ['_all.primaries', '_all.total', 'indices.logstash-2015.10.01.total', 'indices..kibana.total'];
  await sendGraphite(server, counting(bases.flatMap((base) => names.map((name) => `elasticsearch.stats.demohost.${base}.${name}`))));
  assert.deepEqual(await emptyPanels(server, 'elasticsearch'), []);
});

test("carbon's caches and relays, as they name their own numbers", async () => {
  await using server = await startServer();
  const agent = [
    'metricsReceived',
    'committedPoints',
    'pointsPerUpdate',
    'avgUpdateTime',
    'creates',
    'droppedCreates',
    'errors',
    'activeConnections',
    'cpuUsage',
    'memUsage',
  ];
  const cache = ['size', 'queues', 'queries', 'bulk_queries', 'overflow'].map((name) => `cache.${name}`);
  const destination = ['sent', 'attemptedRelays', 'fullQueueDrops', 'relayMaxQueueLength'].map((name) => `destinations.127_0_0_1:2004:None.${name}`);
  const relay = ['metricsReceived', 'cpuUsage', 'memUsage', ...destination];
  await sendGraphite(
    server,
    counting([...[...agent, ...cache].map((name) => `carbon.agents.host-a.${name}`), ...relay.map((name) => `carbon.relays.host-a.${name}`)]),
  );
  assert.deepEqual(await emptyPanels(server, 'carbon'), []);
  assert.deepEqual(await emptyPanels(server, 'carbon-relay'), []);
});
