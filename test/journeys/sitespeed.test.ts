import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { startServer, type RunningServer } from '../harness/server.ts';

const AT = Math.floor(Date.now() / 1000);
const TAGS = ['native', 'chrome', 'sitespeed_io', 'default', 'www_sitespeed_io', '_documentation_', 'firstView'];
const DATA =
  "<a href='https://results.example.com/www_sitespeed_io/2026-11-22/pages/www_sitespeed_io/documentation/index.html' target='_blank'>" +
  "<img src='https://results.example.com/data/screenshots/1.jpg' width=100%></a><p><a href='https://results.example.com/index.html'>Result</a></p>";

/** Sends a body as sitespeed.io does and gives the status, all that it looks at. */
function send(server: RunningServer, path: string, body: string, headers: Record<string, string>, auth?: string): Promise<number | undefined> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method: 'POST', auth, headers: { ...headers, 'Content-Length': Buffer.byteLength(body) } }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Its body, which is put together from texts: list of tags, or one text of them. */
const bodyOf = (what: string, tags: string): string => `{"what": "${what}", "tags": ${tags}, "data": "${DATA}", "when": ${AT}}`;
const LIST = `[${TAGS.map((tag) => `"${tag}"`).join(',')}]`;

type Event = { what: string; when: number; tags: string[]; data: string };

test('what sitespeed.io marks in Graphite is marked here, with each of its settings', async () => {
  await using server = await startServer({ env: { HEED_TOKEN: 's3cret' } });
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  assert.equal(await send(server, '/events/', bodyOf('38.1.0 - 141.0', LIST), form), 200);
  assert.equal(await send(server, '/events/', bodyOf('38.1.0 - 141.0', LIST), form), 200, 'again within the minute');
  // graphite.arrayTags is off, graphite.auth is set.
  assert.equal(await send(server, '/events/', bodyOf('a title', `"${TAGS.join(',')}"`), form, 'user:s3cret'), 200);
  assert.equal(await send(server, '/events/', bodyOf('refused', LIST), form, 'user:wrong'), 401);
  // graphite.proxyPath is set, and the proxy has taken it off.
  assert.equal(await send(server, '/', bodyOf('behind a proxy', LIST), form), 200);
  const events = await server.json<Event[]>(`/events/get_data?from=${AT - 60}&tags=chrome%20www_sitespeed_io%20_documentation_`);
  assert.deepEqual(
    events.map(({ what }) => what),
    ['38.1.0 - 141.0', 'a title', 'behind a proxy'],
  );
  for (const { when, tags, data } of events) assert.deepEqual([when, tags, data], [AT, TAGS, DATA]);
});

test('what sitespeed.io marks in Grafana is marked here', async () => {
  await using server = await startServer({ env: { HEED_TOKEN: 's3cret' } });
  const json = { 'Content-Type': 'application/json' };
  const path = '/api/annotations/graphite';
  assert.equal(await send(server, path, bodyOf('38.1.0', LIST), { ...json, Authorization: 'Bearer wrong' }), 401);
  assert.equal(await send(server, path, bodyOf('38.1.0', LIST), { ...json, Authorization: 'Bearer s3cret' }), 200);
  const basic = `Basic ${Buffer.from('admin:s3cret').toString('base64')}`;
  assert.equal(await send(server, path, bodyOf('38.1.1', LIST), { ...json, Authorization: basic }), 200);
  const annotations = await server.json<{ text: string; tags: string[]; time: number }[]>(`/api/annotations?tags=chrome&tags=firstView&from=${AT * 1000}`);
  assert.deepEqual(
    annotations.map(({ text, tags, time }) => ({ text, tags, time })),
    ['38.1.1', '38.1.0'].map((what) => ({ text: `${what}\n${DATA}`, tags: TAGS, time: AT * 1000 })),
  );
});
