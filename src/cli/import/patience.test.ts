import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeedError } from '../../core/errors.ts';
import { withPatience } from './patience.ts';

test('what passes by itself is asked for again, what does not is told at once', async () => {
  const { signal } = new AbortController();
  const answers = [new HeedError('busy', 'cannot'), new TypeError('terminated')];
  assert.equal(await withPatience(signal, async () => (answers.length > 0 ? Promise.reject(answers.pop() as Error) : 7)), 7);
  await assert.rejects(
    withPatience(signal, async () => Promise.reject(new HeedError('bad_batch', 'cannot read'))),
    { code: 'bad_batch' },
  );
});

test('an interrupt ends the waiting', async () => {
  const interrupt = new AbortController();
  const waiting = withPatience(interrupt.signal, async () => {
    interrupt.abort();
    throw new HeedError('unreachable', 'cannot reach');
  });
  await assert.rejects(waiting, { name: 'AbortError' });
});
