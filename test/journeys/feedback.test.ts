import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { FeedbackAnswer, FeedbackChanged, FeedbackDetail, FeedbackItem } from '../../src/api/contract-feedback.ts';
import type { IssuesAnswer } from '../../src/api/contract-errors.ts';
import type { FrameAnswer, NowAnswer } from '../../src/api/contract.ts';
import { KEY, startSentryServer } from '../harness/sentry.ts';
import { eventually, HEED, temporaryFolder, type RunningServer } from '../harness/server.ts';

const EVENT = 'a'.repeat(32);
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

const envelope = (...items: [object, string | Buffer][]): Buffer =>
  Buffer.concat([
    Buffer.from(`${JSON.stringify({ event_id: 'f'.repeat(32) })}\n`),
    ...items.flatMap(([header, payload]) => [
      Buffer.from(`${JSON.stringify({ ...header, length: Buffer.byteLength(payload) })}\n`),
      Buffer.from(payload),
      Buffer.from('\n'),
    ]),
  ]);

const send = (server: RunningServer, path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}${path}${path.includes('?') ? '&' : '?'}sentry_key=${KEY}`, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers });

const all = (server: RunningServer, query = 'state=all'): Promise<FeedbackAnswer> => server.json<FeedbackAnswer>(`/api/v1/feedback?${query}`);

/** All three generations, each about the one error. */
async function fill(server: RunningServer): Promise<void> {
  const feedback = {
    type: 'feedback',
    event_id: 'f'.repeat(32),
    environment: 'production',
    release: 'shop@1.4',
    contexts: {
      feedback: {
        message: 'The cart is empty',
        contact_email: 'eve@example.org',
        name: 'Eve',
        url: 'https://shop.example.org/cart',
        source: 'widget',
        associated_event_id: EVENT,
      },
      browser: { name: 'Firefox', version: '143' },
      client_os: { name: 'Linux' },
    },
  };
  const items: [object, string | Buffer][] = [
    [{ type: 'feedback' }, JSON.stringify(feedback)],
    [{ type: 'attachment', filename: 'screenshot.png', content_type: 'image/png' }, PNG],
  ];
  assert.equal((await send(server, '/api/1/envelope/', envelope(...items))).status, 200);
  assert.equal((await send(server, '/api/1/envelope/', envelope(...items))).status, 200, 'sent again');
  const report = JSON.stringify({ event_id: EVENT, name: 'Bob', email: 'bob@example.org', comments: 'It broke here too' });
  assert.equal((await send(server, '/api/1/envelope/', envelope([{ type: 'user_report' }, report]))).status, 200);
  const api = JSON.stringify({ event_id: EVENT, name: 'Zoe', email: 'zoe@example.org', comments: 'By the web API' });
  const posted = await send(server, '/api/0/projects/heed/default/user-feedback/', api, { 'content-type': 'application/json' });
  const { comments, eventID, issue } = (await posted.json()) as Record<string, unknown>;
  assert.deepEqual([posted.status, comments, eventID, issue], [200, 'By the web API', EVENT, null]);
  const dsn = encodeURIComponent(server.url.replace('://', `://${KEY}@`) + '/1');
  const form = new URLSearchParams({ name: 'Dora', email: 'dora@example.org', comments: 'From the dialog' }).toString();
  assert.equal(
    (await send(server, `/api/embed/error-page/?dsn=${dsn}&eventId=${EVENT}`, form, { 'content-type': 'application/x-www-form-urlencoded' })).status,
    200,
  );
}

test('what users wrote, of all three ways there were to send it, is one list, tied to the error that they met', async () => {
  await using server = await startSentryServer();
  await fill(server);
  const before = await all(server);
  assert.deepEqual(
    before.feedback.map(({ message, name, email, issue, source, eventId }) => [message, name, email, issue, source, eventId]),
    [
      ['From the dialog', 'Dora', 'dora@example.org', null, 'dialog', EVENT],
      ['By the web API', 'Zoe', 'zoe@example.org', null, 'api', EVENT],
      ['It broke here too', 'Bob', 'bob@example.org', null, '', EVENT],
      ['The cart is empty', 'Eve', 'eve@example.org', null, 'widget', EVENT],
    ],
  );
  // The error may come after what is said of it.
  assert.equal((await send(server, '/api/1/store/', JSON.stringify({ event_id: EVENT, message: 'Cart of undefined' }))).status, 200);
  const { feedback, totals } = await eventually(
    () => all(server),
    (answer) => answer.feedback.every(({ issue }) => issue !== null),
  );
  assert.deepEqual([totals, feedback[0].issue?.title], [{ open: 4, resolved: 0, spam: 0 }, 'Cart of undefined']);
  const eve = feedback[3];
  assert.deepEqual([eve.browser, eve.environment, eve.release, eve.url], ['Firefox 143 on Linux', 'production', 'shop@1.4', 'https://shop.example.org/cart']);
  const detail = await server.json<FeedbackDetail>(`/api/v1/feedback/${eve.id}`);
  assert.deepEqual(
    detail.attachments.map(({ name, preview }) => [name, preview]),
    [['screenshot.png', 'image']],
  );
  const shot = await fetch(`${server.url}/api/v1/projects/default/events/${detail.ownId}/attachments/${detail.attachments[0].id}`);
  assert.deepEqual(Buffer.from(await shot.arrayBuffer()), PNG);
  const [{ id, shortId }] = (await server.json<IssuesAnswer>('/api/v1/issues')).issues;
  assert.equal((await server.json<FeedbackItem[]>(`/api/v1/issues/${shortId}/feedback`)).length, 4);
  assert.deepEqual(
    (await all(server, 'query=cart+eve')).feedback.map(({ name }) => name),
    ['Eve'],
  );

  const listed = await server.json<{ comments: string; eventID: string; issue: { id: string } }[]>('/api/0/projects/heed/default/user-feedback/');
  assert.deepEqual([listed.length, listed[0].comments, listed[0].eventID, listed[0].issue.id], [4, 'From the dialog', EVENT, String(id)]);
  const page = await fetch(`${server.url}/api/0/projects/heed/default/user-feedback/?per_page=3`);
  assert.match(page.headers.get('link') ?? '', /rel="next"; results="true"; cursor="\d+"/);
  const name = 'feedback.default.count';
  const frame = await eventually(
    () => server.json<FrameAnswer>(`/api/v1/frame?target=${name}&from=-5min`),
    (answer) => answer.rows.some(({ values }) => values.some((value) => value !== null)),
    25,
  );
  assert.equal(
    frame.rows[0].values.reduce<number>((sum, value) => sum + (value ?? 0), 0),
    4,
  );
});

test('a program that says nothing of itself, or something else, may send feedback too', async () => {
  await using server = await startSentryServer();
  const asCurl = { 'content-type': 'application/x-www-form-urlencoded' };
  const report = JSON.stringify({ event_id: EVENT, name: 'Bob', comments: 'as curl sends it' });
  assert.equal((await send(server, '/api/0/projects/heed/default/user-feedback/', ` ${report}`, asCurl)).status, 200);
  const asked = request(`${server.url}/api/0/projects/heed/default/user-feedback/?sentry_key=${KEY}`, { method: 'POST' });
  asked.end(JSON.stringify({ event_id: EVENT, name: 'Ann', email: 'ann@example.org', comments: 'no User-Agent' }));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  assert.equal(asked.getHeader('user-agent'), undefined);
  assert.equal(answer.statusCode, 200);
  assert.deepEqual(
    (await all(server)).feedback.map(({ message, browser }) => [message, browser]),
    [
      ['no User-Agent', ''],
      ['as curl sends it', ''],
    ],
  );
});

test('feedback is settled, called spam, opened again and removed; it outlives its event', async () => {
  const folder = temporaryFolder();
  {
    await using server = await startSentryServer({ folder });
    await fill(server);
    await send(server, '/api/1/store/', JSON.stringify({ event_id: EVENT, message: 'Cart of undefined' }));
    const { feedback } = await eventually(
      () => all(server),
      (answer) => answer.feedback.every(({ issue }) => issue !== null),
    );
    const change = (ids: number[], state: string): Promise<FeedbackChanged> =>
      server.json('/api/v1/feedback', { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ids, state }) });
    const [dora, zoe, bob, eve] = feedback.map(({ id }) => id);
    assert.deepEqual(await change([dora, zoe, dora, 99], 'resolved'), {
      changed: 2,
      before: [
        { id: dora, state: 'open' },
        { id: zoe, state: 'open' },
      ],
    });
    assert.equal((await change([bob], 'spam')).changed, 1);
    assert.deepEqual(
      (await all(server, '')).feedback.map(({ id }) => id),
      [eve],
    );
    assert.equal((await server.json<NowAnswer>('/api/v1/now')).feedback.open <= 4, true);
    const bad = await fetch(`${server.url}/api/v1/feedback?state=closed`);
    assert.match(await bad.text(), /it is open, resolved, spam, or all/);
    assert.equal((await server.json<FeedbackItem[]>(`/api/v1/issues/1/feedback`)).length, 3, 'spam is not shown there');
    assert.equal((await fetch(`${server.url}/api/v1/feedback/${eve}`, { method: 'DELETE' })).status, 200);
    assert.equal(
      (await fetch(`${server.url}/api/v1/projects/default/events/${'f'.repeat(32)}/attachments`).then((answer) => answer.json() as Promise<object[]>)).length,
      0,
    );
    await server.stop('SIGKILL');
  }
  await using server = await startSentryServer({ folder });
  const { totals, feedback } = await all(server, 'state=resolved');
  assert.deepEqual([totals, feedback.length, feedback[0].issue?.title], [{ open: 0, resolved: 2, spam: 1 }, 2, 'Cart of undefined']);
});

test('feedback follows its error when issues are merged and taken apart, however much was written since', async () => {
  await using server = await startSentryServer();
  const one = EVENT;
  const other = 'b'.repeat(32);
  const report = (event_id: string, comments: string): Promise<Response> =>
    send(server, '/api/0/projects/heed/default/user-feedback/', JSON.stringify({ event_id, name: 'Ann', email: 'a@b.c', comments }), {
      'content-type': 'application/json',
    });
  await send(server, '/api/1/store/', JSON.stringify({ event_id: one, message: 'one' }));
  await send(server, '/api/1/store/', JSON.stringify({ event_id: other, message: 'other' }));
  await report(other, 'about the other');
  for (let i = 0; i < 320; i++) assert.equal((await report(one, `about one, ${i}`)).status, 200);
  const { issues } = await eventually(
    () => server.json<IssuesAnswer>('/api/v1/issues'),
    (answer) => answer.issues.length === 2,
  );
  const idOf = (title: string): number => issues.find((issue) => issue.title === title)?.id ?? assert.fail(title);
  const of = async (id: number): Promise<string[]> =>
    (await server.json<FeedbackItem[]>(`/api/v1/issues/${id}/feedback`)).map(({ message }) => message).filter((message) => message === 'about the other');
  assert.deepEqual([await of(idOf('one')), await of(idOf('other'))], [[], ['about the other']]);
  const post = (path: string, body: object): Promise<{ issue: { id: number }; hashes: { hash: string; title: string }[] }> =>
    server.json(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const search = async (words: string): Promise<(string | undefined)[]> => (await all(server, `query=${words}`)).feedback.map(({ issue }) => issue?.title);
  const merged = await post(`/api/v1/issues/${idOf('one')}/merge`, { ids: [idOf('other')] });
  assert.equal((await all(server, 'query=about+the+other')).feedback[0].issue?.id, idOf('one'));
  const { hash } = merged.hashes.find(({ title }) => title === 'other') ?? assert.fail();
  const apart = await post(`/api/v1/issues/${idOf('one')}/unmerge`, { hashes: [hash] });
  assert.deepEqual([await of(idOf('one')), await of(apart.issue.id)], [[], ['about the other']]);
  assert.deepEqual(await search('about+the+OTHER'), ['other']);
});

test('heed feedback lists, settles and tells what is wrong', async () => {
  await using server = await startSentryServer();
  const heed = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    promisify(execFile)(HEED, args, { env: { ...process.env, HEED_URL: server.url, NO_COLOR: '1' } }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
  assert.match((await heed('feedback')).stderr, /nobody wrote anything yet/);
  await fill(server);
  const list = await heed('feedback');
  assert.equal(list.code, 0);
  assert.match(list.stdout, /^4 +default +From the dialog +Dora <dora@example\.org> +(?:now|\d+ s(?: ago)?) +http\S+\/feedback\?feedback=4\n/);
  assert.equal(list.stdout.trim().split('\n').length, 4);
  assert.match((await heed('feedback', '1')).stdout, /The cart is empty\n/);
  assert.equal((await heed('feedback', 'resolve', '4', '3')).stdout, '2 resolved\n');
  assert.equal((await heed('feedback', 'resolve', '2', '--spam')).stdout, '1 called spam\n');
  assert.equal((await heed('feedback', 'resolve', '4', '--reopen')).stdout, '1 open again\n');
  assert.deepEqual((JSON.parse((await heed('feedback', '--json')).stdout) as FeedbackAnswer).totals, { open: 2, resolved: 1, spam: 1 });
  assert.match((await heed('feedback', 'resolve', 'x')).stderr, /give numbers, which heed feedback tells/);
  assert.match((await heed('feedback', '9')).stderr, /there is no feedback 9/);
});
