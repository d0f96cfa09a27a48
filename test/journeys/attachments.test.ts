import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Project } from '../../src/api/contract.ts';
import type { AttachmentItem, EventAnswer, IssuesAnswer } from '../../src/api/contract-errors.ts';
import { runHeed } from '../harness/heed.ts';
import { accessibilityFaults, PHONE, sidewaysScroll, startBrowser } from '../harness/browser.ts';
import { dsnOf, KEY, runClient, startSentryServer } from '../harness/sentry.ts';
import { eventually, type RunningServer, temporaryFolder } from '../harness/server.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const EVENT = 'ab'.repeat(16);

interface Part {
  filename: string;
  type?: string;
  kind?: string;
  bytes: Uint8Array;
}

async function sendEvent(server: RunningServer, parts: Part[], event = EVENT): Promise<void> {
  const items = parts.flatMap(({ filename, type, kind, bytes }) => [
    Buffer.from(`${JSON.stringify({ type: 'attachment', length: bytes.length, filename, content_type: type, attachment_type: kind })}\n`),
    bytes,
    Buffer.from('\n'),
  ]);
  const body = Buffer.concat([Buffer.from(`{"event_id":"${event}"}\n{"type":"event"}\n{"message":"payment failed"}\n`), ...items]);
  const answer = await fetch(`${server.url}/api/1/envelope/?sentry_key=${KEY}`, { method: 'POST', body });
  assert.equal(answer.status, 200, await answer.text());
}

const listOf = (server: RunningServer, event: string): Promise<AttachmentItem[]> => server.json(`/api/v1/projects/default/events/${event}/attachments`);

const NODE = `
  const Sentry = require('sentry-node-11');
  Sentry.init({ dsn: process.argv[1] });
  Sentry.withScope((scope) => {
    scope.addAttachment({ filename: 'cart.json', data: '{"items":3}', contentType: 'application/json' });
    Sentry.captureException(new Error('from node'));
  });
  Sentry.close(20000).then((whole) => process.exit(whole ? 0 : 3));
`;

const PYTHON = `
import sys, sentry_sdk
sentry_sdk.init(sys.argv[1])
with sentry_sdk.push_scope() as scope:
    scope.add_attachment(bytes=b'line 1\\nline 2', filename='app.log', content_type='text/plain')
    sentry_sdk.capture_message('from python')
sentry_sdk.flush(20)
`;

test('what real clients attach is told with their events, and is there after a kill, a backup and a restore', async (t) => {
  const [folder, copy] = [temporaryFolder(), temporaryFolder()];
  t.after(() => [folder, copy].forEach((one) => rmSync(one, { recursive: true, force: true })));
  {
    await using server = await startSentryServer({ folder });
    await runClient(process.execPath, ['-e', NODE], dsnOf(server));
    if (existsSync('/usr/bin/python3')) await runClient('/usr/bin/python3', ['-c', PYTHON], dsnOf(server));
    await sendEvent(server, [{ filename: 'app.log', bytes: Buffer.from('one') }]);
    await server.stop('SIGKILL');
  }
  const backup = join(copy, 'backup');
  assert.equal((await runHeed(['backup', backup, '--data', folder])).code, 0);
  assert.equal((await runHeed(['restore', backup, '--data', join(copy, 'data')])).code, 0);
  await using server = await startSentryServer({ folder: join(copy, 'data') });
  const { issues } = await server.json<IssuesAnswer>('/api/v1/issues');
  const told: string[] = [];
  for (const { shortId } of issues) {
    const { event, attachments } = await server.json<EventAnswer>(`/api/v1/issues/${shortId}/events/latest`);
    for (const { id, name } of attachments) {
      const content = await fetch(`${server.url}/api/v1/projects/default/events/${event.event_id}/attachments/${id}`);
      told.push(`${name}: ${await content.text()}`);
    }
  }
  assert.ok(told.includes('cart.json: {"items":3}'), told.join());
  assert.ok(told.includes('app.log: one'), told.join());
  if (existsSync('/usr/bin/python3')) assert.ok(told.includes('app.log: line 1\nline 2'), told.join());
});

test('an attachment never becomes a path or a page, whatever it is called', async () => {
  await using server = await startSentryServer();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  await sendEvent(server, [
    { filename: '../../../evil.png', type: 'image/png', bytes: svg },
    { filename: 'pic"\r\nx: y.html', type: 'text/html', bytes: PNG },
    { filename: 'page.html', type: 'text/html', bytes: svg },
  ]);
  await sendEvent(server, [], 'cd'.repeat(16));
  const list = await listOf(server, EVENT);
  assert.deepEqual(
    list.map(({ preview }) => preview),
    ['', 'image', ''],
  );
  assert.deepEqual([list[0].name, list[2].name], ['evil.png', 'page.html']);
  assert.doesNotMatch(list[1].name, /["\r\n]/);
  assert.ok(readdirSync(join(server.folder, 'attachments/files')).every((name) => /^[0-9a-f]{64}$/.test(name)));
  const address = (at: number): string => `${server.url}/api/v1/projects/1/events/${EVENT}/attachments/${list[at].id}`;
  const saved = await fetch(address(0));
  assert.match(saved.headers.get('content-disposition') ?? '', /^attachment; /);
  assert.equal(saved.headers.get('content-type'), 'application/octet-stream');
  assert.equal(saved.headers.get('x-content-type-options'), 'nosniff');
  assert.match(saved.headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/);
  assert.deepEqual([(await fetch(`${address(0)}?preview=true`)).status, (await fetch(`${address(2)}?preview=true`)).status], [415, 415]);
  const image = await fetch(`${address(1)}?preview=true`);
  assert.equal(image.headers.get('content-type'), 'image/png');
  assert.deepEqual(Buffer.from(await image.arrayBuffer()), PNG);
});

test('a minidump is kept with the event that tells of it, and Sentry’s API gives and removes it, and issues with what came with them', async () => {
  await using server = await startSentryServer();
  const dump = Buffer.concat([Buffer.from('MDMP'), randomBytes(5_000_000)]);
  const form = new FormData();
  form.set('upload_file_minidump', new Blob([dump]), 'crash.dmp');
  form.set('screenshot', new Blob([PNG]), 'screen.png');
  form.set('sentry', JSON.stringify({ release: 'desk@1' }));
  const answer = await fetch(`${server.url}/api/1/minidump/?sentry_key=${KEY}`, { method: 'POST', body: form });
  const event = (await answer.text()).replaceAll('-', '');
  const list = `/api/0/projects/heed/default/events/${event}/attachments/`;
  const [first, second] = await server.json<{ id: string; type: string; name: string; size: number }[]>(list);
  assert.deepEqual([first.type, first.name, first.size, second.name], ['event.minidump', 'crash.dmp', dump.length, 'screen.png']);
  const saved = await fetch(`${server.url}${list}${first.id}/?download=1`);
  assert.ok(Buffer.from(await saved.arrayBuffer()).equals(dump));
  assert.equal((await fetch(`${server.url}${list}${first.id}/`, { method: 'DELETE' })).status, 204);
  assert.equal((await fetch(`${server.url}${list}${first.id}/`)).status, 404);
  assert.equal((await listOf(server, event)).length, 1);
  const later = new FormData();
  later.set('file', new Blob(['after the crash']), 'later.log');
  const sent = await fetch(`${server.url}/api/1/events/${event}/attachments/?sentry_key=${KEY}`, { method: 'POST', body: later });
  assert.equal(sent.status, 200);
  const [, { id, name }] = await listOf(server, event);
  assert.equal(name, 'later.log');
  await server.json(`/api/v1/projects/default/events/${event}/attachments/${id}`, { method: 'DELETE' });
  assert.equal((await fetch(`${server.url}/api/1/events/x/attachments/?sentry_key=${KEY}`, { method: 'POST', body: later })).status, 400);
  const own = `/api/v1/projects/default/events/${event}/attachments/${second.id}`;
  assert.deepEqual(await server.json(own, { method: 'DELETE' }), { removed: 'screen.png' });
  assert.deepEqual(readdirSync(join(server.folder, 'attachments/files')), []);
  await sendEvent(server, [{ filename: 'app.log', bytes: Buffer.from('one') }]);
  assert.equal((await listOf(server, EVENT)).length, 1);
  assert.equal((await fetch(`${server.url}/api/0/issues/DEFAULT-2/`, { method: 'DELETE' })).status, 202);
  assert.deepEqual(await listOf(server, EVENT), []);
});

test('what came with events goes with an issue that is discarded, and with their project', async () => {
  await using server = await startSentryServer();
  const files = (): string[] =>
    readdirSync(join(server.folder, 'attachments/files'), { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  await sendEvent(server, [{ filename: 'app.log', bytes: Buffer.from('one') }]);
  const { issues } = await eventually(
    () => server.json<IssuesAnswer>('/api/v1/issues'),
    (answer) => answer.issues.length === 1,
  );
  assert.equal(files().length, 1);
  const headers = { 'content-type': 'application/json' };
  await server.json('/api/v1/issues', { method: 'PATCH', headers, body: JSON.stringify({ ids: [issues[0].id], change: { do: 'discard' } }) });
  assert.deepEqual(files(), []);

  const { slug, dsn } = await server.json<Project>('/api/v1/projects', { method: 'POST', headers, body: '{"name":"shop"}' });
  const { username, pathname } = new URL(dsn);
  const envelope = `{"event_id":"${'cd'.repeat(16)}"}\n{"type":"event"}\n{"message":"x"}\n{"type":"attachment","length":3,"filename":"a.log"}\ntwo\n`;
  await server.json(`/api${pathname}/envelope/?sentry_key=${username}`, { method: 'POST', body: envelope });
  assert.equal(files().length, 1);
  await server.json(`/api/v1/projects/${slug}`, { method: 'DELETE' });
  assert.deepEqual(files(), []);
});

test('the event’s page shows images and texts, and offers each file', async () => {
  await using server = await startSentryServer();
  await sendEvent(server, [
    { filename: 'screenshot.png', type: 'image/png', bytes: PNG },
    { filename: 'app.log', type: 'text/plain', bytes: Buffer.from('<b>14:03 cart is empty</b>') },
    { filename: 'core', bytes: Buffer.from([0, 1, 2]) },
  ]);
  await using browser = await startBrowser();
  const page = await browser.open(`${server.url}/errors/DEFAULT-1`, PHONE);
  const part = page.getByRole('region', { name: 'Attachments' });
  await part.getByRole('img', { name: 'screenshot.png' }).waitFor();
  await part.getByText('app.log').first().click();
  await part.getByText('<b>14:03 cart is empty</b>').waitFor();
  assert.equal(await part.getByRole('link', { name: 'Download app.log' }).getAttribute('download'), 'app.log');
  assert.deepEqual(await sidewaysScroll(page), []);
  assert.deepEqual([await accessibilityFaults(page), browser.faults], [[], []]);
});
