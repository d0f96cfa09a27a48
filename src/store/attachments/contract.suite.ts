import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { buffer } from 'node:stream/consumers';
import { type AttachmentsStore, MOST_ATTACHMENT_BYTES, MOST_OF_EVENT, type NewAttachment } from './attachments-store.ts';

/** A place for attachments that survives closing. */
export interface AttachmentsPlace extends AsyncDisposable {
  /** @param ofProject bytes that a project may have, and all of them twice as many */
  open(ofProject?: number): AttachmentsStore;
}

export const EVENT = 'e'.repeat(32);

export function attached(text: string, part: Partial<NewAttachment> = {}): NewAttachment {
  const content = Buffer.from(text);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { project: 1, event: EVENT, name: 'app.log', contentType: 'text/plain', kind: 'event.attachment', image: '', sha256, time: 1000, content, ...part };
}

export async function texts(store: AttachmentsStore, project = 1, event = EVENT): Promise<string[]> {
  const found = await store.ofEvent(project, event);
  return Promise.all(
    found.map(async (one) => {
      const stream = await store.open(one);
      return stream === undefined ? 'gone' : (await buffer(stream)).toString();
    }),
  );
}

/** What every store of attachments must do. */
export function attachmentsContract(name: string, makePlace: () => AttachmentsPlace): void {
  describe(`attachments contract: ${name}`, () => {
    it('keeps what came with an event, whatever it is called', async () => {
      await using place = makePlace();
      {
        await using store = place.open();
        assert.equal(await store.add([attached('one'), attached('two', { name: '../../etc/passwd' }), attached('other', { event: 'f'.repeat(32) })]), 3);
      }
      await using store = place.open();
      const { id, ...first } = (await store.ofEvent(1, EVENT))[0];
      const { content, ...row } = attached('one');
      assert.deepEqual(first, { ...row, size: content.length });
      assert.deepEqual(await texts(store), ['one', 'two']);
      assert.equal((await store.find(1, EVENT, id))?.name, 'app.log');
      assert.deepEqual([await store.find(2, EVENT, id), await store.find(1, 'f'.repeat(32), id)], [undefined, undefined]);
    });

    it('keeps what is sent again once, and bytes as long as anybody has them', async () => {
      await using place = makePlace();
      await using store = place.open();
      await store.add([attached('same')]);
      assert.equal(await store.add([attached('same'), attached('same', { name: 'copy.log' }), attached('same', { project: 2 })]), 3);
      const [first, copy] = await store.ofEvent(1, EVENT);
      assert.equal((await store.ofEvent(1, EVENT)).length, 2);
      assert.deepEqual([await store.remove(1, EVENT, first.id), await store.remove(1, EVENT, first.id)], [true, false]);
      assert.deepEqual([await texts(store), await texts(store, 2)], [['same'], ['same']]);
      await store.removeEvents(1, [EVENT]);
      assert.deepEqual([await texts(store), await texts(store, 2)], [[], ['same']]);
      assert.deepEqual([await store.hasAny(1), await store.hasAny(2)], [false, true]);
      await store.removeProject(2);
      assert.equal(await store.open(copy), undefined);
    });

    it('leaves what is too large, or too many for one event', async () => {
      await using place = makePlace();
      await using store = place.open();
      assert.equal(await store.add([attached('', { content: new Uint8Array(MOST_ATTACHMENT_BYTES + 1) })]), 0);
      const many = Array.from({ length: MOST_OF_EVENT.count + 5 }, (_, i) => attached(`${i}`));
      assert.equal(await store.add(many), MOST_OF_EVENT.count);
      assert.equal(await store.add([attached('0')]), 1);
    });

    it('forgets the oldest of a project that has too much, then of all', async () => {
      await using place = makePlace();
      await using store = place.open(10);
      await store.add([attached('0123', { time: 2 }), attached('4567', { time: 1 })]);
      await store.add([attached('89ab', { time: 3 })]);
      assert.deepEqual(await texts(store), ['0123', '89ab']);
      await store.add([attached('others', { project: 2, time: 4 }), attached('third', { project: 3, time: 5 }), attached('x', { project: 3, time: 5 })]);
      assert.deepEqual([await texts(store), await texts(store, 2), await texts(store, 3)], [['0123', '89ab'], ['others'], ['third', 'x']]);
      await store.add([attached('y', { project: 3, time: 6 })]);
      assert.deepEqual([await texts(store), await texts(store, 2)], [['89ab'], ['others']]);
    });

    it('forgets what is old', async () => {
      await using place = makePlace();
      await using store = place.open();
      assert.equal(await store.prune(5000), 0);
      await store.add([attached('old', { time: 1000 }), attached('new', { time: 9000 })]);
      assert.equal(await store.prune(5000), 1);
      assert.deepEqual(await texts(store), ['new']);
    });
  });
}
