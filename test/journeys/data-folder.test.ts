import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runHeed } from '../harness/heed.ts';
import { eventually, renderValues, startServer, temporaryFolder } from '../harness/server.ts';

test('a backup taken while the server works is verified, restored, and answers the same', async (t) => {
  const scratch = temporaryFolder();
  t.after(() => rmSync(scratch, { recursive: true, force: true }));
  const [backup, restored] = [join(scratch, 'backup'), join(scratch, 'restored')];
  {
    await using server = await startServer();
    await runHeed(['send', 'kept.number 42 -1'], { url: server.url });
    await runHeed(['project', 'add', 'Kept'], { url: server.url });
    await eventually(
      () => renderValues(server, 'kept.number'),
      (values) => values.includes(42),
    );
    const report = await runHeed(['backup', backup, '--json'], { url: server.url });
    assert.equal(report.code, 0, report.stderr);
    assert.ok((JSON.parse(report.stdout) as { files: number }).files > 0);
    const again = await runHeed(['backup', backup], { url: server.url });
    assert.equal(again.code, 1);
    assert.match(again.stderr, /the folder is not empty/);
    const verified = await runHeed(['verify', '--data', server.folder]);
    assert.equal(verified.code, 1);
    assert.match(verified.stderr, /^heed: cannot verify .*: process \d+ works on it; stop it, or verify a backup$/m);
  }
  const verified = await runHeed(['verify', '--data', backup]);
  assert.equal(verified.code, 0, verified.stdout + verified.stderr);
  assert.match(verified.stdout, /✓ \d+ files read, .* nothing damaged/);
  assert.equal((await runHeed(['restore', backup, '--data', restored])).code, 0);
  assert.equal((await runHeed(['restore', backup, '--data', restored])).code, 1);
  await using server = await startServer({ folder: restored });
  assert.ok((await renderValues(server, 'kept.number', '-1h')).includes(42));
  const projects = await server.json<{ slug: string }[]>('/api/v1/projects');
  assert.deepEqual(projects.map(({ slug }) => slug).toSorted(), ['default', 'kept']);
});

test('a folder is backed up without a server, and verify finds a flipped byte', async (t) => {
  const scratch = temporaryFolder();
  t.after(() => rmSync(scratch, { recursive: true, force: true }));
  const folder = join(scratch, 'data');
  {
    await using server = await startServer({ folder });
    await runHeed(['send', 'some.number 7 -1'], { url: server.url });
    await server.json('/api/v1/compact', { method: 'POST' });
    await server.stop();
  }
  const backup = join(scratch, 'copy');
  const report = await runHeed(['backup', backup, '--data', folder]);
  assert.equal(report.code, 0, report.stderr);
  const blocks = join(backup, 'points/blocks');
  const [block] = readdirSync(blocks);
  const bytes = readFileSync(join(blocks, block));
  bytes[200] ^= 0x10;
  writeFileSync(join(blocks, block), bytes);
  const verified = await runHeed(['verify', '--data', backup, '--json']);
  assert.equal(verified.code, 5, verified.stdout + verified.stderr);
  assert.match((JSON.parse(verified.stdout) as { damaged: { file: string }[] }).damaged[0].file, new RegExp(block.replaceAll('.', '\\.')));
});

test('what is no data folder is said so', async () => {
  const scratch = temporaryFolder();
  mkdirSync(join(scratch, 'empty'));
  assert.equal((await runHeed(['verify', '--data', join(scratch, 'empty')])).code, 4);
  assert.equal((await runHeed(['restore', join(scratch, 'nothing'), '--data', join(scratch, 'x')])).code, 4);
  rmSync(scratch, { recursive: true });
});
