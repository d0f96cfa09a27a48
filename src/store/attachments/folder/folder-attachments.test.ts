import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { killRounds } from '../../kill-rounds.fixture.ts';
import { allocateCounters, readCounters } from '../../../core/counters.ts';
import { attached, attachmentsContract, type AttachmentsPlace, EVENT, texts } from '../contract.suite.ts';
import { FolderAttachments } from './folder-attachments.ts';

function makePlace(): AttachmentsPlace & { folder: string; counters: SharedArrayBuffer } {
  const folder = mkdtempSync(join(tmpdir(), 'heed-attachments-'));
  const counters = allocateCounters();
  return {
    folder,
    counters,
    open: (ofProject) => new FolderAttachments(folder, counters, ofProject === undefined ? undefined : { ofProject, bytes: 2 * ofProject, count: 100 }),
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

attachmentsContract('folder', makePlace);

describe('attachments in a folder', () => {
  it('makes nothing before the first, and counts what it keeps and drops', async () => {
    await using place = makePlace();
    await using store = place.open(5);
    assert.deepEqual([await store.ofEvent(1, EVENT), await store.prune(9), await store.remove(1, EVENT, 1)], [[], 0, false]);
    assert.deepEqual(readdirSync(place.folder), []);
    await store.add([attached('1234'), attached('5678')]);
    const counts = readCounters(place.counters);
    assert.deepEqual([counts['attachments.stored'], counts['attachments.bytes'], counts['attachments.dropped.no_room']], [2, 8, 1]);
  });

  it('keeps every attachment that was answered through kill -9, and no half files', async () => {
    await using place = makePlace();
    const answered = await killRounds(new URL('./kill.fixture.ts', import.meta.url), place.folder);
    writeFileSync(join(place.folder, 'files', `${'0'.repeat(64)}.1234.new`), 'half');
    await using store = place.open();
    for (const number of answered) assert.deepEqual(await texts(store, 1, number.toString(16).padStart(32, '0')), [`content ${number}`]);
    await store.add([attached('after')]);
    assert.deepEqual(
      readdirSync(join(place.folder, 'files')).filter((name) => name.length !== 64),
      [],
    );
  });

  it('begins anew when its names are damaged, and says so', async () => {
    await using place = makePlace();
    writeFileSync(join(place.folder, 'attachments.db'), 'this is no database. '.repeat(500));
    await using store = place.open();
    await store.add([attached('after')]);
    assert.deepEqual(await texts(store), ['after']);
    assert.match(store.damage[0].what, /put aside/);
  });
});
