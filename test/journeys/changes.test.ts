import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangesAnswer } from '../../src/api/contract.ts';
import { runHeed } from '../harness/heed.ts';
import { eventually, renderValues, startServer, type RunningServer } from '../harness/server.ts';
import { sendGraphite } from '../harness/traffic.ts';

const MINUTE = 60_000;

/** Three hours of 2,000 series that rustle and three that change an hour before the present, a value a minute. */
async function sendChanges(server: RunningServer): Promise<number> {
  const now = Math.floor(Date.now() / MINUTE) * 60;
  const at = now - 3600;
  function* lines(): Generator<string> {
    for (let time = now - 3 * 3600; time <= now; time += 60) {
      for (let i = 0; i < 2000; i++) yield `noise.n${i} ${(100 + ((i * 7919 + time * 104_729 * (i + 1)) % 997) / 50).toFixed(2)} ${time}`;
      yield `shop.errors ${time >= at ? 40 + (time % 7) : time % 3} ${time}`;
      yield `shop.search.mean ${time >= at ? 90 : 240} ${time}`;
      if (time < at) yield `shop.worker.jobs 12 ${time}`;
    }
  }
  await sendGraphite(server, lines());
  await eventually(
    () => renderValues(server, 'shop.search.mean', '-3h'),
    (values) => values.length > 175,
  );
  return at * 1000;
}

const leading = ['shop.errors', 'shop.search.mean', 'shop.worker.jobs'];

test('of 2,003 series the three that changed lead, over HTTP and in the terminal', async () => {
  await using server = await startServer();
  const at = await sendChanges(server);
  const answer = await server.json<ChangesAnswer>(`/api/v1/changes?at=${at}`);
  assert.ok(answer.looked >= 2003 && answer.looked === answer.of, `looked at ${answer.looked} of ${answer.of}`);
  assert.deepEqual(
    answer.changes
      .slice(0, 3)
      .map(({ name }) => name)
      .toSorted(),
    leading,
  );
  const quiet = await server.json<ChangesAnswer>(`/api/v1/changes?at=${at - 20 * MINUTE}&pattern=noise.*&span=${15 * MINUTE}`);
  assert.deepEqual([quiet.looked, quiet.span], [2000, 15 * MINUTE]);
  assert.ok(quiet.changes.length < 10, 'noise is no change');
  assert.match(await fetch(`${server.url}/api/v1/changes?at=${Date.now()}`).then((response) => response.text()), /too_recent/);

  const { url } = server;
  assert.equal((await runHeed(['changed'], { url })).code, 4, 'nothing was marked');
  await runHeed(['mark', 'release 1.4.2', '--tags', 'release', '--at', String(at / 1000)], { url });
  await runHeed(['mark', 'lunch', '--at', String(at / 1000 + 600)], { url });
  const said = await runHeed(['changed'], { url });
  assert.equal(said.code, 0, said.stderr);
  assert.match(said.stdout, /^release 1\.4\.2, /);
  assert.match(said.stdout, /shop\.search\.mean +.* fell +240 → 90/);
  assert.match(said.stdout, /shop\.worker\.jobs +.* went silent +12 → none/);
  assert.match(said.stdout, /Looked at 2,\d\d\d series, 30 min before and after/);
  const json = await runHeed(['changed', String(at / 1000), '--limit', '2', '--span', '20min', '--json'], { url });
  assert.equal((JSON.parse(json.stdout) as ChangesAnswer).changes.length, 2);
  assert.match((await runHeed(['changed', 'yesterday'], { url })).stderr, /cannot read the time 'yesterday'/);
});
