import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rolldown } from 'rolldown';
import type { EventAnswer, IssuesAnswer } from '../../src/api/contract-errors.ts';
import { dsnOf, KEY, runClient, startSentryServer } from '../harness/sentry.ts';
import { cliOf } from '../harness/sentry-cli.ts';
import { eventually, type RunningServer } from '../harness/server.ts';

const SHOP = `import { refuse } from './refuse.ts';

export function payCart(cart: { id: number }): void {
  if (cart.id > 16) refuseCart(cart);
}

function refuseCart(cart: { id: number }): void {
  console.log('refusing', cart.id);
  refuse(cart.id);
}
`;
const REFUSE = `/** Never pays. */
export function refuse(id: number): never {
  throw new TypeError(\`cannot pay cart \${id}\`);
}
`;

/** Builds the shop, minified and with its map, into `dist`. */
async function buildShop(folder: string, entry: string): Promise<void> {
  mkdirSync(join(folder, 'src'));
  for (const [name, text] of Object.entries({ 'shop.ts': SHOP, 'refuse.ts': REFUSE, 'main.ts': entry })) writeFileSync(join(folder, 'src', name), text);
  const build = await rolldown({ input: join(folder, 'src/main.ts'), platform: 'node' });
  await build.write({ file: join(folder, 'dist/app.js'), format: 'cjs', sourcemap: true, minify: true });
  await build.close();
}

/** The newest event of the only issue, once there is one. */
async function lookAt(server: RunningServer): Promise<EventAnswer> {
  const { issues } = await eventually(
    () => server.json<IssuesAnswer>('/api/v1/issues'),
    (answer) => answer.issues.length === 1,
  );
  return server.json<EventAnswer>(`/api/v1/issues/${issues[0].id}/events/latest`);
}

const framesOf = ({ event }: EventAnswer) => event.exception?.at(-1)?.stacktrace?.frames.filter(({ filename }) => filename?.includes('src/')) ?? [];

for (const generation of [2, 3] as const) {
  test(`an error of minified code is shown where it was thrown, by debug ids that sentry-cli ${generation} injected`, async (t) => {
    await using server = await startSentryServer();
    const { cli, folder } = await cliOf(t, generation, server);
    await buildShop(
      folder,
      `import { payCart } from './shop.ts';
      globalThis.Sentry.init({ dsn: process.argv.at(-1), integrations: (all) => all.filter(({ name }) => name !== 'ContextLines') });
      try { payCart({ id: 17 }); } catch (error) { globalThis.Sentry.captureException(error); }
      globalThis.Sentry.close(5000);`,
    );
    await cli('sourcemaps', 'inject', 'dist');
    await runClient(process.execPath, ['-e', `globalThis.Sentry = require('sentry-node-11'); require('${folder}/dist/app.js')`], dsnOf(server));
    const before = await lookAt(server);
    assert.deepEqual(framesOf(before), []);
    const [missing] = before.maps?.filter(({ frame }) => frame.includes('dist/app.js')) ?? [];
    assert.equal(missing.ok, false);
    assert.match(missing.why[0].text, /^debug id [0-9a-f]{4}…[0-9a-f]{2}: no map with it was uploaded/);

    await cli('sourcemaps', 'upload', 'dist');
    const after = await lookAt(server);
    const frames = framesOf(after);
    assert.deepEqual(frames.map(({ filename, lineno, context_line: line }) => [filename?.replace(/^.*src\//, ''), lineno, line?.trim()]).slice(-3), [
      ['shop.ts', 4, 'if (cart.id > 16) refuseCart(cart);'],
      ['shop.ts', 9, 'refuse(cart.id);'],
      ['refuse.ts', 3, 'throw new TypeError(`cannot pay cart ${id}`);'],
    ]);
    const thrown = frames.at(-1);
    assert.equal(thrown?.function, 'refuse');
    assert.equal(frames.at(-2)?.function, 'refuseCart');
    assert.equal(thrown?.data?.orig_lineno, before.event.exception?.at(-1)?.stacktrace?.frames.at(-1)?.lineno);
    assert.match(String(thrown?.data?.orig_filename), /app\.js$/);
    const mapping = after.maps?.find(({ frame }) => frame.endsWith(`:${Number(thrown?.data?.orig_lineno)}:${Number(thrown?.data?.orig_colno)}`));
    assert.equal(mapping?.ok, true, JSON.stringify(after.maps));
    assert.deepEqual(
      mapping.why.map(({ ok }) => ok),
      [true, true, true, true],
    );
    const sentry = await server.json<{ entries: { type: string; data: any }[] }>(`/api/0/projects/acme/default/events/${after.event.event_id}/`);
    const exception = sentry.entries.find(({ type }) => type === 'exception');
    assert.match(exception?.data.values.at(-1).stacktrace.frames.at(-1).filename as string, /refuse\.ts$/);
  });
}

test('without debug ids a frame is found by its release and address, and is told what it lacks', async (t) => {
  await using server = await startSentryServer();
  const { cli, folder } = await cliOf(t, 3, server);
  await buildShop(folder, `export { payCart } from './shop.ts';`);
  const before = readFileSync(join(folder, 'dist/app.js'), 'utf8').split('TypeError')[0].split('\n');
  const [lineno, colno] = [before.length, (before.at(-1)?.length ?? 0) + 1];
  const send = async (release: string | undefined): Promise<void> => {
    const frame = { abs_path: 'https://cdn.example.org/static/app.js?v=3', filename: '/static/app.js', lineno, colno, in_app: true };
    const exception = { values: [{ type: 'TypeError', value: 'no', stacktrace: { frames: [frame] } }] };
    const body = JSON.stringify({ platform: 'javascript', release, exception });
    await server.json(`/api/1/store/?sentry_key=${KEY}&sentry_version=7`, { method: 'POST', body });
  };
  const lacks = async (): Promise<string | undefined> => (await lookAt(server)).maps?.[0].why.find(({ ok }) => !ok)?.text;
  await send(undefined);
  assert.match((await lacks()) ?? '', /neither a debug id for this file nor a release/);
  await send('shop@2');
  assert.match((await lacks()) ?? '', /nothing was uploaded for shop@2/);
  await cli('sourcemaps', 'upload', '--release', 'shop@2', '--url-prefix', '~/other', 'dist');
  assert.match((await lacks()) ?? '', /~\/static\/app\.js is not among the files of shop@2; .*--url-prefix/);
  await cli('sourcemaps', 'upload', '--release', 'shop@2', '--url-prefix', '~/static', 'dist');
  const { maps, event } = await lookAt(server);
  assert.deepEqual([maps?.[0].frame, maps?.[0].ok], [`https://cdn.example.org/static/app.js?v=3:${lineno}:${colno}`, true], JSON.stringify(maps));
  assert.match(event.exception?.[0].stacktrace?.frames[0].filename ?? '', /src\/refuse\.ts$/);
});
