import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { existsSync, globSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DoctorAnswer } from '../../src/api/contract.ts';
import { eventually, renderValues, startServer, temporaryFolder, type RunningServer } from '../harness/server.ts';
import { nowOf, sendAll } from './journey.fixture.ts';

const LIBRARY = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1')[0] ?? '';
const SKIP = !existsSync(LIBRARY) && 'libfaketime is not installed (apt-get install libfaketime)';
const [HOUR, DAY] = [3_600_000, 86_400_000];

/** A clock that a running server reads from a file: offsets such as `+1d`. */
class FakeClock {
  readonly #file = join(temporaryFolder(), 'time');
  readonly env: Record<string, string>;

  constructor() {
    this.set('+0');
    // The monotonic clock goes on evenly, as it does when somebody sets the wall clock.
    this.env = { LD_PRELOAD: LIBRARY, FAKETIME_TIMESTAMP_FILE: this.#file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
  }

  set(offset: string): void {
    writeFileSync(`${this.#file}.new`, `${offset}\n`);
    renameSync(`${this.#file}.new`, this.#file);
  }

  [Symbol.dispose](): void {
    rmSync(join(this.#file, '..'), { recursive: true });
  }
}

const flushesOf = async (server: RunningServer): Promise<number> => (await server.json<Record<string, number>>('/api/v1/counters'))['statsd.flushes'];

async function clockSet(server: RunningServer, direction: 'forward' | 'back'): Promise<string> {
  const { checks } = await eventually(
    () => server.json<DoctorAnswer>('/api/v1/doctor'),
    ({ checks }) => checks.some(({ subject, text }) => subject === 'Clock' && text.includes(`it was set ${direction}`)),
  );
  return checks.find(({ subject, text }) => subject === 'Clock' && text.includes('it was set'))?.text ?? '';
}

/** A counter and a line arrive and can be read at the server's present. */
async function assertAtWork(server: RunningServer, name: string): Promise<void> {
  const flushes = await flushesOf(server);
  const udp = createSocket('udp4');
  await eventually(
    async () => {
      udp.send(`${name}.hits:1|c`, server.port('statsd'), '127.0.0.1');
      await sendAll(server.port('carbon'), `${name}.line 7 -1\n`);
      return [...(await renderValues(server, `stats_counts.${name}.hits`)), ...(await renderValues(server, `${name}.line`))];
    },
    (values) => values.includes(7) && values.length > 1,
  );
  udp.close();
  await eventually(
    () => flushesOf(server),
    (count) => count >= flushes + 2,
  );
  const ready = await fetch(`${server.url}/readyz`);
  assert.equal(ready.status, 200, await ready.text());
  assert.equal((await nowOf(server)).store.writeProblem, '');
}

for (const [jump, direction, by] of [
  ['+1d', 'forward', DAY],
  ['-1h', 'back', -HOUR],
] as const)
  test(`the clock jumps by ${jump} while running: flushes and numbers go on, nothing is deleted, the doctor says so`, { skip: SKIP }, async () => {
    using clock = new FakeClock();
    await using server = await startServer({ env: clock.env });
    assert.ok(Math.abs((await nowOf(server)).now - Date.now()) < 10_000);
    const began = Math.floor(Date.now() / 1000);
    await sendAll(server.port('carbon'), `before.jump 3 ${began}\n`);
    await eventually(
      () => renderValues(server, 'before.jump'),
      (values) => values.includes(3),
    );
    await assertAtWork(server, 'early');

    clock.set(jump);
    await eventually(
      () => nowOf(server),
      ({ now }) => Math.abs(now - Date.now() - by) < 10_000,
    );
    assert.match(await clockSet(server, direction), direction === 'forward' ? /set forward by 1 day|set forward by 24 h/ : /set back by (1 h|60 min)/);
    await assertAtWork(server, 'late');
    // Senders whose clocks are right go on too.
    const right = Math.floor(Date.now() / 1000);
    await sendAll(server.port('carbon'), `sender.right 5 ${right}\n`);
    const values = (target: string): Promise<number[]> => renderValues(server, target, `${began - 7200}&until=${began + 2 * 86_400}`);
    await eventually(
      () => values('sender.right'),
      (found) => found.includes(5),
    );
    assert.ok((await values('before.jump')).includes(3), 'what came before the jump is there');
    assert.deepEqual((await nowOf(server)).drops, []);

    clock.set('+0');
    await eventually(
      () => nowOf(server),
      ({ now }) => Math.abs(now - Date.now()) < 10_000,
    );
    await clockSet(server, direction === 'forward' ? 'back' : 'forward');
    await assertAtWork(server, 'again');
    assert.ok((await values('before.jump')).includes(3), 'and after it was set back');
    assert.deepEqual((await nowOf(server)).store.damage, []);
    assert.equal(await server.stop(), 0);
  });
