import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runHeed } from '../harness/heed.ts';
import { startServer } from '../harness/server.ts';

test('a release is marked from the terminal, once a minute, and listed', async () => {
  await using server = await startServer();
  const { url } = server;
  const first = await runHeed(['mark', 'release 1.4.2', '--tags', 'release,web', '--data', 'by hand'], { url });
  assert.equal(first.code, 0, first.stderr);
  assert.equal(first.stdout, '✓ release 1.4.2  marked\n');
  const again = await runHeed(['mark', 'release 1.4.2', '--tags', 'release,web', '--data', 'by hand', '--json'], { url });
  assert.deepEqual(JSON.parse(again.stdout), { added: false });
  await runHeed(['mark', 'an outage', '--at', '2026-01-02T03:04:05Z'], { url });
  const listed = await runHeed(['mark', '--list', '--tags', 'release'], { url });
  assert.match(listed.stdout, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}release 1\.4\.2 {2}release web {2}by hand\n$/);
  const all = await runHeed(['mark', '--list', '--from', '20260101', '--json'], { url });
  assert.deepEqual(
    (JSON.parse(all.stdout) as { what: string }[]).map(({ what }) => what),
    ['an outage', 'release 1.4.2'],
  );
  assert.equal((await runHeed(['mark', '--list', '--tags', 'nothing'], { url })).code, 4);
  const unsaid = await runHeed(['mark'], { url });
  assert.equal(unsaid.code, 2);
  assert.match(unsaid.stderr, /cannot mark: say what happened/);
  assert.match((await runHeed(['mark', 'x', '--at', 'soon'], { url })).stderr, /cannot read --at 'soon'/);
});
