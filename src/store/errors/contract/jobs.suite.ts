import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { JobOfEvent } from '../../../core/job-clue.ts';
import type { ErrorsStore } from '../errors-store.ts';
import { type ErrorsPlace, makeEvent, md5, only } from './world.ts';

const RUN = md5('run');
const job = (file: string, record: string, run = RUN): JobOfEvent => ({ slug: 'import', run, file, record });

async function add(store: ErrorsStore, ...records: [about: string, file: string, record: string, run?: string][]): Promise<void> {
  await store.add(records.map(([about, file, record, run]) => makeEvent(about, {}, { job: job(file, record, run), title: `${about} at ${record}` })));
}

/** Which run of a job an event is of, and what failed in a run. */
export function jobsContract(makePlace: () => ErrorsPlace): void {
  it('tells what failed in a run by file, by record and by issue', async () => {
    await using place = makePlace();
    {
      await using store = place.open();
      await add(store, ['bad date', 'a.csv', '10'], ['bad date', 'a.csv', '9'], ['no customer', 'a.csv', '9'], ['bad date', 'b.csv', '1']);
      await add(store, ['bad date', 'a.csv', '9'], ['bad date', 'z.csv', '1', md5('other run')]);
      await store.add([makeEvent('bad date')]);
    }
    await using store = place.open();
    const all = await store.runErrors({ project: 1, run: RUN, limit: 100 });
    assert.deepEqual([all.events, all.listed, all.allFiles, all.allRecords], [5, 5, 2, 4]);
    assert.deepEqual(all.files, [
      { file: 'a.csv', events: 4, records: 2, issues: 2 },
      { file: 'b.csv', events: 1, records: 1, issues: 1 },
    ]);
    assert.deepEqual(
      all.issues.map(({ issue: _issue, ...counts }) => counts),
      [
        { events: 4, records: 3, files: 2 },
        { events: 1, records: 1, files: 1 },
      ],
    );
    assert.deepEqual(
      all.records.map(({ file, record, events, title }) => [file, record, events, title]),
      [
        ['a.csv', '9', 2, 'bad date at 9'],
        ['a.csv', '9', 1, 'no customer at 9'],
        ['a.csv', '10', 1, 'bad date at 10'],
        ['b.csv', '1', 1, 'bad date at 1'],
      ],
    );
    const some = await store.runErrors({ project: 1, run: RUN, file: 'a.csv', limit: 1 });
    assert.deepEqual([some.records.length, some.allRecords, some.files.length, some.issues[0].events], [1, 3, 2, 3]);
    assert.deepEqual((await store.runErrors({ project: 2, run: RUN, limit: 1 })).events, 0);
    const found = await store.eventById(1, all.records[3].eventId);
    assert.deepEqual(found?.job, job('b.csv', '1'));
  });

  it('forgets what failed with its events and issues', async () => {
    await using place = makePlace();
    await using store = place.open();
    await add(store, ['bad date', 'a.csv', '1']);
    assert.equal((await store.event((await only(store)).id, 'latest'))?.job?.file, 'a.csv');
    await store.removeIssues([(await only(store)).id]);
    const left = await store.runErrors({ project: 1, run: RUN, limit: 10 });
    assert.deepEqual([left.listed, left.files, left.records], [0, [], []]);
    await add(store, ['bad row', 'a.csv', '1']);
    await store.prune(Date.now() + 1000, 1000);
    assert.equal((await store.runErrors({ project: 1, run: RUN, limit: 10 })).events, 0);
  });
}
