import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually, renderValues, startServer, temporaryFolder } from '../harness/server.ts';

test('files of a watched folder are collected, each in a process of its own; they may come, change, fail, hang and go', async (t) => {
  const parent = temporaryFolder();
  t.after(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, 'collectors');
  await using server = await startServer({ args: ['--collectors', folder] });
  // The folder may come later.
  mkdirSync(folder);
  const shop = join(folder, 'shop.ts');
  writeFileSync(shop, 'export const every: number = 1000;\nexport default async () => ({ orders: { open: 3, late: "2" }, names: ["a"], up: true });\n');
  writeFileSync(join(folder, 'broken.mjs'), "export const every = 1000;\nexport default () => {\n  throw new Error('no such host');\n};\n");
  writeFileSync(join(folder, 'hang.js'), 'export const every = 1000;\nexport default () => { for (;;); };\n');
  writeFileSync(join(folder, 'notes.txt'), 'not a collector');
  const values = (name: string): Promise<number[]> => renderValues(server, name, '-1h');
  const has = (name: string, value: number): Promise<number[]> =>
    eventually(
      () => values(name),
      (found) => found.includes(value),
      30,
    );
  await has('shop.orders.open', 3);
  await has('shop.orders.late', 2);
  await has('shop.up', 1);
  await has('collectors.shop.ok', 1);
  await has('collectors.broken.ok', 0);
  assert.match(server.output().stderr, /cannot read broken: no such host \(line 3\)/);
  await has('collectors.hang.ok', 0);
  assert.match(server.output().stderr, /cannot read hang: it took longer than 10 s/);
  writeFileSync(shop, 'export const every = 1000;\nexport default () => ({ orders: { open: 5 } });\n');
  await has('shop.orders.open', 5);
  rmSync(shop);
  await eventually(
    async () => {
      const before = (await values('collectors.shop.ok')).length;
      await has('heed.process.rss_bytes', (await values('heed.process.rss_bytes')).at(-1) ?? 0);
      return [before, (await values('collectors.shop.ok')).length];
    },
    ([before, after]) => before === after,
  );
  assert.equal(await server.stop(), 0);
});
