import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { NewInvitationAnswer, PeopleAnswer } from '../../src/api/contract-people.ts';
import { accessibilityFaults, startBrowser } from '../harness/browser.ts';
import { startServer } from '../harness/server.ts';

/** A port that nothing listens on; the provider must know the server's address before that starts. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function startProvider(redirect: string): Promise<{ issuer: string; [Symbol.asyncDispose](): Promise<void> }> {
  const script = fileURLToPath(new URL('../harness/oidc-provider.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, redirect], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    issuer: output.toString().trim().replace('ready ', ''),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

async function comeAs(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Sign in with Example ID' }).click();
  await page.getByPlaceholder('Enter any login').fill(name);
  await page.getByPlaceholder('and password').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

test('people sign in by a provider: who is known, who is invited, who is of a domain, and nobody else', async () => {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  await using provider = await startProvider(`${base}/sign-in/provider/back`);
  const env = {
    HEED_TOKEN: 's3cret',
    HEED_OIDC_ISSUER: provider.issuer,
    HEED_OIDC_CLIENT_ID: 'heed',
    HEED_OIDC_CLIENT_SECRET: 'heed-secret',
    HEED_OIDC_NAME: 'Example ID',
  };
  await using browser = await startBrowser();
  await using server = await startServer({ env, args: ['--http', `127.0.0.1:${port}`] });
  const json = { 'content-type': 'application/json' };
  const invite = async (email: string, role: string): Promise<string> =>
    (await server.json<NewInvitationAnswer>('/api/v1/invitations', { method: 'POST', headers: json, body: JSON.stringify({ email, role }) })).url;
  const code = (await invite('ann@example.org', 'owner')).slice(-43);
  await server.json('/api/v1/invitations/accept', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ code, name: 'Ann', password: 'correct horse battery' }),
  });

  const ann = await browser.open(`${base}/settings/people`);
  await ann.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.deepEqual(await accessibilityFaults(ann), []);
  await comeAs(ann, 'ann');
  await ann.getByRole('button', { name: 'Signed in as Ann' }).waitFor();
  assert.equal(new URL(ann.url()).pathname, '/settings/people', 'where she wanted to go');

  const bob = await browser.open(`${base}/errors`);
  await comeAs(bob, 'bob');
  await bob.getByRole('alert').getByText('You are not invited here').waitFor();
  await invite('bob@example.org', 'member');
  await bob.getByRole('link', { name: 'Sign in with Example ID' }).click();
  await bob.getByRole('button', { name: 'Signed in as bob' }).waitFor();

  const other = await browser.open(`${base}/`);
  await comeAs(other, 'unverified');
  await other.getByRole('alert').getByText('does not vouch').waitFor();

  const { people, invitations } = await server.json<PeopleAnswer>('/api/v1/people');
  assert.deepEqual(
    [people.map(({ name, email, role, hasPassword }) => [name, email, role, hasPassword]), invitations],
    [
      [
        ['Ann', 'ann@example.org', 'owner', true],
        ['bob', 'bob@example.org', 'member', false],
      ],
      [],
    ],
  );
  // What comes back without having left from here, or is replayed, signs nobody in.
  for (const address of [`${base}/sign-in/provider/back?code=x&state=y`, bob.url().replace(/\/[^/]*$/, '/sign-in/provider/back?code=x')]) {
    const answer = await fetch(address, { redirect: 'manual' });
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/?refused=too_late']);
  }
  const errand = Buffer.from(JSON.stringify({ state: 'y', nonce: 'n', verifier: 'v', to: '/' })).toString('base64url');
  const forged = await fetch(`${base}/sign-in/provider/back?code=x&state=y&iss=${encodeURIComponent(provider.issuer)}`, {
    redirect: 'manual',
    headers: { cookie: `heed_errand=${errand}` },
  });
  assert.equal(forged.headers.get('location'), '/?refused=provider_failed');
  assert.ok(!(forged.headers.get('set-cookie') ?? '').includes('heed_session'));
  assert.deepEqual(browser.faults, []);
});

test('whoever has an address of a domain comes in, and a provider that is away is told of in words', async () => {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  await using browser = await startBrowser();
  let issuer = '';
  const start = (): ReturnType<typeof startServer> => {
    const env = {
      HEED_TOKEN: 's3cret',
      HEED_OIDC_ISSUER: issuer,
      HEED_OIDC_CLIENT_ID: 'heed',
      HEED_OIDC_CLIENT_SECRET: 'heed-secret',
      HEED_OIDC_NAME: 'Example ID',
      HEED_OIDC_DOMAINS: 'example.org',
    };
    return startServer({ env, args: ['--http', `127.0.0.1:${port}`] });
  };
  const provider = await startProvider(`${base}/sign-in/provider/back`);
  ({ issuer } = provider);
  await using server = await start();
  const json = { 'content-type': 'application/json' };
  const { url } = await server.json<NewInvitationAnswer>('/api/v1/invitations', {
    method: 'POST',
    headers: json,
    body: '{"email":"ann@example.com","role":"owner"}',
  });
  await server.json('/api/v1/invitations/accept', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ code: url.slice(-43), name: 'carl', password: 'correct horse battery' }),
  });
  const carl = await browser.open(base);
  await comeAs(carl, 'carl');
  await carl.getByRole('button', { name: 'Signed in as carl@example.org' }).waitFor();
  const { people } = await server.json<PeopleAnswer>('/api/v1/people');
  assert.deepEqual(
    people.map(({ name, role }) => `${name} ${role}`),
    ['carl owner', 'carl@example.org viewer'],
  );
  await provider[Symbol.asyncDispose]();
  const other = await browser.open(base);
  await other.getByRole('link', { name: 'Sign in with Example ID' }).click();
  // What the provider said of itself is still known; only its own page is away.
  await other.waitForURL(/^chrome-error:|^http:\/\/127\.0\.0\.1:/);
  await server.stop();
  await using again = await start();
  assert.notEqual(again.folder, server.folder);
  const answer = await fetch(`${base}/sign-in/provider`, { redirect: 'manual' });
  assert.equal(answer.headers.get('location'), '/?refused=provider_failed');
  assert.match(again.output().stderr, /cannot sign anybody in by the provider/);
});
