import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { HeedError } from '../../core/errors.ts';
import { bundleOf, piecesOf } from '../../store/artifacts/bundle.fixture.ts';
import { makeDeps } from '../deps.fixture.ts';
import { buildApi } from '../server.ts';
import { readDeploy, readNamedRelease, readRelease } from './read-release.ts';

const O = '/api/0/organizations/acme';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Ask = (method: Method, url: string, payload?: object | Buffer, headers?: Record<string, string>) => Promise<{ status: number; body: any }>;

async function build(t: TestContext): Promise<{ ask: Ask; facts(): Promise<string[]> }> {
  const deps = await makeDeps(t);
  const { app } = await buildApi(deps);
  t.after(() => app.close());
  return {
    async ask(method, url, payload, headers = {}) {
      const { statusCode, body } = await app.inject({ method, url, payload, headers: { host: '127.0.0.1:4400', ...headers } });
      return { status: statusCode, body: body === '' ? undefined : JSON.parse(body) };
    },
    async facts() {
      await deps.facts.sync();
      return (await deps.facts.find({ kind: 'event', limit: 100 })).map(({ title, tags, text }) => `${title} ${tags.environment ?? ''} ${text}`);
    },
  };
}

test('a release is made once, below an organisation or a project, and is marked on charts once', async (t) => {
  const { ask, facts } = await build(t);
  assert.equal((await ask('POST', `${O}/releases/`, { version: 'a/1', projects: ['default'] })).status, 201);
  assert.equal((await ask('POST', '/api/0/projects/acme/default/releases/', { version: 'a/1' })).status, 208);
  const released = '2026-11-22T08:42:49.258601654Z';
  const { body } = await ask('PUT', '/api/0/projects/acme/default/releases/a%2F1/', { dateReleased: released });
  assert.deepEqual([body.version, body.dateReleased], ['a/1', '2026-11-22T08:42:49.258Z']);
  await ask('PUT', `${O}/releases/a%2F1/`, { dateReleased: released, refs: [{ repository: 'shop', commit: 'abc' }] });
  await ask('POST', `${O}/releases/a%2F1/deploys/`, { environment: 'production' });
  assert.deepEqual(await facts(), ['release a/1  default was released.']);
  assert.deepEqual((await ask('GET', `${O}/releases/a%2F1/commits/`)).body[0].id, 'abc');
  assert.deepEqual((await ask('GET', `${O}/repos/`)).body[0].name, 'shop');
  await ask('POST', `${O}/releases/`, { version: 'b', projects: ['default'] });
  for (const environment of ['staging', 'staging']) await ask('POST', `${O}/releases/b/deploys/`, { environment });
  assert.deepEqual((await facts()).toSorted(), ['release a/1  default was released.', 'release b staging default was deployed to staging.']);
  const first = await ask('GET', `${O}/releases/?per_page=1`);
  assert.deepEqual(
    first.body.map(({ version }: { version: string }) => version),
    ['b'],
  );
});

test('what cannot be read is refused in words', async (t) => {
  const { ask } = await build(t);
  await ask('POST', `${O}/releases/`, { version: 'a', projects: ['default'] });
  for (const [method, url, body, status, reason] of [
    ['POST', '/releases/', { projects: ['default'] }, 400, /version is required/],
    ['POST', '/releases/', { version: 'b' }, 400, /name its projects/],
    ['POST', '/releases/', { version: 'b', projects: ['none'] }, 404, /does not exist/],
    ['PUT', '/releases/none/', {}, 404, /does not exist/],
    ['PUT', '/releases/a/', { dateReleased: 'soon' }, 400, /dateReleased/],
    ['PUT', '/releases/a/', { commits: [{}] }, 400, /a commit needs an id/],
    ['POST', '/releases/a/deploys/', {}, 400, /environment is required/],
    ['POST', '/releases/none/deploys/', { environment: 'x' }, 404, /does not exist/],
    ['POST', '/artifactbundle/assemble/', { projects: ['default'] }, 400, /checksum and chunks/],
    ['POST', '/artifactbundle/assemble/', { checksum: 'a', chunks: [] }, 400, /name its projects/],
  ] as const) {
    const refused = await ask(method, O + url, body);
    assert.deepEqual([refused.status, reason.test(refused.body.detail as string)], [status, true], JSON.stringify(refused.body));
  }
});

test('commits are cut to what there is room for, the newest first', async (t) => {
  const { ask } = await build(t);
  await ask('POST', `${O}/releases/`, { version: 'a', projects: ['default'] });
  const commits = Array.from({ length: 500 }, (_, i) => ({ id: `c${i}`, message: 'ü'.repeat(2000), patch_set: [{ path: 'a.js', type: 'M' }] }));
  const { status, body } = await ask('PUT', `${O}/releases/a/`, { commits });
  assert.deepEqual([status, body.lastCommit.id, body.commitCount > 10 && body.commitCount < 100], [200, 'c0', true]);
});

test('chunks must be what they are called, packed or not, and no larger than was agreed', async (t) => {
  const { ask } = await build(t);
  const { checksum, chunks, pieces } = piecesOf(bundleOf([{ type: 'source_map', url: '~/a.js.map', content: '{}' }]));
  const upload = (name: string, filename: string, content: Buffer): ReturnType<Ask> => {
    const head = `--xyz\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\n\r\n`;
    const form = Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--xyz--\r\n')]);
    return ask('POST', `${O}/chunk-upload/`, form, { 'content-type': 'multipart/form-data; boundary=xyz' });
  };
  const { body: options } = await ask('GET', `${O}/chunk-upload/`);
  assert.match(String(options.url), /^http:\/\/[^/]+\/api\/0\/organizations\/acme\/chunk-upload\/$/);
  const bomb = Buffer.alloc(options.chunkSize + 1);
  const sha1 = createHash('sha1').update(bomb).digest('hex');
  for (const [name, filename, content, status] of [
    ['file', '0'.repeat(40), pieces[0], 400],
    ['file', '../../evil', pieces[0], 400],
    ['file_gzip', chunks[0], pieces[0], 400],
    ['file_gzip', sha1, gzipSync(bomb), 400],
    ['file', sha1, bomb, 413],
    ['other', chunks[0], pieces[0], 400],
  ] as const)
    assert.equal((await upload(name, filename, content)).status, status, `${name} ${filename}`);
  const assemble = (body: object): ReturnType<Ask> => ask('POST', `${O}/artifactbundle/assemble/`, { checksum, chunks, projects: [1], version: 'a', ...body });
  assert.deepEqual((await assemble({})).body, { state: 'not_found', missingChunks: chunks, detail: null });
  assert.deepEqual(await upload('file_gzip', chunks[0], gzipSync(pieces[0])), { status: 200, body: [] });
  const wrong = await assemble({ checksum: '0'.repeat(40) });
  assert.equal(wrong.body.state, 'error');
  await upload('file', chunks[0], pieces[0]);
  assert.deepEqual((await assemble({})).body, { state: 'ok', missingChunks: [], detail: null });
  assert.equal((await ask('GET', '/api/0/projects/acme/default/releases/a/files/')).body[0].name, '~/a.js.map');
});

test('any body is read or refused', () => {
  const field = fc.oneof(fc.jsonValue(), fc.constantFrom('2026-11-22T08:42:49Z', 'a', [{ id: 'a', patch_set: [null] }], [{ commit: 'b' }]));
  const names = ['version', 'projects', 'dateReleased', 'dateStarted', 'url', 'ref', 'commits', 'refs', 'environment', 'name', '__proto__'];
  const body = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...names), field));
  const property = fc.property(body, (said) => {
    for (const read of [readNamedRelease, readRelease, (one: unknown) => readDeploy(one, 0)]) {
      try {
        read(said);
      } catch (error) {
        assert.ok(error instanceof HeedError, String(error));
      }
    }
  });
  fc.assert(property, { numRuns: 2000 });
});
