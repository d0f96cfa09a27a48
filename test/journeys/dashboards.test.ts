import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DashboardAnswer, DashboardDiff, DashboardsAnswer, ErrorAnswer, FramesLine, VariablesAnswer } from '../../src/api/contract.ts';
import { eventually, startServer, temporaryFolder, type RunningServer } from '../harness/server.ts';
import { sendGraphite } from '../harness/traffic.ts';

const send = (body: unknown, method = 'POST'): RequestInit => ({ method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

async function refusal(server: RunningServer, path: string, init?: RequestInit): Promise<string> {
  const response = await fetch(server.url + path, init);
  const { error } = (await response.json()) as ErrorAnswer;
  return `${response.status} ${error.code}: ${error.message}`;
}

test('a file becomes a dashboard, is changed, broken and mended; what is changed on the screen lies over it', async (t) => {
  const parent = temporaryFolder();
  t.after(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, 'dashboards');
  const file = join(folder, 'Book shop.yaml');
  await using server = await startServer({ args: ['--dashboards', folder] });
  const list = (): Promise<DashboardsAnswer> => server.json<DashboardsAnswer>('/api/v1/dashboards');
  const get = (): Promise<DashboardAnswer> => server.json<DashboardAnswer>('/api/v1/dashboards/book-shop');
  const own = async (): Promise<unknown[]> =>
    (await list()).dashboards.filter(({ origin }) => origin !== 'automatic').map(({ slug, origin, changed }) => [slug, origin, changed]);
  assert.deepEqual(await own(), []);

  // The folder may come later.
  mkdirSync(folder);
  writeFileSync(file, '# ours\ntitle: Shop\npanels:\n  - { title: Orders, target: shop.orders }\n');
  const first = (await eventually(list, ({ dashboards }) => dashboards.some(({ slug }) => slug === 'book-shop'))).dashboards.find(
    ({ slug }) => slug === 'book-shop',
  );
  assert.deepEqual(first, { slug: 'book-shop', title: 'Shop', about: '', origin: 'file', file, changed: false, panels: 1, tags: [] });
  const loaded = await get();
  assert.deepEqual(loaded.dashboard.panels[0].place, { x: 0, y: 0, w: 4, h: 6 });

  writeFileSync(file, 'title: Shop\npanels:\n  - { titel: Orders }\n');
  const { problems } = await eventually(list, (answer) => answer.problems.length > 0);
  assert.deepEqual(problems, [{ file, line: 3, message: `a panel has no 'titel'; did you mean 'title'?` }]);
  assert.equal((await get()).version, loaded.version, 'what it was before stays');

  writeFileSync(file, '# ours\ntitle: Shop\nrange: 6h\npanels:\n  - { title: Orders, target: shop.orders }\n');
  const mended = await eventually(get, ({ dashboard }) => dashboard.range === '6h');
  assert.deepEqual((await list()).problems, []);

  // A draft is compared with the file as it is, comments and all.
  const draft = { ...mended.dashboard, range: '1d' };
  const same = await server.json<DashboardDiff>('/api/v1/dashboards/book-shop/diff', send({ dashboard: mended.dashboard }));
  assert.ok(same.lines.every(({ kind }) => kind === ' '));
  const diff = await server.json<DashboardDiff>('/api/v1/dashboards/book-shop/diff', send({ dashboard: draft }));
  assert.deepEqual(
    diff.lines.filter(({ text }) => text.startsWith('range')).map(({ kind, text }) => kind + text),
    ['-range: 6h', '+range: 1d'],
  );

  const outdated = await refusal(server, '/api/v1/dashboards/book-shop', send({ dashboard: draft, version: loaded.version }, 'PUT'));
  assert.match(outdated, /^409 changed_meanwhile: .*load it again$/);
  const changed = await server.json<DashboardAnswer>('/api/v1/dashboards/book-shop', send({ dashboard: draft, version: mended.version }, 'PUT'));
  assert.deepEqual([changed.origin, changed.changed, changed.dashboard.range], ['file', true, '1d']);
  assert.match(readFileSync(file, 'utf8'), /^# ours\ntitle: Shop\nrange: 6h\n/, 'the file is never written');
  assert.deepEqual(await own(), [['book-shop', 'file', true]]);

  // Back to the file.
  await server.json('/api/v1/dashboards/book-shop', { method: 'DELETE' });
  assert.equal((await get()).version, mended.version);
  assert.match(await refusal(server, '/api/v1/dashboards/book-shop', { method: 'DELETE' }), /^409 not_removable: .*remove the file$/);

  // The change is taken into the file: nothing is left to lie over it.
  await server.json('/api/v1/dashboards/book-shop', send({ dashboard: draft, version: mended.version }, 'PUT'));
  writeFileSync(file, diff.yaml);
  await eventually(get, (answer) => !answer.changed);
  assert.equal((await get()).dashboard.range, '1d');

  // A change outlives its file.
  await server.json('/api/v1/dashboards/book-shop', send({ dashboard: { ...draft, title: 'Mine' }, version: (await get()).version }, 'PUT'));
  rmSync(file);
  await eventually(own, (found) => JSON.stringify(found) === '[["book-shop","screen",false]]');
});

test('a dashboard is made on the screen, once, and removed; it is there after a restart', async () => {
  const folder = temporaryFolder();
  const dashboard = { title: 'Mine', panels: [{ place: { x: 0, y: 0, w: 12, h: 4 }, targets: ['a.b'] }] };
  {
    await using server = await startServer({ folder });
    const made = await server.json<DashboardAnswer>('/api/v1/dashboards/mine', send({ dashboard }, 'PUT'));
    assert.deepEqual([made.origin, made.changed, made.dashboard.panels[0].type], ['screen', false, 'line']);
    assert.match(await refusal(server, '/api/v1/dashboards/mine', send({ dashboard }, 'PUT')), /^409 exists/);
    assert.match(await refusal(server, '/api/v1/dashboards/Mine!', send({ dashboard }, 'PUT')), /^400 bad_parameter/);
    assert.match(
      await refusal(server, '/api/v1/dashboards/x', send({ dashboard: { title: '' } }, 'PUT')),
      /^400 bad_dashboard: cannot use the dashboard: title: title is missing/,
    );
    assert.equal(await server.stop(), 0);
  }
  await using server = await startServer({ folder });
  assert.equal((await server.json<DashboardAnswer>('/api/v1/dashboards/mine')).dashboard.title, 'Mine');
  await server.json('/api/v1/dashboards/mine', { method: 'DELETE' });
  assert.match(await refusal(server, '/api/v1/dashboards/mine'), /^404 not_found/);
  rmSync(folder, { recursive: true, force: true });
});

test('an automatic dashboard is there while its source sends; it may be changed, and made as it was', async () => {
  await using server = await startServer();
  const entry = async (slug: string): Promise<unknown> => {
    const found = (await server.json<DashboardsAnswer>('/api/v1/dashboards')).dashboards.find((one) => one.slug === slug);
    return found && [found.origin, found.changed, found.title];
  };
  assert.equal(await entry('carbon'), undefined);
  assert.match(await refusal(server, '/api/v1/dashboards/carbon'), /^404 not_found/);
  await sendGraphite(server, ['carbon.agents.a.metricsReceived 5 -1']);
  await eventually(
    () => entry('carbon'),
    (found) => JSON.stringify(found) === '["automatic",false,"Carbon caches"]',
  );
  const { dashboard, version } = await server.json<DashboardAnswer>('/api/v1/dashboards/carbon');
  const changed = await server.json<DashboardAnswer>('/api/v1/dashboards/carbon', send({ dashboard: { ...dashboard, title: 'Ours' }, version }, 'PUT'));
  assert.deepEqual(await entry('carbon'), ['automatic', true, 'Ours']);
  const diff = await server.json<DashboardDiff>('/api/v1/dashboards/carbon/diff', send({ dashboard: changed.dashboard }));
  assert.deepEqual(
    diff.lines.filter(({ kind }) => kind !== ' ').map(({ kind, text }) => kind + text),
    ['-title: Carbon caches', '+title: Ours'],
  );
  // What is as its source again lies over nothing.
  await server.json('/api/v1/dashboards/carbon', send({ dashboard, version: changed.version }, 'PUT'));
  assert.deepEqual(await entry('carbon'), ['automatic', false, 'Carbon caches']);
  assert.match(await refusal(server, '/api/v1/dashboards/carbon', { method: 'DELETE' }), /^409 not_removable: .*it is automatic/);
});

test('panels are answered line by line, each with its rows or why there are none', async () => {
  await using server = await startServer();
  await sendGraphite(server, ['shop.orders 3 -1', 'shop.visits 4 -1']);
  await eventually(
    () => server.json<unknown[]>('/metrics/find?query=shop.*&format=json'),
    (found) => found.length === 2,
  );
  const panels = [['shop.orders', 'shop.visits'], ['sum('], ['no.such'], ...Array.from({ length: 20 }, (_, i) => [`scale(shop.orders, ${i})`])];
  const question = { from: '-1h', until: 'now', panels: panels.map((targets) => ({ targets, maxDataPoints: 100 })) };
  const response = await fetch(`${server.url}/api/v1/frames`, send(question));
  assert.equal(response.headers.get('content-type'), 'application/x-ndjson');
  const lines = (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as FramesLine)
    .toSorted((a, b) => a.panel - b.panel);
  assert.deepEqual(
    lines.map(({ panel }) => panel),
    panels.map((_, i) => i),
  );
  assert.deepEqual('frame' in lines[0] && lines[0].frame.rows.map(({ name, target }) => [name, target]), [
    ['shop.orders', 0],
    ['shop.visits', 1],
  ]);
  assert.ok('error' in lines[1] && lines[1].error.message.startsWith('cannot '));
  assert.deepEqual('frame' in lines[2] && lines[2].frame.rows, []);
  assert.match(await refusal(server, '/api/v1/frames', send({ panels: [{ targets: ['a'] }] })), /^400 bad_parameter: .*panels\[0\]\.maxDataPoints/);
});

test('variables are chosen from nodes and tags, and narrow those after them', async () => {
  await using server = await startServer();
  await sendGraphite(server, [
    'dc.east.web-10.cpu 1 -1',
    'dc.east.web-2.cpu 1 -1',
    'dc.west.db-1.cpu 1 -1',
    'up;env=prod;app=shop 1 -1',
    'up;env=test;app=mail 1 -1',
  ]);
  await eventually(
    () => server.json<string[]>('/tags/autoComplete/values?tag=app'),
    (found) => found.length === 2,
  );
  const variables = [
    { name: 'dc', glob: 'dc.*' },
    { name: 'host', glob: 'dc.$dc.*' },
    { name: 'env', tag: 'env' },
    { name: 'app', tag: 'app', where: ['env=$env'] },
    { name: 'size', values: ['10', '9'] },
  ];
  const ask = async (chosen: Record<string, string[]>): Promise<unknown> =>
    Object.fromEntries(
      (await server.json<VariablesAnswer>('/api/v1/variables', send({ variables, chosen }))).variables.map(({ name, values }) => [name, values]),
    );
  assert.deepEqual(await ask({}), { dc: ['east', 'west'], host: ['web-2', 'web-10'], env: ['prod', 'test'], app: ['shop'], size: ['10', '9'] });
  assert.deepEqual(await ask({ dc: ['*'], env: ['prod', 'test'] }), {
    dc: ['east', 'west'],
    host: ['db-1', 'web-2', 'web-10'],
    env: ['prod', 'test'],
    app: ['mail', 'shop'],
    size: ['10', '9'],
  });
  assert.match(await refusal(server, '/api/v1/variables', send({ variables, chosen: { dc: ['a,b'] } })), /^400 bad_variable/);
});
