import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Catalog } from './catalog.ts';
import { MOST_TOKENS, USE_STEP } from './tokens.ts';

const CI = { label: 'CI', ending: 'wxyz', scopes: ['org:ci' as const, 'event:read' as const], createdBy: 'ann' };

/** What every catalog must do with tokens; part of its contract. */
export function tokensContract(makeFolder: () => { open(): Promise<Catalog>; [Symbol.asyncDispose](): Promise<void> }): void {
  it('finds a token by its hash until it is removed, also after a start', async () => {
    await using folder = makeFolder();
    {
      await using catalog = await folder.open();
      const { id } = await catalog.tokens.add(CI, 'aa');
      await catalog.tokens.add({ ...CI, label: 'Grafana', scopes: ['metrics:read'] }, 'bb');
      await catalog.tokens.used(id, 1000);
    }
    await using catalog = await folder.open();
    const { tokens } = catalog;
    assert.deepEqual(
      (await tokens.list()).map(({ label }) => label),
      ['Grafana', 'CI'],
    );
    const { id, created, ...rest } = (await tokens.find('aa')) ?? assert.fail();
    assert.ok(Math.abs(created - Date.now()) < 600_000);
    assert.deepEqual(rest, { ...CI, used: 1000 });
    for (const other of ['a', 'aaa', 'AA', '', '%']) assert.equal(await tokens.find(other), undefined);
    assert.deepEqual([await tokens.remove(id), await tokens.remove(id)], [true, false]);
    assert.equal(await tokens.find('aa'), undefined);
    const { id: next } = await tokens.add(CI, 'cc');
    assert.ok(next > id + 1, 'a number is given once');
  });

  it('knows to the hour when a token was used', async () => {
    await using folder = makeFolder();
    await using catalog = await folder.open();
    const { tokens } = catalog;
    const { id, used } = await tokens.add(CI, 'aa');
    assert.equal(used, undefined);
    const after = async (time: number): Promise<number | undefined> => {
      await tokens.used(id, time);
      return (await tokens.find('aa'))?.used;
    };
    assert.deepEqual([await after(5000), await after(4000 + USE_STEP), await after(5000 + USE_STEP)], [5000, 5000, 5000 + USE_STEP]);
  });

  it('refuses more tokens than people can keep in mind', async () => {
    await using folder = makeFolder();
    await using catalog = await folder.open();
    for (let i = 0; i < MOST_TOKENS; i++) await catalog.tokens.add(CI, String(i));
    await assert.rejects(catalog.tokens.add(CI, 'one more'), { code: 'too_many_tokens', status: 507 });
  });
}
