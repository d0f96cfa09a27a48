import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { DashboardAnswer, DashboardRead, DashboardsAnswer } from '../../src/api/contract.ts';
import { runHeed } from '../harness/heed.ts';
import { eventually, startServer, temporaryFolder } from '../harness/server.ts';

const GRAFANA = fileURLToPath(new URL('grafana-bookshop.json', import.meta.url));
const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

test('a dashboard of Grafana is taken over, what cannot be is told, and it goes back the same', async () => {
  await using server = await startServer();
  const { dashboard, format, notes } = await server.json<DashboardRead>('/api/v1/dashboards/read', post({ text: readFileSync(GRAFANA, 'utf8') }));
  assert.deepEqual(
    [format, dashboard.title, dashboard.about, dashboard.range, dashboard.tags],
    ['grafana', 'Bookshop', 'How the shop fares', '6h', ['shop', 'web']],
  );
  assert.deepEqual(
    dashboard.panels.map(({ title, text, type, unit, place: { x, y, w, h } }) => `${title || text} ${type} ${unit} ${x},${y} ${w}×${h}`),
    [
      '**Traffic** text  0,0 12×1',
      'Orders value number 0,1 3×4',
      'Search p95 value ms 3,1 3×4',
      'Errors value number 6,1 3×4',
      'Workers value % 9,1 3×4',
      'Requests stacked /s 0,5 4×8',
      'Search time line ms 4,5 4×8',
      'Errors by part bars number 8,5 4×8',
      '**Machines** text  0,13 12×1',
      'Load of $host line number 0,14 6×7',
      'Memory used area % 6,14 6×7',
      'Latencies heatmap  0,21 6×8',
      'Health states  6,21 6×8',
      'Slowest pages table ms 0,29 6×8',
      'Notes text  6,29 3×8',
    ],
  );
  assert.deepEqual(dashboard.panels[10].targets, ['asPercent(servers.$host.memory.used, servers.$host.memory.total)']);
  assert.deepEqual(
    dashboard.variables.map(({ name, glob, values, default: chosen, multiple }) => [name, glob || values, chosen, multiple]),
    [
      ['shop', ['shop.books', 'shop.games'], 'shop.books', false],
      ['host', 'servers.*', '*', true],
      ['stage', ['prod'], 'prod', false],
    ],
  );
  assert.deepEqual(notes, [
    "panel 'Search p95': it is a value here, not a gauge",
    "panel 'Workers': it is a value here, not a bargauge",
    "panel 'Errors by part': its overrides of single series are not there",
    "panel 'Load of $host': it is repeated for each of $host; here it is there once",
    "panel 'Slowest pages': its transformations are not there",
    "panel 'Kubernetes': query A asks prometheus, not Graphite",
    "panel 'Kubernetes' was left out: none of its queries is of Graphite",
    "annotations 'Deploys': events are drawn on every chart here, those of Graphite among them",
    'its links to other pages are not there',
  ]);

  const back = await server.json<object>('/api/v1/dashboards/grafana', post({ dashboard }));
  const again = await server.json<DashboardRead>('/api/v1/dashboards/read', post({ text: JSON.stringify(back) }));
  assert.deepEqual(again.dashboard.variables, dashboard.variables);
  assert.deepEqual(again.dashboard.panels, dashboard.panels);
  const single = await server.json<{ type: string; targets: unknown[] }>('/api/v1/dashboards/grafana', post({ panel: dashboard.panels[5] }));
  assert.deepEqual([single.type, single.targets.length], ['timeseries', 1]);
});

test('the terminal imports, lists and exports; a file of Grafana in the watched folder is a dashboard', async (t) => {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await using server = await startServer({ args: ['--dashboards', folder] });
  const { url } = server;
  const imported = await runHeed(['dashboard', 'import', GRAFANA], { url });
  assert.equal(imported.code, 0, imported.stderr);
  assert.match(imported.stdout, /^✓ Bookshop, 15 panels, from Grafana: http:\S+\/dashboards\/bookshop\n! panel 'Search p95'/);
  const again = await runHeed(['dashboard', 'import', GRAFANA], { url });
  assert.equal(again.code, 1);
  assert.match(again.stderr, /cannot save dashboard 'bookshop': there is one already/);
  assert.equal((await runHeed(['dashboard', 'import', GRAFANA, '--replace'], { url })).code, 0);

  const yaml = (await runHeed(['dashboard', 'export', 'bookshop'], { url })).stdout;
  writeFileSync(join(folder, 'copy.yaml'), yaml);
  writeFileSync(join(folder, 'old.json'), readFileSync(GRAFANA));
  const { dashboards } = await eventually(
    () => server.json<DashboardsAnswer>('/api/v1/dashboards'),
    (answer) => answer.dashboards.filter(({ title }) => title === 'Bookshop').length === 3,
  );
  assert.deepEqual(
    dashboards.filter(({ title }) => title === 'Bookshop').map(({ slug, origin }) => `${slug} ${origin}`),
    ['bookshop screen', 'copy file', 'old file'],
  );
  const copy = await server.json<DashboardAnswer>('/api/v1/dashboards/copy');
  assert.deepEqual(copy.dashboard, (await server.json<DashboardAnswer>('/api/v1/dashboards/bookshop')).dashboard);
  assert.equal((await runHeed(['dashboard', 'export', 'copy'], { url })).stdout, yaml, 'a file that means the same is printed as it is');

  const listed = await runHeed(['dashboard', 'list'], { url });
  assert.match(listed.stdout, /^bookshop {2}Bookshop +15 panels {2}screen$/m);
  assert.equal(listed.code, 0);
  writeFileSync(join(folder, 'broken.yaml'), 'titel: x\n');
  await eventually(
    () => runHeed(['dashboard', 'list'], { url }),
    ({ code, stderr }) => code === 1 && /broken\.yaml, line 1: a dashboard has no 'titel'/.test(stderr),
  );
  const grafana = JSON.parse((await runHeed(['dashboard', 'export', 'bookshop', '--grafana'], { url })).stdout) as { schemaVersion: number };
  assert.equal(grafana.schemaVersion, 39);
  assert.equal((await runHeed(['dashboard', 'export', 'none'], { url })).code, 4);
});

test('dashboards are found, loaded, saved and deleted as graphite-web does it', async () => {
  await using server = await startServer();
  const state = {
    name: 'Shop and mail',
    timeConfig: { type: 'relative', relativeStartUnits: 'hours', relativeStartQuantity: '2' },
    graphSize: { width: 400, height: 240 },
    graphs: [['target=a.b', { target: ['a.b'], title: 'Orders', areaMode: 'stacked' }, '/render?target=a.b']],
  };
  const save = (name: string, text: string): Promise<Response> =>
    fetch(`${server.url}/dashboard/save/${encodeURIComponent(name)}`, { method: 'POST', body: new URLSearchParams({ state: text }) });
  assert.deepEqual(await (await save('Shop and mail', JSON.stringify(state))).json(), { success: true });
  assert.equal((await save('x', '{"graphs"')).status, 400);
  const find = (query: string): Promise<unknown> => server.json(`/dashboard/find/?query=${encodeURIComponent(query)}`);
  assert.deepEqual(await find('mail SHOP'), { dashboards: [{ name: 'Shop and mail' }] });
  assert.deepEqual(await find('nothing'), { dashboards: [] });
  const load = async (name: string): Promise<{ state?: { name: string; graphs: [string, string, { areaMode: string }][] }; error?: string }> =>
    server.json(`/dashboard/load/${encodeURIComponent(name)}`);
  const loaded = (await load('Shop and mail')).state;
  assert.equal(loaded?.name, 'Shop and mail');
  assert.deepEqual([loaded?.graphs[0][1], loaded?.graphs[0][2].areaMode], ['target=a.b', 'stacked']);
  assert.equal((await server.json<DashboardAnswer>('/api/v1/dashboards/shop-and-mail')).dashboard.range, '2h');

  // What was loaded may be saved again, in its place.
  await save('Shop and mail', JSON.stringify({ ...loaded, graphs: [...(loaded?.graphs ?? []), [['c.d'], {}]] }));
  assert.equal((await load('shop-and-mail')).state?.graphs.length, 2);

  const remove = (init: RequestInit): Promise<Response> => fetch(`${server.url}/dashboard/delete/Shop%20and%20mail`, init);
  assert.equal((await remove({ method: 'POST', headers: { origin: 'http://evil.example.com' } })).status, 403);
  assert.deepEqual(await (await remove({ method: 'POST' })).json(), { success: true });
  assert.deepEqual(await load('Shop and mail'), { error: "Dashboard 'Shop and mail' does not exist. " });
});
