import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { FactsAnswer, NowAnswer } from '../../src/api/contract.ts';
import type { FeedbackAnswer } from '../../src/api/contract-feedback.ts';
import { KEY, dsnOf, startSentryServer, withErrors } from '../harness/sentry.ts';
import { eventually, renderValues, temporaryFolder, type RunningServer } from '../harness/server.ts';

const CAPTURED = new URL('../../src/signals/errors/captured/', import.meta.url);

interface Captured {
  file: string;
  url: string;
  auth?: string;
  encoding?: string;
  items: { type: string; event?: { event_id?: string } }[];
}

const post = (server: RunningServer, path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url + path, { method: 'POST', body, headers });

const envelope = (item: unknown, header: Record<string, unknown> = {}, type = 'event'): string =>
  `${JSON.stringify(header)}\n{"type":"${type}"}\n${JSON.stringify(item)}\n`;

const notKept = async (server: RunningServer): Promise<Record<string, number>> =>
  Object.fromEntries((await server.json<NowAnswer>('/api/v1/now')).drops.map(({ counter, count }) => [counter, count]));

/** As it was sent, with the times of sessions as they would be now: those of more than five days ago are refused. */
function sentNow(body: Buffer, encoding: string | undefined): Buffer {
  const plain = encoding === 'gzip' ? gunzipSync(body) : body;
  const now = new Date().toISOString();
  const dated = Buffer.from(plain.toString('latin1').replace(/"(started|timestamp)":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/g, `"$1":"${now}"`), 'latin1');
  return encoding === 'gzip' ? gzipSync(dated) : dated;
}

test('what real clients once sent is taken, every item of it', async (t) => {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await using server = await startSentryServer({ folder });
  const captured = readFileSync(new URL('expected.jsonl', CAPTURED), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Captured);
  for (const { file, url, auth, encoding } of captured) {
    const headers = { ...(auth ? { 'x-sentry-auth': auth } : {}), ...(encoding ? { 'content-encoding': encoding } : {}) };
    const response = await post(
      server,
      url.replace(/^\/api\/\d+/, '/api/1'),
      new Uint8Array(sentNow(readFileSync(new URL(file, CAPTURED)), encoding)),
      headers,
    );
    assert.equal(response.status, 200, `${file}: ${await response.text()}`);
  }
  const kinds = (await server.json<FactsAnswer>('/api/v1/facts?limit=1000')).facts.map(({ kind }) => kind);
  for (const kind of ['check_in', 'log', 'transaction', 'client_report', 'event']) assert.ok(kinds.includes(kind), kind);
  assert.ok((await server.json<FeedbackAnswer>('/api/v1/feedback')).totals.open > 0);
  assert.deepEqual(await notKept(server), {});
  for (const series of ['sentry.default.**', 'releases.default.sessions.*'])
    await eventually(
      () => renderValues(server, series),
      (values) => values.length > 0,
    );
  await server.stop();
  await withErrors(folder, async (errors) => {
    for (const { items, file } of captured)
      for (const { type, event } of items)
        if ((type === 'event' || type === 'store') && event?.event_id) assert.ok(await errors.eventById(1, event.event_id), `${file} ${event.event_id}`);
  });
});

test('pages of other origins may send, through a tunnel and below a path as well, and only with a key', async () => {
  await using server = await startSentryServer();
  const foreign = { origin: 'https://shop.example.org', 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain;charset=UTF-8' };
  const dsn = dsnOf(server);
  const ways: [path: string, header: Record<string, unknown>, headers: Record<string, string>][] = [
    [`/api/1/envelope/?sentry_key=${KEY}&sentry_version=7`, {}, {}],
    [`/mon/errors/api/1/envelope/?sentry_key=${KEY}`, {}, {}],
    ['/api/tunnel/', { dsn }, {}],
    ['/api/1/envelope/', { dsn }, {}],
    ['/api/1/envelope', {}, { authorization: `DSN ${dsn}` }],
    ['/api/1/envelope', {}, { 'x-sentry-auth': `Sentry sentry_key=${KEY}` }],
  ];
  for (const [path, header, headers] of ways) {
    const response = await post(server, path, envelope({ message: 'hello' }, header), { ...foreign, ...headers });
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.match(await response.text(), /^\{"id":"[0-9a-f]{32}"\}$/);
  }
  const packed = await post(server, '/api/tunnel', gzipSync(envelope({ message: 'packed' }, { dsn })), { 'content-encoding': 'gzip' });
  assert.equal(packed.status, 200, await packed.text());
  const preflight = await fetch(`${server.url}/api/1/envelope/`, { method: 'OPTIONS', headers: { ...foreign, 'access-control-request-method': 'POST' } });
  assert.equal(preflight.status, 204);
  assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /x-sentry-auth/);
  const refused: [path: string, body: string, status: number][] = [
    ['/api/1/envelope/', envelope({}), 401],
    [`/api/1/envelope/?sentry_key=${'0'.repeat(32)}`, envelope({}), 403],
    [`/api/2/envelope/?sentry_key=${KEY}`, envelope({}), 403],
    [`/api/1/envelope/?sentry_key=${KEY}&sentry_version=99`, envelope({}), 400],
    ['/api/tunnel/', envelope({}, { dsn: `http://${'0'.repeat(32)}@elsewhere.example.org/1` }), 403],
    ['/api/tunnel/', 'x'.repeat(100_000), 401],
    [`/api/1/envelope/?sentry_key=${KEY}`, 'no envelope', 400],
  ];
  for (const [path, body, status] of refused) {
    const response = await post(server, path, body, foreign);
    assert.equal(response.status, status, `${path}: ${await response.clone().text()}`);
    assert.match(((await response.json()) as { detail: string }).detail, /^cannot /);
    assert.ok(response.headers.get('x-sentry-error'));
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
  }
});

test('the smaller doors take what they are for', async (t) => {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await using server = await startSentryServer({ folder });
  const key = `sentry_key=${KEY}`;
  const pixel = await fetch(`${server.url}/api/1/store/?${key}&sentry_data=${encodeURIComponent(Buffer.from('{"message":"by address"}').toString('base64'))}`);
  assert.deepEqual([pixel.status, pixel.headers.get('content-type')], [200, 'image/gif']);
  assert.equal((await post(server, `/api/store/?${key}`, '{"message":"without a project"}')).status, 200);

  const report = {
    'csp-report': { 'document-uri': 'https://shop.example.org/', 'effective-directive': 'script-src', 'blocked-uri': 'https://ads.example.com/x.js' },
  };
  const csp = await post(server, `/api/1/csp-report/?${key}&sentry_release=web@3`, JSON.stringify(report), { 'content-type': 'application/csp-report' });
  assert.equal(csp.status, 200);
  assert.equal((await post(server, `/api/1/nel/?${key}`, '[]')).status, 200);

  const form = new FormData();
  form.set('upload_file_minidump', new Blob(['MDMP']), 'crash.dmp');
  form.set('sentry', JSON.stringify({ release: 'desk@1' }));
  const crash = await post(server, `/api/1/minidump/?${key}`, form as BodyInit);
  assert.match(await crash.text(), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

  assert.equal((await fetch(`${server.url}/api/1/cron/night-backup/${KEY}/?status=in_progress&environment=prod`)).status, 202);
  assert.equal((await post(server, `/api/1/cron/night-backup?${key}`, '{"status":"ok","duration":3}', { 'content-type': 'application/json' })).status, 202);
  assert.equal((await fetch(`${server.url}/api/1/cron/night-backup/${KEY}/?status=odd`)).status, 400);

  const about = '0123456789abcdef0123456789abcdef';
  const dsn = encodeURIComponent(dsnOf(server));
  const said = await post(
    server,
    '/api/0/projects/any/default/user-feedback/',
    JSON.stringify({ event_id: about, name: 'Ann', email: 'a@b.c', comments: 'It broke.' }),
    {
      authorization: `DSN ${dsnOf(server)}`,
    },
  );
  assert.equal(said.status, 200);
  const script = await fetch(`${server.url}/api/embed/error-page/?eventId=${about}&dsn=${dsn}&title=${encodeURIComponent('</script><img>')}`);
  assert.match(script.headers.get('content-type') ?? '', /^text\/javascript/);
  assert.doesNotMatch(await script.text(), /<img>/);
  const written = new URLSearchParams({ name: 'Bob', email: 'b@c.d', comments: 'It broke here too.' });
  assert.equal((await post(server, `/api/embed/error-page/?eventId=${about}&dsn=${dsn}`, written)).status, 200);
  assert.equal((await fetch(`${server.url}/api/embed/error-page/?dsn=x`)).status, 401);

  const facts = async (kind: string): Promise<string[]> => (await server.json<FactsAnswer>(`/api/v1/facts?kind=${kind}`)).facts.map(({ title }) => title);
  assert.deepEqual(await facts('check_in'), ['night-backup: ok', 'night-backup: in_progress']);
  const { feedback } = await server.json<FeedbackAnswer>('/api/v1/feedback');
  assert.deepEqual(
    feedback.map(({ message, name, eventId }) => [message, name, eventId]),
    [
      ['It broke here too.', 'Bob', about],
      ['It broke.', 'Ann', about],
    ],
  );
  assert.deepEqual(await notKept(server), {
    'sentry.dropped.bad_request': 1,
    'sentry.dropped.bad_key': 1,
    'sentry.not_kept.nel': 1,
  });
  await server.stop();
  await withErrors(folder, async (errors) => {
    const { issues } = await errors.issues({ project: 1, terms: [], sort: 'date', from: 0, until: Date.now() + 60_000, slots: 1, limit: 10 });
    assert.deepEqual(issues.map(({ title }) => title).toSorted(), [
      "Blocked 'script' from 'ads.example.com'",
      'Minidump: The program crashed; its minidump is kept as it came',
      'by address',
      'without a project',
    ]);
  });
});

test('when too much comes a client is told of what, for how long, and when a project uses up its share of the disk, too', async () => {
  await using server = await startSentryServer({ env: { HEED_ERRORS_OPTIONS_MOST_PER_MINUTE: '2' } });
  const path = `/api/1/envelope/?sentry_key=${KEY}`;
  for (let i = 0; i < 2; i++) assert.equal((await post(server, path, envelope({ message: 'x' }))).status, 200);
  const refused = await post(server, path, envelope({ message: 'x' }));
  assert.deepEqual(
    [refused.status, refused.headers.get('retry-after'), refused.headers.get('x-sentry-rate-limits')],
    [429, '60', '60:error;default;security:project'],
  );
  const partly = await post(
    server,
    path,
    envelope({ message: 'x' }) + envelope({ monitor_slug: 'nightly', status: 'ok' }, {}, 'check_in').replace(/^.*\n/, ''),
  );
  assert.deepEqual([partly.status, partly.headers.get('x-sentry-rate-limits')], [200, '60:error;default;security:project']);
  // Far too many are not even read; check-ins always are.
  const statuses = [];
  for (let i = 0; i < 120; i++) statuses.push((await post(server, `/api/1/store/?sentry_key=${KEY}`, '{}')).status);
  assert.ok(statuses.every((status) => status === 429));
  assert.equal((await fetch(`${server.url}/api/1/cron/x/${KEY}/?status=ok`)).status, 202);
  await eventually(
    () => renderValues(server, 'errors.default.dropped.rate_limited'),
    (values) => values.reduce((sum, value) => sum + value, 0) === 122,
  );

  await using full = await startSentryServer({ env: { HEED_ERRORS_OPTIONS_DAY_PERCENT_OF_DISK: '0.000001' } });
  const large = envelope({ message: 'x', extra: { text: 'word '.repeat(100_000) } });
  const answers = [];
  for (let i = 0; i < 40; i++) answers.push(await post(full, path, large));
  assert.equal(answers[0].status, 200);
  const last = answers.at(-1);
  assert.deepEqual([last?.status, last?.headers.get('retry-after')], [429, '600']);
  assert.ok((await notKept(full))['sentry.dropped.day_full'] > 0);
});
