import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { readJob } from './job.ts';
import { normaliseEvent } from './normalise.ts';

const RUN = '0123456789abcdef0123456789abcdef';
const read = (raw: object): ReturnType<typeof readJob> => readJob(normaliseEvent(raw, { received: 1e12, newId: () => RUN }));

test('an event says of its job by a context, by tags, or by its trace', () => {
  assert.deepEqual(read({ contexts: { job: { name: 'Nightly import', run: RUN.toUpperCase(), file: 'a.csv', record: 17 } } }), {
    slug: 'nightly-import',
    run: RUN,
    file: 'a.csv',
    record: '17',
  });
  assert.deepEqual(read({ tags: { job: 'import', 'job.run': RUN, 'job.file': 'b.csv', 'job.record': '9' } }), {
    slug: 'import',
    run: RUN,
    file: 'b.csv',
    record: '9',
  });
  assert.deepEqual(read({ contexts: { monitor: { slug: 'Backup_1', id: '01234567-89ab-cdef-0123-456789abcdef' } } }), {
    slug: 'backup_1',
    run: RUN,
    file: '',
    record: '',
  });
  assert.deepEqual(read({ contexts: { trace: { trace_id: RUN } } }), { trace: RUN, file: '', record: '' });
  assert.equal(read({ message: 'x', tags: { 'job.file': 'a.csv' }, contexts: { job: { name: '…', run: 'x' } } }), undefined);
});

test('whatever an event says, its job is read or it has none', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (job, tags) => {
      const found = read({ contexts: { job }, tags });
      assert.ok(found === undefined || found.slug !== undefined || found.run !== undefined);
    }),
  );
});
