import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { allocateCounters, readCounters } from '../../../core/counters.ts';
import { factsContract, makeFact, type FactsPlace } from '../contract.suite.ts';
import { SqliteFactsStore } from './sqlite-facts-store.ts';

function makePlace(): FactsPlace & { folder: string; counters: SharedArrayBuffer; open(): SqliteFactsStore } {
  const folder = mkdtempSync(join(tmpdir(), 'heed-facts-'));
  const counters = allocateCounters();
  return {
    folder,
    counters,
    open: () => new SqliteFactsStore(folder, counters),
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

factsContract('sqlite', makePlace);

describe('sqlite facts store', () => {
  it('makes neither a file nor a thread before the first fact', async () => {
    await using place = makePlace();
    await using store = place.open();
    await store.find({ limit: 1 });
    await store.sync();
    assert.deepEqual(readdirSync(place.folder), []);
  });

  it('counts what it stored and what it refused', async () => {
    await using place = makePlace();
    await using store = place.open();
    let taken = 0;
    while (store.add(makeFact())) taken++;
    store.add(makeFact({ time: Infinity }));
    await store.sync();
    const counts = readCounters(place.counters);
    assert.equal(counts['facts.stored'], taken);
    assert.equal(counts['facts.dropped.queue_full'], 1);
    assert.equal(counts['facts.dropped.bad_fact'], 1);
  });

  it('keeps every fact that was synced through kill -9', async () => {
    await using place = makePlace();
    for (let round = 1; round <= 3; round++) {
      const child = fork(new URL('./kill.fixture.ts', import.meta.url), [place.folder, String(round * 1000)], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      await once(child, 'message');
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await using store = place.open();
    const found = new Set((await store.find({ limit: 100_000 })).map(({ title }) => title));
    for (let round = 1; round <= 3; round++) for (let i = 0; i < 500; i++) assert.ok(found.has(`${round * 1000 + i}`), `fact ${i} of round ${round}`);
  });

  it('puts a file aside that is no database, says so, and goes on', async () => {
    await using place = makePlace();
    writeFileSync(join(place.folder, 'facts.db'), 'no database at all, however long it is. '.repeat(1000));
    await using store = place.open();
    store.add(makeFact({ title: 'new' }));
    assert.equal((await store.find({ limit: 1 }))[0].title, 'new');
    assert.equal(store.damage.length, 1);
    assert.ok(readdirSync(place.folder).some((name) => name.startsWith('facts.db.damaged-')));
  });

  it('still tells of a fact whose text is damaged', async () => {
    await using place = makePlace();
    {
      await using store = place.open();
      store.add(makeFact({ title: 'hurt', text: 'a long text '.repeat(50) }));
    }
    const database = new DatabaseSync(join(place.folder, 'facts.db'));
    const body = database.prepare('SELECT body FROM bodies').get()?.body as Uint8Array;
    body[body.length - 6] ^= 1;
    database.prepare('UPDATE bodies SET body = ?').run(body);
    database.close();
    await using store = place.open();
    const [fact] = await store.find({ limit: 1 });
    assert.equal(fact.title, 'hurt');
    assert.match(fact.text, /damaged/);
    assert.equal(store.damage.length, 1);
  });

  it('loses little of a file with a damaged page, wherever that is, and goes on', async () => {
    await using place = makePlace();
    const titles = Array.from({ length: 1500 }, (_, i) => `fact ${i}`);
    {
      await using store = place.open();
      for (const title of titles) store.add(makeFact({ title, text: `text of ${title} `.repeat(20), tags: { shop: title.slice(-1) } }));
    }
    const path = join(place.folder, 'facts.db');
    const whole = readFileSync(path);
    const page = 16_384;
    let costly = 0;
    for (let at = page; at < whole.length; at += page) {
      // Begin of the page: what kind it is and where its rows are.
      writeFileSync(path, Buffer.from(whole).fill(0xee, at, at + 64));
      await using store = place.open();
      store.add(makeFact({ title: 'new', tags: { shop: '3' } }));
      const found = await store.find({ limit: 10_000 });
      assert.equal(found.length, titles.length + 1, `page ${at / page}: ${titles.length + 1 - found.length} facts are lost`);
      assert.equal(found[0].title, 'new', `page ${at / page}`);
      const hurt = found.filter(({ title, text }) => title.includes('damaged') || text.includes('damaged'));
      if (hurt.length > 600) costly++;
      assert.ok(store.damage.length > 0 || hurt.length === 0, `page ${at / page}: damage is not told`);
    }
    // A table's first page leads to all others: without it no title, or no text, can be found.
    assert.equal(costly, 2);
  });

  it('refuses the file of a newer Heed and counts what could not be written', async () => {
    await using place = makePlace();
    const database = new DatabaseSync(join(place.folder, 'facts.db'));
    database.exec('PRAGMA user_version = 9');
    database.close();
    await using store = place.open();
    store.add(makeFact());
    await assert.rejects(store.sync(), /a newer Heed/);
    assert.match(store.writeProblem, /a newer Heed/);
    assert.equal(store.add(makeFact()), false);
    assert.equal(readCounters(place.counters)['facts.dropped.write_failed'], 2);
  });
});
