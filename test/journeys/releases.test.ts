import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { IssueAnswer, IssuesAnswer } from '../../src/api/contract-errors.ts';
import type { ReleaseAnswer, ReleasesAnswer } from '../../src/api/contract-releases.ts';
import { accessibilityFaults, PHONE, sidewaysScroll, startBrowser } from '../harness/browser.ts';
import { dsnOf, KEY, runClient, startSentryServer } from '../harness/sentry.ts';
import { cliOf } from '../harness/sentry-cli.ts';
import { eventually, HEED, renderValues, type RunningServer } from '../harness/server.ts';

const HOUR = 3_600_000;
const EVIL = 'shop@<img src=x onerror="document.title=1">';

const releaseOf = (server: RunningServer, version: string): Promise<ReleaseAnswer> =>
  server.json<ReleaseAnswer>(`/api/v1/releases/${encodeURIComponent(version)}?from=-1d`);

/** Sends items of an envelope, each as its own. */
async function send(server: RunningServer, ...items: [type: string, payload: unknown][]): Promise<void> {
  for (const [type, payload] of items) {
    const body = `{}\n${JSON.stringify({ type })}\n${JSON.stringify(payload)}\n`;
    await server.json(`/api/1/envelope/?sentry_key=${KEY}`, { method: 'POST', body });
  }
}

for (const version of ['7', '11']) {
  test(`sessions of @sentry/node ${version} are counted once, with how they went and whose they were`, async () => {
    await using server = await startSentryServer();
    const script = (work: string): string[] => [
      '-e',
      `const Sentry = require('sentry-node-${version}');
       Sentry.init({ dsn: process.argv[1], release: 'shop@1.2.3', environment: 'staging', tracesSampleRate: 0 });
       ${work}`,
    ];
    await runClient(process.execPath, script(''), dsnOf(server));
    await runClient(
      process.execPath,
      script(`Sentry.captureException(new Error('caught')); Sentry.captureException(new Error('caught, too'));`),
      dsnOf(server),
    );
    await assert.rejects(runClient(process.execPath, script(`setTimeout(() => { throw new Error('not caught') }, 10)`), dsnOf(server)));
    const { release, outcomes } = await eventually(
      () => releaseOf(server, 'shop@1.2.3'),
      ({ release: { sessions }, outcomes: { crashed, errored } }) => sessions === 3 && crashed === 1 && errored === 1,
      30,
    );
    assert.deepEqual(outcomes, { healthy: 1, errored: 1, unhandled: 0, abnormal: 0, crashed: 1 });
    assert.equal(release.crashFreeSessions?.toFixed(2), '66.67');
    const rates = await eventually(
      () => renderValues(server, 'releases.default.crash_free.sessions'),
      (values) => values.some((value) => Math.abs(value - 66.67) < 0.01),
      30,
    );
    assert.ok(rates.every((value) => value >= 0 && value <= 100));
    const { releases, environments } = await server.json<ReleasesAnswer>('/api/v1/releases?environment=staging');
    assert.deepEqual([releases.map((one) => one.version), environments], [['shop@1.2.3'], ['staging']]);
  });
}

test('requests that @sentry/node 11 counted itself are sessions', async () => {
  await using server = await startSentryServer();
  const script = `
    const Sentry = require('sentry-node-11');
    Sentry.init({ dsn: process.argv[1], release: 'shop@2', tracesSampleRate: 0 });
    const http = require('node:http');
    const shop = http.createServer((request, response) => {
      if (request.url === '/pay') Sentry.captureException(new Error('no money'));
      response.end('ok');
    });
    shop.listen(0, '127.0.0.1', async () => {
      for (const path of ['/', '/', '/pay', '/']) await (await fetch('http://127.0.0.1:' + shop.address().port + path)).text();
      await Sentry.flush(10000);
      process.exit(0);
    });`;
  await runClient(process.execPath, ['-e', script], dsnOf(server));
  const { outcomes } = await eventually(
    () => releaseOf(server, 'shop@2'),
    ({ release: { sessions } }) => sessions >= 4,
    30,
  );
  assert.deepEqual([outcomes.healthy, outcomes.errored + outcomes.crashed], [3, 1]);
});

/** Two releases with hours of sessions, the later of which crashes far more often, and an error of each. */
async function fill(server: RunningServer): Promise<void> {
  const sessions = (release: string, hoursAgo: number, exited: number, crashed: number): [string, unknown] => [
    'sessions',
    {
      attrs: { release, environment: 'production' },
      aggregates: [{ started: new Date(Date.now() - hoursAgo * HOUR).toISOString(), did: 'ann', exited, errored: 0, crashed }],
    },
  ];
  const event = (type: string, release: string): [string, unknown] => [
    'event',
    { event_id: randomUUID().replaceAll('-', ''), platform: 'node', release, environment: 'production', exception: { values: [{ type, value: EVIL }] } },
  ];
  await send(server, sessions('shop@1.4.0', 9, 995, 5), sessions('shop@1.4.1', 3, 470, 30), sessions(EVIL, 1, 10, 0));
  await send(server, event('TypeError', 'shop@1.4.0'), event('RangeError', 'shop@1.4.1'));
}

test('the page Releases says how each fares; its own page what broke, was mended, and where it runs', async (t) => {
  await using server = await startSentryServer();
  await fill(server);
  const { issues } = await server.json<IssuesAnswer>('/api/v1/issues?query=TypeError');
  const { cli, commit } = await cliOf(t, 3, server);
  await cli('releases', 'new', 'shop@1.4.1');
  await commit(`Pay once\n\nFixes ${issues[0].shortId}`);
  await cli('releases', 'set-commits', 'shop@1.4.1', '--local');
  await cli('releases', 'finalize', 'shop@1.4.1');
  await cli('deploys', 'new', '--release', 'shop@1.4.1', '--env', 'production', '--name', 'green');
  const { issue } = await server.json<IssueAnswer>(`/api/v1/issues/${issues[0].shortId}`);
  assert.deepEqual([issue.state, issue.until], ['resolved', 'in release shop@1.4.1']);

  await using browser = await startBrowser();
  const page = await browser.open(`${server.url}/`);
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  const rows = page.locator('.table.releases tbody tr');
  await rows.nth(2).waitFor();
  const told = await rows.allInnerTexts();
  assert.match(
    told.find((text) => text.startsWith('shop@1.4.1')) ?? '',
    /Worse than shop@1\.4\.0: crash-free sessions 94\.0 % against 99\.5 %[\s\S]*94\.0 %[\s\S]*production/,
  );
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByRole('button', { name: 'Crash-free' }).click();
  await eventually(
    async () => (await rows.allInnerTexts())[0],
    (text) => text.startsWith('shop@1.4.1'),
  );
  assert.match(page.url(), /sort=crash_free/);

  await page.getByRole('link', { name: 'shop@1.4.1', exact: true }).click();
  await page.locator('.release-page .plot-canvas').waitFor();
  const text = await page.locator('.release-page').innerText();
  for (const part of ['Worse than shop@1.4.0', '94.0 %', 'of 500 sessions', 'RangeError', 'Pay once', 'green', 'Crashed']) assert.ok(text.includes(part), part);
  await page.getByRole('group', { name: 'Which issues' }).getByRole('button', { name: 'Resolved' }).click();
  await page.getByRole('link', { name: 'TypeError' }).waitFor();
  assert.match(page.url(), /issues=resolved/);
  for (const view of ['Sessions', 'Adoption']) {
    await page.getByRole('group', { name: 'What' }).getByRole('button', { name: view }).click();
    await page.locator('.release-page .plot-canvas').waitFor();
  }
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.keyboard.press('Escape');
  await rows.nth(2).waitFor();

  const phone = await browser.open(`${server.url}/releases/${encodeURIComponent(EVIL)}`, { ...PHONE, colorScheme: 'dark' });
  await phone.locator('.release-page h1').waitFor();
  assert.equal(await phone.locator('.release-page h1').innerText(), EVIL);
  assert.deepEqual(await sidewaysScroll(phone), []);
  await phone.goto(`${server.url}/errors/${issues[0].shortId}`);
  await phone.getByRole('link', { name: '1.4.0' }).first().click();
  await phone.locator('.release-page h1', { hasText: 'shop@1.4.0' }).waitFor();
  assert.deepEqual(browser.faults, []);
});

test('heed releases lists them, and ends with 1 for one that is worse than the one before', async () => {
  await using server = await startSentryServer();
  await fill(server);
  const heed = (...args: string[]): Promise<{ code: number; stdout: string }> =>
    promisify(execFile)(HEED, ['releases', ...args], { env: { ...process.env, HEED_URL: server.url, NO_COLOR: '1' } }).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
    );
  const rates = await eventually(
    () => renderValues(server, 'releases.default.by_release.*.crash_free.sessions', '-12h'),
    (values) => values.length >= 3,
    30,
  );
  assert.deepEqual(
    rates.map((rate) => Math.round(rate * 10) / 10).toSorted((a, b) => a - b),
    [94, 99.5, 100],
    'hours that were over when they were told of have their point',
  );
  const list = await heed();
  assert.equal(list.code, 0);
  assert.match(list.stdout, /✗ {2}shop@1\.4\.1 +94\.0 % +500 sessions .*Worse than shop@1\.4\.0.*\/releases\/shop%401\.4\.1/);
  const worse = await heed('shop@1.4.1');
  assert.equal(worse.code, 1);
  assert.match(worse.stdout, /crash-free +94\.0 % of sessions[\s\S]*RangeError/);
  const { code, stdout } = await heed('shop@1.4.0', '--json');
  assert.deepEqual([code, (JSON.parse(stdout) as ReleaseAnswer).release.sessions], [0, 1000]);
  assert.equal((await heed('shop@9')).code, 4);
});
