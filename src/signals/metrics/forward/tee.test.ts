import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseForward } from '../../../core/config/values.ts';
import { allocateCounters, CounterLane } from '../../../core/counters.ts';
import { Kind, Method } from '../../../core/series.ts';
import { RecordingWriter } from '../carbon/recording-writer.fixture.ts';
import { Forwarding } from './tee.ts';

test('a point that the writer did not take is not forwarded, for it comes again', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'heed-tee-'));
  t.after(() => rm(folder, { recursive: true }));
  const writer = new RecordingWriter();
  writer.room = 1;
  const counters = new CounterLane(allocateCounters(), 'receive');
  // Port 9 of loopback: nobody listens.
  const forwarding = new Forwarding({ forward: parseForward('line://127.0.0.1:9, pickle://[::1]:9'), forwardSpoolMegabytes: 1 }, counters, folder);
  const tee = forwarding.tee(writer);
  const id = tee.declare('a', Kind.unknown, Method.byRule);
  assert.equal(tee.add(id, 1, 1), true);
  assert.equal(tee.add(id, 1, 1), false);
  assert.deepEqual(
    forwarding.destinations().map(({ address, queued }) => [address, queued]),
    [
      ['line://127.0.0.1:9', 1],
      ['pickle://[::1]:9', 1],
    ],
  );
  await forwarding.stop();
  assert.deepEqual((await readdir(join(folder, 'forward'))).toSorted(), ['line-127.0.0.1-9', 'pickle-__1-9']);
});
