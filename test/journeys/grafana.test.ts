import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, renderValues, startServer, type RunningServer } from '../harness/server.ts';
import { sendGraphite } from '../harness/traffic.ts';

// The requests that Grafana's data source Graphite makes: in a browser, through Grafana's proxy, and from Grafana's
// own server, where it moves to. They are sent as there, with the same parameters, headers and encodings.

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
/** What its proxy adds for a panel. */
const PANEL = { 'x-dashboard-id': '12', 'x-panel-id': '3', 'x-panel-plugin-id': 'timeseries', 'x-grafana-org-id': '1', 'x-forwarded-for': '127.0.0.1' };
const SERVER = { 'user-agent': 'Go-http-client/1.1', 'accept-encoding': 'gzip' };

interface Series {
  target: string;
  tags: Record<string, string | number>;
  datapoints: [number | null, number][];
}

/** Parameters as the data source joins them, e.g. `target=…&from=-1h`. */
const joined = (params: [name: string, value: string | number][]): string => params.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');

const post = <Answer>(server: RunningServer, path: string, body: string, headers: Record<string, string> = PANEL): Promise<Answer> =>
  server.json<Answer>(path, { method: 'POST', headers: { ...FORM, ...headers }, body });

/** What it wraps each target in, so that the answer tells which query a series is of. */
const wrapped = (target: string, query: string): string => String.raw`aliasSub(${target}, "(^.*$)", "\1 ${query}")`;

async function withLoad(): Promise<{ server: RunningServer; now: number }> {
  const server = await startServer({ args: ['--retention', '10s:1d'] });
  const now = Math.floor(Date.now() / 10_000) * 10;
  const lines = Array.from({ length: 60 }, (_, i) => now - i * 10).flatMap((time) => [
    `servers.web.load ${time % 100} ${time}`,
    `servers.mail.load 2 ${time}`,
    `disk.used;host=web;disk=sda 3 ${time}`,
    `disk.used;host=mail;disk=sdb 4 ${time}`,
  ]);
  await sendGraphite(server, lines);
  await eventually(
    () => renderValues(server, "sumSeries(seriesByTag('name=disk.used'),servers.*.load)", '-1h'),
    (values) => values.length >= 60,
  );
  return { server, now };
}

test('Grafana finds the data source working, in every way it has tested it', async () => {
  const { server, now } = await withLoad();
  await using _ = server;
  const browser = joined([
    ['target', wrapped('constantLine(100)', 'A')],
    ['from', '-1h'],
    ['until', 'now'],
    ['format', 'json'],
    ['maxDataPoints', 300],
  ]);
  const [tested] = await post<Series[]>(server, '/render', browser);
  assert.equal(tested.target, '100.0 A');
  assert.ok(tested.datapoints.length > 0 && tested.datapoints.every(([value]) => value === 100));

  const backend = new URLSearchParams({ format: 'json', from: `${now - 3600}`, maxDataPoints: '100', target: 'constantLine(100)', until: `${now}` });
  const [constant] = await post<Series[]>(server, '/render', backend.toString(), SERVER);
  assert.ok(constant.datapoints.every(([value, time]) => value === 100 && Number.isInteger(time)));

  const [first] = await server.json<{ text: string; expandable: number }[]>(`/metrics/find?query=*`);
  assert.equal(typeof first.text, 'string');
  assert.match(await (await fetch(`${server.url}/version`)).text(), /^1\.1\.\d+$/);
});

test('Grafana reads the functions for its editor', async () => {
  const { server } = await withLoad();
  await using _ = server;
  const text = await (await fetch(`${server.url}/functions`)).text();
  // It mends the Infinity that Graphite writes; what it then parses must be JSON already.
  const functions = JSON.parse(text.replaceAll(/"default": ?Infinity/g, '"default": 1e9999')) as Record<
    string,
    { name: string; group: string; description: string; params: { name: string; type: string; required: boolean; options?: unknown[]; default?: unknown }[] }
  >;
  assert.ok(Object.keys(functions).length > 140);
  for (const [name, described] of Object.entries(functions)) {
    assert.equal(described.name, name);
    assert.ok(described.group !== '' && described.description !== '', name);
    for (const { type, required, options } of described.params) {
      assert.equal(typeof type, 'string', name);
      assert.equal(typeof required, 'boolean', name);
      assert.ok(options === undefined || Array.isArray(options), name);
    }
  }
  assert.equal(functions.keepLastValue.params.find(({ name }) => name === 'limit')?.default, Infinity);
});

test('a panel of Grafana is filled, with series that name others', async () => {
  const { server, now } = await withLoad();
  await using _ = server;
  // A: servers.*.load, B: sumSeries(#A), C: hidden.
  const body = joined([
    ['target', wrapped('servers.*.load', 'A')],
    ['target', wrapped('sumSeries(servers.*.load)', 'B')],
    ['from', now - 301],
    ['until', now + 1],
    ['format', 'json'],
    ['maxDataPoints', 1000],
    ['cacheTimeout', '60'],
  ]);
  const series = await post<Series[]>(server, '/render?meta=true', body);
  assert.deepEqual(
    series.map(({ target }) => target),
    ['servers.mail.load A', 'servers.web.load A', 'sumSeries(servers.*.load) B'],
  );
  const known = series.map(({ datapoints }) => datapoints.filter(([value]) => value !== null));
  assert.equal(known[0].length, 31);
  assert.deepEqual(known[2][0], [2 + (known[1][0][0] ?? NaN), now - 300]);
  for (const { tags } of series) assert.ok(Object.values(tags).every((value) => typeof value === 'string' || typeof value === 'number'));

  const fewer = await post<Series[]>(
    server,
    '/render',
    `${joined([
      ['target', 'servers.web.load'],
      ['maxDataPoints', 5],
    ])}&from=-5min&until=now&format=json`,
  );
  assert.ok(fewer[0].datapoints.length <= 5);
  const tagged = new URLSearchParams({ format: 'json', from: `${now - 60}`, maxDataPoints: '100', target: "seriesByTag('name=disk.used')", until: `${now}` });
  const [mail] = await post<Series[]>(server, '/render', tagged.toString(), SERVER);
  assert.deepEqual([mail.target, mail.tags], ['disk.used;disk=sda;host=web', { name: 'disk.used', disk: 'sda', host: 'web' }]);
});

test('variables of Grafana are filled from names and from tags', async () => {
  const { server, now } = await withLoad();
  await using _ = server;
  const window = `from=${now - 3600}&until=${now}`;
  const found = await post<{ text: string; expandable: number }[]>(server, `/metrics/find?${window}`, 'query=servers.*');
  assert.deepEqual(
    found.map(({ text, expandable }) => [text, Boolean(expandable)]),
    [
      ['mail', true],
      ['web', true],
    ],
  );
  assert.deepEqual(await post(server, '/metrics/find', new URLSearchParams({ query: 'servers.*' }).toString(), SERVER), found, 'as its server asks');
  assert.deepEqual(await server.json(`/metrics/find?query=servers.*&from=-1h&until=now`), found, 'as older ones ask');
  // A server that was given no window says so in words.
  assert.deepEqual(await post(server, '/metrics/find?from=undefined&until=undefined', 'query=servers.*', SERVER), found);
  assert.deepEqual(await server.json(`/metrics/expand?query=servers.*.load&${window}`), { results: ['servers.mail.load', 'servers.web.load'] });

  const tags = await server.json<string[]>(`/tags/autoComplete/tags?expr=name%3Ddisk.used&limit=10000&${window}`);
  assert.deepEqual(tags, ['disk', 'host']);
  assert.ok((await server.json<string[]>('/tags/autoComplete/tags?limit=10000')).includes('name'));
  assert.deepEqual(await server.json(`/tags/autoComplete/tags?tagPrefix=ho&${window}`), ['host']);
  assert.deepEqual(await server.json(`/tags/autoComplete/values?expr=disk%3Dsda&tag=host&limit=10000&${window}`), ['web']);
  assert.deepEqual(await server.json(`/tags/autoComplete/values?tag=host&valuePrefix=m`), ['mail']);
  assert.ok((await server.json<{ tag: string }[]>('/tags')).some(({ tag }) => tag === 'host'));
  assert.deepEqual(await server.json('/tags/host'), {
    tag: 'host',
    values: [
      { count: 1, value: 'mail' },
      { count: 1, value: 'web' },
    ],
  });
  assert.deepEqual(await server.json(`/tags/findSeries?expr=${encodeURIComponent('host=~w.*')}`), ['disk.used;disk=sda;host=web']);
});

test('annotations of Grafana come from events and from series', async () => {
  const { server, now } = await withLoad();
  await using _ = server;
  await post(server, '/events/', JSON.stringify({ what: 'release 1.4.2', tags: 'deploy prod', data: '<b>by hand</b>', when: now }), {});
  await post(server, '/events/', JSON.stringify({ what: 'release 9', tags: ['deploy', 'test'], when: now }), {});
  type Event = { id: number; what: string; when: number; tags: string[]; data: string };
  const events = await server.json<Event[]>('/events/get_data?from=-1h&until=now&tags=deploy prod');
  assert.deepEqual(
    events.map(({ what, when, tags, data }) => ({ what, when, tags, data })),
    [{ what: 'release 1.4.2', when: now, tags: ['deploy', 'prod'], data: '<b>by hand</b>' }],
  );
  assert.deepEqual(await server.json(`/events/get_data?from=${now - 60}&tags=deploy+prod&until=${now}`, { headers: SERVER }), events);
  assert.equal((await server.json<Event[]>('/events/get_data?from=-1h&until=now')).length, 2);
  const body = joined([
    ['target', wrapped('servers.mail.load', 'Anno')],
    ['from', now - 600],
    ['until', now],
    ['format', 'json'],
    ['maxDataPoints', 100],
  ]);
  const [series] = await post<Series[]>(server, '/render', body);
  assert.ok(series.datapoints.length <= 100 && series.datapoints.some(([value]) => value === 2));
});

test('Grafana has words for what is wrong', async () => {
  const { server } = await withLoad();
  await using _ = server;
  const wrong = await fetch(`${server.url}/render`, { method: 'POST', headers: FORM, body: 'target=nosuch(servers.*)&from=-1h&until=now&format=json' });
  assert.equal(wrong.status, 400);
  assert.match(await wrong.text(), /^cannot [^<]*nosuch/);
  const tags = await fetch(`${server.url}/tags/autoComplete/values`);
  const { message } = (await tags.json()) as { message: string };
  assert.equal(message, "cannot answer: parameter 'tag' is missing");
});

test('Grafana that answers people on other machines needs the token as its password', async () => {
  await using server = await startServer({ env: { HEED_TOKEN: 's3cret' } });
  const ask = async (headers: Record<string, string>): Promise<number> =>
    (await fetch(`${server.url}/metrics/find?query=*`, { headers: { ...PANEL, 'x-forwarded-for': '203.0.113.9', ...headers } })).status;
  assert.equal(await ask({}), 401);
  assert.equal(await ask({ authorization: `Basic ${Buffer.from('grafana:s3cret').toString('base64')}` }), 200);
  assert.equal(await ask({ authorization: 'Bearer s3cret' }), 200);
});
