import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { IssueAnswer, IssuesAnswer } from '../../src/api/contract-errors.ts';
import type { NewTokenAnswer } from '../../src/api/contract-tokens.ts';
import { KEY, startSentryServer } from '../harness/sentry.ts';
import { cliOf } from '../harness/sentry-cli.ts';
import { eventually, HEED, type RunningServer } from '../harness/server.ts';

async function heed(server: RunningServer, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, HEED_URL: server.url, NO_COLOR: '1' };
  return promisify(execFile)(HEED, ['token', ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

for (const generation of [2, 3] as const) {
  test(`with a token of builds alone sentry-cli ${generation} knows where to go, uploads, and may no more`, async (t) => {
    await using server = await startSentryServer();
    const { token } = JSON.parse((await heed(server, 'add', 'GitLab CI', '--json')).stdout) as NewTokenAnswer;
    const { cli, folder } = await cliOf(t, generation, server, { SENTRY_URL: undefined, SENTRY_ORG: undefined, SENTRY_AUTH_TOKEN: token });
    await cli('releases', 'new', 'shop@1.4.2');
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist/app.js'), 'console.log(1);\n//# sourceMappingURL=app.js.map\n');
    writeFileSync(
      join(folder, 'dist/app.js.map'),
      JSON.stringify({ version: 3, sources: ['app.ts'], sourcesContent: ['console.log(1)'], names: [], mappings: 'AAAA' }),
    );
    await cli('sourcemaps', 'inject', 'dist');
    await cli('sourcemaps', 'upload', '--release', 'shop@1.4.2', 'dist');
    await cli('deploys', 'new', '--release', 'shop@1.4.2', '--env', 'production');
    await cli('releases', 'finalize', 'shop@1.4.2');
    assert.match(await cli('releases', 'list'), /shop@1\.4\.2/);
    await assert.rejects(cli('issues', 'list'), /the token 'GitLab CI' may not do this; it takes one with event:read/);
    const list = await heed(server, 'list');
    assert.match(list.stdout, /^1 +GitLab CI +…\S{4} +org:ci +used \S.* +made \S.* by someone\n$/);
    assert.equal((await heed(server, 'revoke', '1')).stdout, `GitLab CI (…${token.slice(-4)}) is revoked\n`);
    assert.match((await heed(server, 'list')).stderr, /none yet; heed token add/);
  });
}

test('heed token says what is wrong, and shows a token once', async () => {
  await using server = await startSentryServer();
  const made = await heed(server, 'add', 'Grafana', '--scopes', 'metrics:read, event:read');
  assert.match(made.stdout, /^token +sntrys_\S+\nfor +Grafana\nmay +metrics:read, event:read\nsee +http\S+\/settings\/tokens\n$/);
  assert.match(made.stderr, /shown this once/);
  assert.match((await heed(server, 'add', 'x', '--scopes', 'root')).stderr, /there is no scope 'root'; known are metrics:read/);
  assert.match((await heed(server, 'revoke', '9')).stderr, /cannot revoke token 9: there is none/);
  assert.match((await heed(server, 'revoke', 'all')).stderr, /give its number/);
});

test('what is done with a token carries its name; discarding takes the larger scope', async () => {
  await using server = await startSentryServer();
  const { token } = JSON.parse((await heed(server, 'add', 'triage bot', '--scopes', 'event:write', '--json')).stdout) as NewTokenAnswer;
  await server.json(`/api/1/store/?sentry_key=${KEY}&sentry_version=7`, { method: 'POST', body: '{"message":"x"}' });
  const { issues } = await eventually(
    () => server.json<IssuesAnswer>('/api/v1/issues'),
    (answer) => answer.issues.length === 1,
  );
  const ask = (method: string, path: string, body: object): Promise<Response> =>
    fetch(server.url + path, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const [{ id, shortId }] = issues;
  assert.equal((await ask('POST', `/api/v1/issues/${shortId}/comments`, { text: 'seen' })).status, 200);
  assert.equal((await ask('PATCH', '/api/v1/issues', { ids: [id], change: { do: 'resolve' } })).status, 200);
  assert.equal((await ask('PATCH', '/api/v1/issues', { ids: [id], change: { do: 'discard' } })).status, 403);
  const { activity } = await server.json<IssueAnswer>(`/api/v1/issues/${shortId}`);
  assert.deepEqual([...new Set(activity.filter(({ kind }) => kind === 'comment' || kind === 'resolved').map(({ by }) => by))], ['triage bot']);
});
