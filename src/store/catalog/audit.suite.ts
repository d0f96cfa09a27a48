import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Catalog } from './catalog.ts';

/** What every catalog must do with notes of who did what; part of its contract. */
export function auditContract(makeFolder: () => { open(): Promise<Catalog>; [Symbol.asyncDispose](): Promise<void> }): void {
  it('tells who did what, newest first, a page at a time, also after a start', async () => {
    await using folder = makeFolder();
    {
      await using catalog = await folder.open();
      assert.deepEqual(await catalog.audit.list({ limit: 10 }), []);
      for (let i = 0; i < 5; i++) await catalog.audit.add({ time: 1000 + i, actor: 'Ann', deed: 'token made', object: `token ${i}`, address: '203.0.113.9' });
    }
    await using catalog = await folder.open();
    const [first, second, ...others] = await catalog.audit.list({ limit: 2 });
    assert.deepEqual(others, []);
    assert.deepEqual(first, { id: first.id, time: 1004, actor: 'Ann', deed: 'token made', object: 'token 4', address: '203.0.113.9' });
    const rest = await catalog.audit.list({ before: second.id, limit: 10 });
    assert.deepEqual(
      rest.map(({ object }) => object),
      ['token 2', 'token 1', 'token 0'],
    );
  });
}
