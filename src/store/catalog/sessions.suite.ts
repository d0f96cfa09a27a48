import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Catalog } from './catalog.ts';
import { IDLE, LONGEST, MOST_SESSIONS } from './sessions.ts';
import { USE_STEP } from './tokens.ts';

const NOW = 1_800_000_000_000;
const ANN = { person: 1, agent: 'Firefox', address: '203.0.113.9' };

/** What every catalog must do with sessions; part of its contract. */
export function sessionsContract(makeFolder: () => { open(): Promise<Catalog>; [Symbol.asyncDispose](): Promise<void> }): void {
  it('finds a session by its hash until it is closed, also after a start', async () => {
    await using folder = makeFolder();
    {
      await using catalog = await folder.open();
      await catalog.sessions.open(ANN, 'aa', NOW);
      await catalog.sessions.open({ ...ANN, agent: 'Safari' }, 'bb', NOW + 1);
      await catalog.sessions.open({ ...ANN, person: 2 }, 'cc', NOW);
    }
    await using catalog = await folder.open();
    const { sessions } = catalog;
    const { id, ...rest } = (await sessions.find('aa', NOW)) ?? assert.fail();
    assert.deepEqual(rest, { ...ANN, created: NOW, used: NOW });
    assert.equal(await sessions.find('AA', NOW), undefined);
    assert.deepEqual(
      (await sessions.of(1, NOW)).map(({ agent }) => agent),
      ['Safari', 'Firefox'],
    );
    assert.deepEqual([await sessions.close(id), await sessions.close(id), await sessions.find('aa', NOW)], [true, false, undefined]);
    await sessions.open(ANN, 'dd', NOW);
    const kept = (await sessions.find('bb', NOW)) ?? assert.fail();
    await sessions.closeAll(1, kept.id);
    assert.deepEqual(
      (await sessions.of(1, NOW)).map((one) => one.id),
      [kept.id],
    );
    await sessions.closeAll(1);
    assert.deepEqual([await sessions.of(1, NOW), (await sessions.of(2, NOW)).length], [[], 1]);
  });

  it('ends a session that is not used, and every one in the end', async () => {
    await using folder = makeFolder();
    await using catalog = await folder.open();
    const { sessions } = catalog;
    const { id } = await sessions.open(ANN, 'aa', NOW);
    const there = async (now: number): Promise<boolean> => (await sessions.find('aa', now)) !== undefined;
    assert.deepEqual([await there(NOW + IDLE - 1), await there(NOW + IDLE)], [true, false]);
    for (let now = NOW; now < NOW + LONGEST; now += IDLE - 1) await sessions.used(id, now);
    assert.deepEqual([await there(NOW + LONGEST - 1), await there(NOW + LONGEST)], [true, false]);
    assert.deepEqual(await sessions.of(1, NOW + LONGEST), []);
    await sessions.open(ANN, 'bb', NOW + LONGEST);
    assert.equal(await sessions.close(id), false, 'it is gone for good by then');
  });

  it('knows to the hour when a session was used, and keeps the latest of a person', async () => {
    await using folder = makeFolder();
    await using catalog = await folder.open();
    const { sessions } = catalog;
    const { id } = await sessions.open(ANN, 'aa', NOW);
    await sessions.used(id, NOW + USE_STEP - 1);
    assert.equal((await sessions.find('aa', NOW))?.used, NOW);
    await sessions.used(id, NOW + USE_STEP);
    assert.equal((await sessions.find('aa', NOW))?.used, NOW + USE_STEP);
    for (let i = 0; i < MOST_SESSIONS; i++) await sessions.open(ANN, `s${i}`, NOW + i);
    const open = await sessions.of(1, NOW);
    assert.deepEqual([open.length, open[0].id, await sessions.find('s0', NOW)], [MOST_SESSIONS, id, undefined]);
  });
}
