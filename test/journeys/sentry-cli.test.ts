import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { FactsAnswer } from '../../src/api/contract.ts';
import type { IssuesAnswer } from '../../src/api/contract-errors.ts';
import { startSentryServer } from '../harness/sentry.ts';
import { cliOf } from '../harness/sentry-cli.ts';
import { eventually } from '../harness/server.ts';

for (const generation of [2, 3] as const) {
  test(`sentry-cli ${generation} archives and restores releases, sends files, and resolves all`, async (t) => {
    await using server = await startSentryServer();
    const { cli, folder } = await cliOf(t, generation, server);
    await cli('releases', 'new', 'shop@1');
    await cli('releases', 'new', 'shop@2');
    await cli('releases', 'archive', 'shop@1');
    assert.doesNotMatch(await cli('releases', 'list'), /shop@1/);
    assert.match(await cli('releases', 'info', 'shop@1'), /shop@1/);
    await cli('releases', 'restore', 'shop@1');
    assert.match(await cli('releases', 'list'), /shop@1/);
    assert.match(await cli('releases', 'propose-version'), /^[0-9a-f]{40}$/m);
    assert.match(await cli('releases', 'set-commits', 'shop@1', '--auto'), /Success/);
    await cli('releases', 'set-commits', 'shop@1', '--clear');

    writeFileSync(join(folder, 'app.js.map'), JSON.stringify({ version: 3, sources: ['app.ts'], sourcesContent: ['pay()'], names: [], mappings: 'AAAA' }));
    assert.match(await cli('sourcemaps', 'resolve', 'app.js.map', '--line', '1', '--column', '0'), /pay\(\)/);
    const [first, second] = ['ab'.repeat(16), 'cd'.repeat(16)];
    writeFileSync(join(folder, 'one.envelope'), `{"event_id":"${first}"}\n{"type":"event"}\n{"message":"from an envelope"}\n`);
    writeFileSync(join(folder, 'one.json'), JSON.stringify({ event_id: second, message: 'from a file' }));
    await cli('send-envelope', 'one.envelope');
    await cli('send-event', 'one.json');
    const { issues } = await eventually(
      () => server.json<IssuesAnswer>('/api/v1/issues'),
      (answer) => answer.total === 2,
    );
    assert.deepEqual(issues.map(({ title }) => title).toSorted(), ['from a file', 'from an envelope']);
    await cli('issues', 'resolve', '--all');
    assert.equal((await server.json<IssuesAnswer>('/api/v1/issues?query=is:resolved')).total, 2);
    assert.match(await cli('info', '--config-status-json'), /"successful": true/);
  });

  test(`sentry-cli ${generation} makes, tells of, deploys, lists and removes releases`, async (t) => {
    await using server = await startSentryServer();
    const { cli, commit } = await cliOf(t, generation, server);
    const told = async (version: string): Promise<Record<string, any>> => server.json(`/api/0/organizations/acme/releases/${encodeURIComponent(version)}/`);
    assert.match(await cli('info'), /Sentry Server: http/);
    const version = 'shop@1.0.0+7';
    await cli('releases', 'new', version, '--url', 'https://example.org/7');
    await commit('second');
    await cli('releases', 'set-commits', version, '--local');
    await cli('releases', 'finalize', version);
    assert.match(await cli('releases', 'list'), /shop@1\.0\.0\+7/);
    assert.match(await cli('releases', 'info', version), /shop@1\.0\.0\+7/);
    const release = await told(version);
    assert.deepEqual(
      [release.commitCount, release.lastCommit.message, release.url, release.projects[0].slug],
      [2, 'second', 'https://example.org/7', 'default'],
    );
    assert.ok(Math.abs(Date.parse(release.dateReleased as string) - Date.now()) < 60_000);

    await commit('third');
    await cli('releases', 'new', 'shop@1.1.0');
    await cli('releases', 'set-commits', 'shop@1.1.0', '--local');
    assert.deepEqual([(await told('shop@1.1.0')).commitCount, (await told('shop@1.1.0')).lastCommit.message], [1, 'third']);

    await cli('deploys', 'new', '--release', version, '--env', 'production', '--name', 'd1');
    assert.match(await cli('deploys', 'list', '--release', version), /production[\s\S]*d1/);
    await cli('releases', 'finalize', version);
    const { facts } = await server.json<FactsAnswer>('/api/v1/facts?kind=event');
    assert.deepEqual(
      facts.map(({ title, tags }) => [title, tags.project]),
      [[`release ${version}`, 'default']],
    );

    await cli('releases', 'delete', version);
    assert.doesNotMatch(await cli('releases', 'list'), /shop@1\.0\.0/);
  });

  test(`sentry-cli ${generation} sends events and check-ins, and lists what there is`, async (t) => {
    await using server = await startSentryServer();
    const { cli } = await cliOf(t, generation, server);
    await cli('send-event', '-m', 'hello from a script', '--release', 'shop@1', '--env', 'staging');
    assert.match(await cli('issues', 'list'), /hello from a script/);
    const stateOf = async (query: string): Promise<number> => (await server.json<IssuesAnswer>(`/api/v1/issues?query=${query}`)).total;
    for (const [change, state] of [
      ['resolve', 'resolved'],
      ['unresolve', 'unresolved'],
      ['mute', 'archived'],
    ]) {
      await cli('issues', change, '--id', '1');
      assert.equal(await stateOf(`is:${state}`), 1, change);
    }
    assert.match(await cli('events', 'list'), /hello from a script/);
    assert.match(await cli('projects', 'list'), /default/);
    assert.match(await cli('organizations', 'list'), /heed/);
    await cli('repos', 'list');
    await cli('monitors', 'run', 'nightly', '--', 'true');
    assert.match(await cli('monitors', 'list'), /nightly[\s\S]*active/i);
    const { facts } = await server.json<FactsAnswer>('/api/v1/facts?kind=check_in');
    assert.deepEqual(
      facts.map(({ tags }) => tags.status),
      ['ok', 'in_progress'],
    );
    await assert.rejects(cli('monitors', 'run', 'nightly', '--', 'false'));
  });

  test(`what sentry-cli ${generation} uploads is kept once, and belongs to the release`, async (t) => {
    await using server = await startSentryServer();
    const { cli, folder } = await cliOf(t, generation, server);
    mkdirSync(join(folder, 'dist'));
    const map = { version: 3, file: 'app.js', sources: ['../src/app.ts'], sourcesContent: ['export const pay = () => { throw new Error("no"); };\n'] };
    writeFileSync(join(folder, 'dist/app.js'), 'const pay=()=>{throw new Error("no")};\n//# sourceMappingURL=app.js.map\n');
    writeFileSync(join(folder, 'dist/app.js.map'), JSON.stringify({ ...map, names: [], mappings: 'AAAA' }));
    await cli('sourcemaps', 'inject', 'dist');
    await cli('releases', 'new', 'shop@1');
    assert.match(await cli('sourcemaps', 'upload', '--release', 'shop@1', '--wait', 'dist'), /Upload(ed|ing)/);
    await cli('sourcemaps', 'upload', '--release', 'shop@1', 'dist');
    const files = await server.json<{ name: string; headers: unknown }[]>('/api/0/projects/acme/default/releases/shop@1/files/');
    assert.deepEqual(
      files.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, headers }) => [name, headers]),
      [
        ['~/app.js', { Sourcemap: 'app.js.map' }],
        ['~/app.js.map', {}],
      ],
    );
  });
}
