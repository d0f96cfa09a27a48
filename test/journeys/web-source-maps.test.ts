import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IssuesAnswer } from '../../src/api/contract-errors.ts';
import { bundleOf, piecesOf } from '../../src/store/artifacts/bundle.fixture.ts';
import { accessibilityFaults, PHONE, sidewaysScroll, startBrowser } from '../harness/browser.ts';
import { KEY, startSentryServer } from '../harness/sentry.ts';
import { eventually, type RunningServer } from '../harness/server.ts';

const ID = 'e31a0d5c-7a1b-4c2d-9e3f-01234567897c';
const EVIL = '<img src=x onerror="document.title=1">';
/** `function a(){throw 1}a();` */
const MAP = {
  version: 3,
  sources: ['webpack:///./src/shop.js'],
  sourcesContent: [`function pay() {\n  throw '${EVIL}';\n}\npay();`],
  names: ['pay'],
  mappings: 'AAAA,SAASA,IACP,QAEFA',
};

async function upload(server: RunningServer): Promise<void> {
  const headers = { 'debug-id': ID };
  const bundle = bundleOf([
    { type: 'minified_source', url: '~/app.js', content: 'function a(){throw 1}a();', headers },
    { type: 'source_map', url: '~/app.js.map', content: JSON.stringify(MAP), headers },
  ]);
  const { checksum, chunks, pieces } = piecesOf(bundle);
  const form = new FormData();
  form.append('file', new Blob([Uint8Array.from(pieces[0])]), chunks[0]);
  await server.json('/api/0/organizations/any/chunk-upload/', { method: 'POST', body: form });
  const body = JSON.stringify({ checksum, chunks, projects: ['default'] });
  const { state } = await server.json<{ state: string }>('/api/0/organizations/any/artifactbundle/assemble/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  assert.equal(state, 'ok');
}

test('the page of an event tells why its frames are not mapped, and shows their source once they are', async () => {
  await using server = await startSentryServer();
  await using browser = await startBrowser();
  const frame = { abs_path: 'https://shop.test/app.js', filename: '/app.js', lineno: 1, in_app: true };
  const frames = [
    { ...frame, colno: 22, function: '?' },
    { ...frame, colno: 14, function: 'a' },
  ];
  const event = {
    platform: 'javascript',
    exception: { values: [{ type: 'Error', value: 'no', stacktrace: { frames } }] },
    debug_meta: { images: [{ type: 'sourcemap', code_file: frame.abs_path, debug_id: ID }] },
  };
  await server.json(`/api/1/store/?sentry_key=${KEY}&sentry_version=7`, { method: 'POST', body: JSON.stringify(event) });
  const { issues } = await eventually(
    () => server.json<IssuesAnswer>('/api/v1/issues'),
    (answer) => answer.issues.length === 1,
  );
  const url = `${server.url}/errors/${issues[0].shortId}`;
  const before = await browser.open(url);
  const panel = before.getByRole('region', { name: 'Source map' });
  await panel.getByText('not mapped').waitFor();
  await panel.getByText('debug id e31a…7c: no map with it was uploaded for this project').waitFor();
  assert.deepEqual(await accessibilityFaults(before), []);

  await upload(server);
  for (const options of [{}, PHONE, { colorScheme: 'dark' as const }]) {
    const after = await browser.open(url, options);
    const mapped = after.getByRole('region', { name: 'Source map' });
    await mapped.getByText('mapped', { exact: true }).waitFor();
    await mapped.getByText('position hit, column 3').waitFor();
    await mapped.getByRole('button', { name: 'Show 1 other place' }).click();
    await mapped.getByText('https://shop.test/app.js:1:22').waitFor();
    await after.getByText(`throw '${EVIL}';`).first().waitFor();
    assert.deepEqual(await accessibilityFaults(after), []);
    assert.deepEqual(await sidewaysScroll(after), []);
  }
  assert.deepEqual(browser.faults, []);
});
