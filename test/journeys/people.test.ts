import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { IssueAnswer, IssuesAnswer } from '../../src/api/contract-errors.ts';
import type { MeAnswer, NewInvitationAnswer } from '../../src/api/contract-people.ts';
import type { NewTokenAnswer } from '../../src/api/contract-tokens.ts';
import { KEY, startSentryServer } from '../harness/sentry.ts';
import { eventually, HEED, startServer, temporaryFolder, type RunningServer } from '../harness/server.ts';

const GOOD = 'correct horse battery';

async function heed(server: RunningServer, token: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, HEED_URL: server.url, HEED_TOKEN: token, NO_COLOR: '1' };
  return promisify(execFile)(HEED, args, { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

const post = (url: string, body: object, cookie = ''): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(body) });

async function come(url: string, said: object): Promise<string> {
  const [base, code] = url.split('/welcome#');
  const answer = await post(`${base}/api/v1/invitations/accept`, { code, password: GOOD, ...said });
  assert.equal(answer.status, 200, await answer.clone().text());
  return (answer.headers.get('set-cookie') ?? '').split(';', 1)[0];
}

test('the first start prints a link; who opened it invites the others in the terminal, by a token of theirs', async () => {
  const folder = temporaryFolder();
  let cookie = '';
  {
    await using server = await startServer({ folder, env: { HEED_AUTH: 'required', HEED_TOKEN: 's3cret' } });
    assert.match(server.output().stdout, /^heed ready \S+\n$/);
    const [, url] = /whoever opens this becomes the first owner:\n {2}(\S+)\n/.exec(server.output().stderr) ?? assert.fail(server.output().stderr);
    assert.equal(url.split('/welcome#')[0], server.url);
    cookie = await come(url, { email: 'ann@example.org', name: 'Ann' });
    assert.equal(await server.stop('SIGKILL'), null);
  }
  await using server = await startServer({ folder, env: { HEED_AUTH: 'required', HEED_TOKEN: 's3cret' } });
  assert.equal(server.output().stderr, '', 'no link any more');
  const { person } = (await (await fetch(`${server.url}/api/v1/me`, { headers: { cookie } })).json()) as MeAnswer;
  assert.equal(person?.name, 'Ann', 'what was answered outlives a kill -9');

  const made = await post(`${server.url}/api/v1/tokens`, { label: "Ann's shell", scopes: ['org:admin'] }, cookie);
  const { token, createdBy } = (await made.json()) as NewTokenAnswer;
  assert.equal(createdBy, 'Ann');
  assert.match((await heed(server, '', 'people', 'list')).stderr, /sign in first; a program needs a token, which Settings > Tokens makes/);
  const invited = await heed(server, token, 'people', 'invite', 'bob@example.org', '--role', 'viewer', '--projects', 'default=member');
  assert.match(invited.stdout, /^link +http\S+\/welcome#\S{43}\nfor +bob@example\.org\nmakes +viewer, member in default\nuntil +\S+\n$/);
  assert.match(
    (await heed(server, token, 'people', 'list')).stdout,
    /^Ann +ann@example\.org +owner +seen .*\n\(link\) +bob@example\.org +viewer, member in default +until \S+\n$/,
  );
  await come(/http\S+/.exec(invited.stdout)?.[0] ?? '', { name: 'Bob' });
  assert.equal((await heed(server, token, 'people', 'role', 'bob@example.org', 'member')).stdout, 'Bob is member\n');
  const link = JSON.parse((await heed(server, token, 'people', 'link', 'bob@example.org', '--json')).stdout) as NewInvitationAnswer;
  assert.equal(link.reset, true);
  const bob = await come(link.url, {});
  assert.equal((await heed(server, token, 'people', 'remove', 'bob@example.org')).stdout, 'Bob (bob@example.org) is removed\n');
  assert.equal((await fetch(`${server.url}/api/v1/issues`, { headers: { cookie: bob } })).status, 401);
  assert.match((await heed(server, token, 'people', 'remove', 'ann@example.org')).stderr, /nobody would be left who lets others in/);
  assert.match((await heed(server, token, 'people', 'role', 'eve@example.org', 'owner')).stderr, /nobody here has this address/);
  const audit = await heed(server, token, 'audit');
  assert.deepEqual(
    audit.stdout
      .trim()
      .split('\n')
      .map((line) =>
        line
          .replace(/^\S+ \S+ +/, '')
          .replace(/ +127\.0\.0\.1$/, '')
          .replace(/ {2,}/, ': '),
      ),
    [
      "Ann's shell: person removed bob@example.org",
      'Bob: password changed by a link bob@example.org',
      "Ann's shell: link for a new password made bob@example.org",
      "Ann's shell: role changed bob@example.org is member",
      'Bob: came by a link bob@example.org',
      "Ann's shell: invited bob@example.org as viewer, member in default",
      "Ann: token made Ann's shell: org:admin",
      'Ann: came by a link ann@example.org',
    ],
  );
});

test('whoever is here is whom Sentry’s clients assign to, by number, address or name, and who did it has a name', async () => {
  await using server = await startSentryServer({ env: { HEED_TOKEN: 's3cret' } });
  const json = { 'content-type': 'application/json' };
  const invite = async (email: string, role: string): Promise<string> =>
    (await server.json<NewInvitationAnswer>('/api/v1/invitations', { method: 'POST', headers: json, body: JSON.stringify({ email, role }) })).url;
  const cookie = await come(await invite('ann@example.org', 'owner'), { name: 'Ann' });
  const viewer = await come(await invite('bob@example.org', 'viewer'), { name: 'Bob' });
  await server.json(`/api/1/store/?sentry_key=${KEY}&sentry_version=7`, { method: 'POST', body: '{"message":"x"}' });
  const { issues } = await eventually(
    () => server.json<IssuesAnswer>('/api/v1/issues'),
    (answer) => answer.issues.length === 1,
  );
  const ask = async (who: string, method: string, path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await fetch(server.url + path, { method, headers: { ...json, cookie: who }, body: body && JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const [{ id, shortId }] = issues;
  for (const said of ['user:2', 'BOB@example.org', 'bob'])
    assert.deepEqual((await ask(cookie, 'PUT', `/api/0/issues/${id}/`, { assignedTo: said })).body.assignedTo, { type: 'user', id: 'Bob', name: 'Bob' }, said);
  assert.equal((await ask(viewer, 'PUT', `/api/0/issues/${id}/`, { assignedTo: '' })).status, 403);
  assert.equal((await server.json<IssuesAnswer>('/api/v1/issues?query=assigned:Bob')).issues.length, 1);
  assert.equal(((await ask(viewer, 'GET', '/api/v1/issues?query=assigned:me')).body.issues as object[]).length, 1);
  const { activity } = await server.json<IssueAnswer>(`/api/v1/issues/${shortId}`);
  assert.ok(activity.some(({ kind, by }) => kind === 'assigned' && by === 'Ann'));
  const members = await server.json<{ id: string; email: string; role: string }[]>('/api/0/organizations/heed/members/?query=bob');
  assert.deepEqual(
    members.map(({ id: number, email, role }) => [number, email, role]),
    [['2', 'bob@example.org', 'member']],
  );
  assert.equal((await ask(viewer, 'GET', '/api/0/users/me/')).body.email, 'bob@example.org');
  assert.equal((await ask(viewer, 'GET', '/api/0/organizations/heed/members/me/')).body.name, 'Bob');
});

test('a live stream ends with the session that opened it', async () => {
  await using server = await startServer({ env: { HEED_TOKEN: 's3cret' } });
  const { url } = await server.json<NewInvitationAnswer>('/api/v1/invitations', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ann@example.org', role: 'owner' }),
  });
  const cookie = await come(url, { name: 'Ann' });
  const stream = await fetch(`${server.url}/api/v1/live?topics=now`, { headers: { cookie } });
  assert.equal(stream.status, 200);
  const whole = stream.text();
  assert.equal((await fetch(`${server.url}/api/v1/session`, { method: 'DELETE', headers: { cookie } })).status, 200);
  assert.match(await whole, /^retry: 2000/, 'it came to its end');
});
