import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { EventAnswer, IssuesAnswer } from '../../src/api/contract-errors.ts';
import type { ReleasesAnswer } from '../../src/api/contract-releases.ts';
import type { NewTokenAnswer } from '../../src/api/contract-tokens.ts';
import { dsnOf, runClient, startSentryServer } from '../harness/sentry.ts';
import { eventually, temporaryFolder } from '../harness/server.ts';

const BUILD = fileURLToPath(new URL('../harness/vite-build.mjs', import.meta.url));

const SHOP = `export function payCart(cart: { id: number }): void {
  if (cart.id > 16) throw new TypeError(\`cannot pay cart \${cart.id}\`);
}
`;
const MAIN = `import { payCart } from './shop.ts';
export function run(fail: (error: unknown) => void): void {
  try { payCart({ id: 17 }); } catch (error) { fail(error); }
}
`;

/** 5 runs sentry-cli, 11 the tool that follows it. */
for (const generation of [5, 11])
  test(`a build by Vite with Sentry's plugin ${generation} and a token of builds makes the release, its deploy and its maps`, async (t) => {
    const folder = temporaryFolder();
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/shop.ts'), SHOP);
    writeFileSync(join(folder, 'src/main.ts'), MAIN);
    await using server = await startSentryServer();
    const { token } = await server.json<NewTokenAnswer>('/api/v1/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ label: 'CI', scopes: ['org:ci'] }),
    });
    const release = `shop@${generation}.0.0`;
    const args = [BUILD, `sentry-vite-${generation}`, folder, server.url, token, release];
    await promisify(execFile)(process.execPath, args, { cwd: folder, env: { PATH: process.env.PATH, HOME: folder }, timeout: 120_000 });
    const { releases } = await server.json<ReleasesAnswer>('/api/v1/releases?from=-1d');
    assert.deepEqual(
      releases.map(({ version, deploys }) => [version, deploys.map(({ environment }) => environment)]),
      [[release, ['production']]],
    );
    const program = `
      const Sentry = require('sentry-node-11');
      Sentry.init({ dsn: process.argv.at(-1), integrations: (all) => all.filter(({ name }) => name !== 'ContextLines') });
      require('${folder}/dist/app.js').run((error) => Sentry.captureException(error));
      Sentry.close(5000);
    `;
    await runClient(process.execPath, ['-e', program], dsnOf(server));
    const { issues } = await eventually(
      () => server.json<IssuesAnswer>('/api/v1/issues'),
      (answer) => answer.issues.length === 1,
    );
    const { event } = await server.json<EventAnswer>(`/api/v1/issues/${issues[0].id}/events/latest`);
    const thrown = event.exception?.at(-1)?.stacktrace?.frames.at(-1);
    assert.deepEqual(
      [thrown?.function, thrown?.filename?.replace(/^.*src\//, ''), thrown?.lineno, thrown?.context_line?.trim()],
      ['payCart', 'shop.ts', 2, 'if (cart.id > 16) throw new TypeError(`cannot pay cart ${cart.id}`);'],
    );
  });
