import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as fc from 'fast-check';
import { decodeSegment, Spool } from './spool.ts';

const MEGABYTE = 1024 * 1024;

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'heed-spool-'));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

/** Takes everything out, oldest first. */
async function drain(spool: Spool): Promise<string[]> {
  const texts: string[] = [];
  while (!spool.isEmpty) {
    const oldest = await spool.oldest();
    if (!oldest) break;
    texts.push(...oldest.payloads.map(({ bytes, points }) => `${bytes.toString()}/${points}`));
    await spool.done(oldest.segment);
  }
  return texts;
}

test('what goes in comes out in order, across openings and segments', async (t) => {
  const path = await folder(t);
  const work = fc.array(fc.oneof(fc.record({ text: fc.string(), large: fc.boolean() }), fc.constantFrom('reopen', 'drain')), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(work, async (steps) => {
      let spool = await Spool.open(path, 64 * MEGABYTE);
      let expected: string[] = [];
      for (const [index, step] of steps.entries()) {
        if (step === 'drain') {
          assert.deepEqual(await drain(spool), expected);
          expected = [];
        } else if (step === 'reopen') {
          await spool.close();
          spool = await Spool.open(path, 64 * MEGABYTE);
        } else if (typeof step === 'object') {
          const text = step.large ? `${step.text}${'x'.repeat(3 * MEGABYTE)}` : step.text;
          assert.ok(await spool.append({ bytes: Buffer.from(text), points: index }));
          expected.push(`${Buffer.from(text).toString()}/${index}`);
        }
      }
      assert.deepEqual(await drain(spool), expected);
      assert.equal(spool.bytes, 0);
      await spool.close();
    }),
    { numRuns: 30 },
  );
  assert.deepEqual(await readdir(path), []);
});

test('a full spool keeps what it has and takes no more', async (t) => {
  const spool = await Spool.open(await folder(t), 100);
  const taken: boolean[] = [];
  for (const text of ['a', 'b', 'c'.repeat(100), 'd']) taken.push(await spool.append({ bytes: Buffer.from(text), points: 1 }));
  assert.deepEqual(taken, [true, true, false, true]);
  assert.deepEqual(await drain(spool), ['a/1', 'b/1', 'd/1']);
  assert.ok(await spool.append({ bytes: Buffer.from('e'), points: 1 }), 'sending makes room');
  await spool.close();
});

test('damage costs the record that it hits, wherever it hits', async (t) => {
  const path = await folder(t);
  const spool = await Spool.open(path, MEGABYTE);
  const texts = ['first', 'second', 'third', 'fourth'];
  for (const text of texts) await spool.append({ bytes: Buffer.from(text), points: 1 });
  await spool.close();
  const [file] = await readdir(path);
  const whole = await readFile(join(path, file));
  for (let at = 0; at < whole.length; at++) {
    const flipped = Buffer.from(whole);
    flipped[at] ^= 1 << (at % 8);
    const read = decodeSegment(flipped).payloads.map(({ bytes }) => bytes.toString());
    assert.ok(read.every((text) => texts.includes(text)));
    const cut = decodeSegment(whole.subarray(0, at));
    assert.deepEqual(
      cut.payloads.map(({ bytes }) => bytes.toString()),
      texts.slice(0, cut.payloads.length),
    );
  }
  whole[14] ^= 1;
  await writeFile(join(path, file), whole);
  assert.deepEqual(await drain(await Spool.open(path, MEGABYTE)), ['second/1', 'third/1', 'fourth/1']);
});
