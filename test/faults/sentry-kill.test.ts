import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { KEY, startSentryServer, withErrors } from '../harness/sentry.ts';
import { temporaryFolder } from '../harness/server.ts';

const CYCLES = 5;
const CLIENTS = 20;
/** Answered in a cycle before the kill. */
const ANSWERED = 100;

test('a kill in the midst of events loses none that was answered', async (t) => {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const answered: string[] = [];
  for (let cycle = 1; cycle <= CYCLES; cycle++) {
    await using server = await startSentryServer({ folder });
    const enough = Promise.withResolvers<void>();
    let gone = false;
    const client = async (): Promise<void> => {
      while (!gone) {
        const id = randomBytes(16).toString('hex');
        const body = `{"event_id":"${id}"}\n{"type":"event"}\n${JSON.stringify({ message: `load ${cycle}`, extra: { text: 'x'.repeat(1000) } })}\n`;
        try {
          const { status } = await fetch(`${server.url}/api/1/envelope/?sentry_key=${KEY}`, { method: 'POST', body });
          assert.equal(status, 200);
          if (answered.push(id) >= cycle * ANSWERED) enough.resolve();
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error;
          gone = true;
        }
      }
    };
    const clients = Array.from({ length: CLIENTS }, client);
    await Promise.race([enough.promise, Promise.all(clients)]);
    await server.stop('SIGKILL');
    await Promise.all(clients);
  }
  assert.ok(answered.length >= CYCLES * ANSWERED);
  await withErrors(folder, async (errors) => {
    for (const id of answered) assert.ok(await errors.eventById(1, id), `${id} of ${answered.length}`);
  });
});
