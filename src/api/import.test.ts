import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeFill, type FillBatch, MAX_FILL_BYTES } from '../core/fill-batch.ts';
import type { ErrorAnswer, ImportAnswer } from './contract.ts';
import { makeDeps } from './deps.fixture.ts';
import { buildApi } from './server.ts';

const LOCAL = { host: '127.0.0.1:4400', 'content-type': 'application/octet-stream' };

const batchOf = (...names: string[]): FillBatch => ({
  series: names.map((name) => ({ name, kind: 0, method: 1, runs: [{ step: 60, count: 1 }] })),
  times: Uint32Array.from(names, () => 600),
  values: Float64Array.from(names, (_, i) => i),
});

test('a batch is filled in, and a dry one only answered for', async (t) => {
  const deps = await makeDeps(t);
  const { app } = await buildApi(deps);
  t.after(() => app.close());
  const post = async (payload: Uint8Array, query = ''): Promise<{ status: number; answer: ImportAnswer & ErrorAnswer }> => {
    const { statusCode, body } = await app.inject({ method: 'POST', url: `/api/v1/import${query}`, headers: LOCAL, payload: Buffer.from(payload) });
    return { status: statusCode, answer: JSON.parse(body) as ImportAnswer & ErrorAnswer };
  };
  const names = async (): Promise<string[]> => (await deps.reader.select({ glob: '*' }, 10)).map(({ name }) => name);
  const dry = await post(encodeFill(batchOf('dry')), '?dry=1');
  assert.deepEqual([dry.status, dry.answer.written, await names()], [200, 1, []]);
  const real = await post(encodeFill(batchOf('a', 'b')));
  assert.deepEqual([real.status, real.answer.written, await names()], [200, 2, ['a', 'b']]);
  assert.ok(real.answer.now > 0);

  const refused: [payload: Uint8Array, status: number, code: string][] = [
    [encodeFill(batchOf('a')).subarray(0, 20), 400, 'bad_batch'],
    [Buffer.from('a 1 600\n'), 400, 'bad_batch'],
    [encodeFill(batchOf('good', 'bad\nname')), 400, 'bad_name'],
    [encodeFill(batchOf('')), 400, 'bad_name'],
    [encodeFill(batchOf('t;b=1;a=2')), 400, 'bad_name'],
    [new Uint8Array(MAX_FILL_BYTES + 1), 413, 'too_large'],
  ];
  for (const [payload, status, code] of refused) {
    const { status: got, answer } = await post(payload);
    assert.deepEqual([got, answer.error.code], [status, code], answer.error.message);
  }
  const { statusCode } = await app.inject({ method: 'POST', url: '/api/v1/import', headers: { ...LOCAL, 'content-type': 'application/json' }, payload: '{}' });
  assert.equal(statusCode, 400);
  assert.deepEqual(await names(), ['a', 'b']);
});
