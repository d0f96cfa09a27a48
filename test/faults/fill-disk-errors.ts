import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allocateCounters, readCounters } from '../../src/core/counters.ts';
import { makeEvent } from '../../src/store/errors/contract/world.ts';
import { openErrors } from '../../src/store/errors/sqlite/open-errors.ts';

/** Runs on a file system of some megabytes: fills it, frees it, and checks that nothing taken is lost. Exits 0 when all holds. */
const [disk] = process.argv.slice(2);
const ballast = join(disk, 'ballast');
const counters = allocateCounters();
let store = openErrors(disk, counters);
const taken: string[] = [];

/** @returns the code that it was refused with, or nothing. */
async function add(): Promise<string> {
  const events = Array.from({ length: 20 }, () => makeEvent('Error: x', { extra: { noise: randomBytes(2000).toString('base64') } }));
  try {
    await store.add(events);
    taken.push(...events.map(({ event }) => event.event_id));
    return '';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

async function check(): Promise<void> {
  for (const id of taken) assert.equal((await store.eventById(1, id))?.event.event_id, id);
}

for (let round = 0; round < 3; round++) {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - (3 << 20)), 1));
  let refused = '';
  while (refused === '') refused = await add();
  assert.equal(refused, 'disk_full');
  assert.match(store.writeProblem, /disk is full/);
  await check();
  rmSync(ballast);
  assert.equal(await add(), '');
  assert.equal(store.writeProblem, '');
}
// Of those that were refused some may have been in the log of arrived events: they are kept.
const { events } = await store.sizes();
assert.equal(readCounters(counters)['errors.stored'], events);
assert.ok(events >= taken.length, `${events} of ${taken.length}`);
assert.ok(readCounters(counters)['errors.dropped.disk_full'] + events - taken.length >= 60);
assert.deepEqual(store.damage, []);
await store[Symbol.asyncDispose]();
store = openErrors(disk, counters);
await check();
await store[Symbol.asyncDispose]();
