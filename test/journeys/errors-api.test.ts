import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import type { IssueAnswer, IssuesAnswer } from '../../src/api/contract-errors.ts';
import { shopEvents } from '../../src/api/issues/new-event.fixture.ts';
import { allocateCounters } from '../../src/core/counters.ts';
import type { NewEvent } from '../../src/store/errors/errors-store.ts';
import { openErrors } from '../../src/store/errors/sqlite/open-errors.ts';
import { runHeed } from '../harness/heed.ts';
import { startServer, temporaryFolder } from '../harness/server.ts';

/** Puts events into a data folder that no server uses. */
async function keep(folder: string, events: NewEvent[]): Promise<void> {
  await using errors = openErrors(folder, allocateCounters());
  await errors.add(events);
}

test('errors are listed, looked at, resolved and archived in the terminal, and scripts of Sentry see the same', async () => {
  const folder = temporaryFolder();
  try {
    await keep(folder, shopEvents());
    await using server = await startServer({ folder });
    const { url } = server;
    const listed = await runHeed(['issues'], { url });
    assert.equal(listed.code, 0, listed.stderr);
    const lines = listed.stdout.trimEnd().split('\n');
    assert.equal(lines.length, 3);
    const shortId = /^(DEFAULT-\w+) .* 2 events +2 users +\S.* ago +new +TypeError: x is undefined +http:\S+\/errors\/\1$/.exec(lines[1])?.[1] ?? '';
    assert.notEqual(shortId, '', lines[1]);
    assert.equal((await runHeed(['issues', 'is:archived'], { url })).code, 4);
    const wrong = await runHeed(['issues', 'is:unresovled'], { url });
    assert.deepEqual([wrong.code, /did you mean 'is:unresolved'\?/.test(wrong.stderr)], [1, true]);
    const one = await runHeed(['issues', '--project', 'default', '--sort', 'freq', '--limit', '1', '--json'], { url });
    assert.equal((JSON.parse(one.stdout) as IssuesAnswer).issues[0].shortId, shortId);

    const issue = await runHeed(['issue', shortId.toLowerCase()], { url });
    assert.match(issue.stdout, /^TypeError: x is undefined\n/);
    assert.match(issue.stdout, /\n {2}at add {2}shop\.js:42:9\n +40 \| \/\/ a\n +41 \| \/\/ b\n +42 > add\(\);\n +43 \| }\n {2}at dispatch /);
    assert.match(issue.stdout, /\nbrowser +Firefox 100 %\n/);
    assert.equal((await runHeed(['issue', 'DEFAULT-ZZZ'], { url })).code, 4);

    const resolved = await runHeed(['resolve', shortId, '--next-release'], { url });
    assert.equal(resolved.stdout, `✓ ${shortId}  resolved in the next release, after shop@1.5.0  TypeError: x is undefined\n`);
    const archived = await runHeed(['archive', 'DEFAULT-1', '--events', '100', '--json'], { url });
    assert.equal((JSON.parse(archived.stdout) as { changed: number }).changed, 1);
    assert.equal((await runHeed(['resolve', shortId, '--next-release', '--release', 'x'], { url })).code, 2);
    assert.equal((await runHeed(['archive', shortId, '--for', 'ever'], { url })).code, 2);

    const states = await server.json<{ shortId: string; status: string }[]>('/api/0/organizations/acme/issues/?query=');
    assert.deepEqual(states.map(({ status }) => status).toSorted(), ['ignored', 'resolved', 'unresolved']);
    await fetch(`${url}/api/0/issues/${shortId}/`, {
      method: 'PUT',
      body: JSON.stringify({ status: 'unresolved' }),
      headers: { 'content-type': 'application/json' },
    });
    assert.equal((await server.json<IssueAnswer>(`/api/v1/issues/${shortId}`)).issue.state, 'unresolved');
    const back = await runHeed(['resolve', 'DEFAULT-1', '--undo'], { url });
    assert.match(back.stdout, /^✓ DEFAULT-1 {2}(?:ongoing|new) /);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
