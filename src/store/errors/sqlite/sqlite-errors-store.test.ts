import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { allocateCounters, readCounters } from '../../../core/counters.ts';
import { errorsContract } from '../contract.suite.ts';
import { type ErrorsPlace, makeEvent, md5 } from '../contract/world.ts';
import type { ErrorsStore, IssuesPage } from '../errors-store.ts';
import { SqliteErrorsStore } from './sqlite-errors-store.ts';

function makePlace(): ErrorsPlace & { folder: string; file: string; counters: SharedArrayBuffer; open(): SqliteErrorsStore } {
  const folder = mkdtempSync(join(tmpdir(), 'heed-errors-'));
  const counters = allocateCounters();
  return {
    folder,
    file: join(folder, 'errors', 'errors.db'),
    counters,
    open: () => new SqliteErrorsStore(folder, counters),
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

errorsContract('sqlite', makePlace);

const list = (store: ErrorsStore): Promise<IssuesPage> =>
  store.issues({ project: null, terms: [], sort: 'date', from: Date.now() - 86_400_000, until: Date.now(), slots: 24, limit: 1000 });

describe('sqlite errors store', () => {
  it('makes neither a file nor a thread before the first event', async () => {
    await using place = makePlace();
    await using store = place.open();
    await list(store);
    await store.sizes();
    assert.deepEqual(readdirSync(place.folder), []);
  });

  it('counts what it stored, refused and discarded', async () => {
    await using place = makePlace();
    await using store = place.open();
    const event = makeEvent('a');
    const [{ issue }] = await store.add([event, event, makeEvent('b')]);
    await store.change([issue], { do: 'discard' }, 'ann');
    await store.add([makeEvent('a')]);
    await assert.rejects(store.add([makeEvent('a', { event_id: '' })]));
    const counts = readCounters(place.counters);
    assert.deepEqual([counts['errors.stored'], counts['errors.discarded'], counts['errors.dropped.bad_event']], [2, 1, 1]);
  });

  it('keeps few users for very many, knows about how many there were, and the place of each event', async () => {
    await using place = makePlace();
    await using store = place.open();
    const [count, step] = [40_000, 5000];
    const first = Date.now() - count * step;
    const idOf = (n: number): string => n.toString(16).padStart(32, '0');
    for (let n = 0; n < count; n += 2000)
      await store.add(
        Array.from({ length: 2000 }, (_, i) => makeEvent('a', { event_id: idOf(n + i), user: { id: String(n + i) }, timestamp: first + (n + i) * step })),
      );
    const [{ id, users, usersInWindow }] = (await store.issues({ project: 1, terms: [], sort: 'user', from: first, until: Date.now(), slots: 10, limit: 10 }))
      .issues;
    assert.ok(users > 38_000 && users < 42_000, String(users));
    assert.equal(usersInWindow, users);
    for (const n of [0, 1, 719, 720, 12_345, 30_000, count - 1]) {
      const found = await store.event(id, idOf(n));
      assert.deepEqual([found?.place, found?.kept], [n + 1, count], `event ${n}`);
    }
    assert.equal(await store.prune(first + 5000 * step, 1e9), 5000);
    assert.deepEqual([(await store.event(id, idOf(12_345)))?.place, (await store.event(id, 'oldest'))?.place], [7346, 1]);
  });

  it('puts a file aside that is no database, says so, and goes on', async () => {
    await using place = makePlace();
    mkdirSync(join(place.folder, 'errors'));
    writeFileSync(place.file, 'no database at all, however long it is. '.repeat(1000));
    await using store = place.open();
    await store.add([makeEvent('new')]);
    assert.equal((await list(store)).issues[0].title, 'new');
    assert.equal(store.damage.length, 1);
    assert.ok(readdirSync(join(place.folder, 'errors')).some((name) => name.startsWith('errors.db.damaged-')));
  });

  it('tells of an event whose body is damaged, and lists it', async () => {
    await using place = makePlace();
    const event = makeEvent('hurt', { extra: { text: 'a long text '.repeat(50) } });
    {
      await using store = place.open();
      await store.add([event]);
    }
    const database = new DatabaseSync(place.file);
    const body = database.prepare('SELECT body FROM bodies').get()?.body as Uint8Array;
    body[body.length - 6] ^= 1;
    database.prepare('UPDATE bodies SET body = ?').run(body);
    database.close();
    await using store = place.open();
    const [{ id }] = (await list(store)).issues;
    await assert.rejects(store.event(id, 'latest'), { code: 'damaged' });
    assert.match((await store.events({ issue: id, terms: [], limit: 5 })).events[0].title, /damaged/);
    assert.equal(store.damage.length, 1);
  });

  it('reads bodies though the dictionary that they were packed by is lost', async () => {
    await using place = makePlace();
    const events = Array.from({ length: 30 }, (_, i) => makeEvent('a', { extra: { text: `text ${i} `.repeat(50) } }));
    {
      await using store = place.open();
      await store.add(events);
    }
    const database = new DatabaseSync(place.file);
    assert.equal(database.prepare('SELECT count(*) AS count FROM bodies WHERE dictionary > 0').get()?.count, 21);
    database.exec('DELETE FROM dictionaries');
    database.close();
    await using store = place.open();
    for (const { event } of events) assert.deepEqual((await store.eventById(1, event.event_id))?.event, event);
  });

  it('makes another dictionary where events have changed', async () => {
    await using place = makePlace();
    const textOf = (kind: number, i: number): string => Array.from({ length: 40 }, (_, n) => md5(`${kind} ${n}`)).join(' ') + i;
    const events = [1, 2].flatMap((kind) => Array.from({ length: 80 }, (_, i) => makeEvent('a', { extra: { text: textOf(kind, i) } })));
    {
      await using store = place.open();
      await store.add(events);
      for (const { event } of events) assert.deepEqual((await store.eventById(1, event.event_id))?.event, event);
    }
    const database = new DatabaseSync(place.file, { readOnly: true });
    assert.equal(database.prepare('SELECT count(*) AS count FROM dictionaries').get()?.count, 2);
    const last = database.prepare('SELECT length(body) AS length FROM bodies ORDER BY event DESC LIMIT 1').get()?.length as number;
    database.close();
    assert.ok(last < 300, `${last} bytes for what is like the one before`);
  });

  it('loses little of a file with a damaged page, wherever that is, and goes on', async () => {
    await using place = makePlace();
    const now = Date.now();
    const events = Array.from({ length: 450 }, (_, i) =>
      makeEvent(`Error: ${i % 40}`, {
        timestamp: now - 1000 + i,
        user: { id: String(i % 30) },
        tags: [['shop', String(i % 3)]],
        extra: { text: Array.from({ length: 60 }, (_, n) => ((i + 7) * (n + 11) * 7919).toString(36)).join(' ') },
      }),
    );
    {
      await using store = place.open();
      await store.add(events);
    }
    const whole = readFileSync(place.file);
    const page = 16_384;
    let costly = 0;
    for (let at = page; at < whole.length; at += page) {
      for (const name of readdirSync(join(place.folder, 'errors'))) rmSync(join(place.folder, 'errors', name), { recursive: true });
      // Begin of the page: what kind it is and where its rows are.
      writeFileSync(place.file, Buffer.from(whole).fill(0xee, at, at + 64));
      await using store = place.open();
      const [added] = await store.add([makeEvent('Error: 1', { timestamp: now + 5 })]);
      assert.ok(added.issue > 0, `page ${at / page}`);
      const { issues } = await list(store);
      let readable = 0;
      for (const { event } of events.filter((_, i) => i % 5 === 0)) {
        try {
          if (await store.eventById(1, event.event_id)) readable++;
        } catch (error) {
          assert.equal((error as { code: string }).code, 'damaged');
        }
      }
      if (readable < 70 || issues.length < 40) costly++;
      assert.ok(store.damage.length > 0 || (readable === 90 && issues.length === 40), `page ${at / page}: damage is not told`);
      const { events: kept } = await store.sizes();
      assert.ok(kept >= readable, `page ${at / page}`);
    }
    // Where a table's first page leads to all others, what only that table had is lost.
    assert.ok(costly <= 3, `${costly} pages cost much`);
  });

  it('refuses the file of a newer Heed, and leaves it as it is', async () => {
    await using place = makePlace();
    mkdirSync(join(place.folder, 'errors'));
    const database = new DatabaseSync(place.file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    await using store = place.open();
    await assert.rejects(store.add([makeEvent()]), /newer/);
    assert.match(store.writeProblem, /newer/);
    await assert.rejects(store.add([makeEvent()]), /newer/);
    assert.ok(existsSync(place.file));
    assert.equal(readCounters(place.counters)['errors.dropped.write_failed'], 2);
  });

  it('goes on with a removal that was cut short', async () => {
    await using place = makePlace();
    {
      await using store = place.open();
      await store.add([makeEvent('a'), makeEvent('b')]);
    }
    const database = new DatabaseSync(place.file);
    database.exec(`INSERT INTO doomed SELECT id FROM groups WHERE title = 'a'; DELETE FROM issues WHERE title = 'a'; DELETE FROM groups WHERE title = 'a'`);
    database.close();
    await using store = place.open();
    await store.prune(0, 1e9);
    const left = new DatabaseSync(place.file, { readOnly: true });
    assert.equal(left.prepare('SELECT count(*) AS count FROM events').get()?.count, 1);
    assert.equal(left.prepare('SELECT count(*) AS count FROM doomed').get()?.count, 0);
    left.close();
  });
});
