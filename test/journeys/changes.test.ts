import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ChangesAnswer } from '../../src/api/contract.ts';
import { accessibilityFaults, PHONE, sidewaysScroll, startBrowser } from '../harness/browser.ts';
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
  const json = await runHeed(['changed', '60min', '--limit', '2', '--span', '20min', '--json'], { url });
  assert.equal((JSON.parse(json.stdout) as ChangesAnswer).changes.length, 2);
  assert.match((await runHeed(['changed', 'yesterday'], { url })).stderr, /cannot read the time 'yesterday'/);
});

/** Waits until the chart has been drawn as wide as it becomes when no panel stands beside it: a new size takes the cursor away. */
async function hasFullWidth(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const [frame, plot] = ['.plot-canvas', '.u-over'].map((part) => document.querySelector(part)?.clientWidth ?? 0);
    return frame > 900 && frame - plot < 100;
  });
}

test('on the chart a click, a key or an event leads to what else changed, and a click draws it', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const at = await sendChanges(server);
  await runHeed(['mark', 'release 1.4.2', '--tags', 'release', '--at', String(at / 1000)], { url: server.url });
  const page = await browser.open(`${server.url}/metrics?target=shop.errors&from=-2h`);
  await page.locator('.plot-canvas[aria-label*="release 1.4.2"]').waitFor();
  const panel = page.getByRole('complementary', { name: 'What else changed' });
  const search = panel.getByRole('button', { name: /shop\.search\.mean/ });

  // The button asks about the newest event.
  await page.getByRole('button', { name: 'What changed?' }).click();
  await page.waitForURL((url) => url.searchParams.get('changed') === String(at / 1000));
  await search.waitFor();
  assert.match(await search.innerText(), /fell\s+240 → 90/);
  assert.match(
    await panel.innerText(),
    /release 1\.4\.2[^]*went silent[^]*Looked at 2,\d\d\d series, 30 min before and after (?:\w{3} \d+ \w{3}, )?\d\d:\d\d, in [\d,]+ ms\./,
  );
  assert.equal(await panel.getByRole('button', { name: /shop\.errors/ }).getAttribute('aria-pressed'), 'true', 'it is on the chart');
  assert.deepEqual(await accessibilityFaults(page), []);
  await search.click();
  await page.waitForURL((url) => url.searchParams.getAll('target').includes('shop.search.mean'));
  await search.click();
  await page.waitForURL((url) => !url.searchParams.getAll('target').includes('shop.search.mean'));
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.searchParams.has('changed'));

  // A click on the chart opens a menu; what it offers stands for the place of the click.
  await page.locator('.legend-table tbody tr:only-child').waitFor();
  await page.locator('.u-over').hover();
  const box = await page.locator('.u-over').boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width * 0.3, box.y + 60);
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.keyboard.press('Enter');
  await panel.getByText(/Looked at/).waitFor();
  const asked = Number(new URL(page.url()).searchParams.get('changed'));
  assert.ok(Math.abs(asked - (Date.now() / 1000 - 0.7 * 7200)) < 120, `it is 30 % of the way: ${asked}`);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });

  // The label of an event stands for its time. The chart is as wide as it becomes without the panel.
  await hasFullWidth(page);
  await page.locator('.u-over').hover();
  const wide = await page.locator('.u-over').boundingBox();
  assert.ok(wide);
  await page.mouse.click(wide.x + wide.width * 0.5 + 14, wide.y - 10);
  await page.waitForURL((url) => url.searchParams.get('changed') === String(at / 1000));
  await search.waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await hasFullWidth(page);

  // By keyboard: the cursor moves over the chart, and w asks there.
  await page.locator('.plot-canvas').focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('w');
  await page.waitForURL((url) => Math.abs(Number(url.searchParams.get('changed')) - Date.now() / 1000 + 240) < 130);
  assert.deepEqual(browser.faults, []);
});

test('on a phone what changed is a sheet, and a moment just past is asked about again', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const at = await sendChanges(server);
  const page = await browser.open(`${server.url}/metrics?target=shop.errors&from=-2h&changed=${at / 1000}`, PHONE);
  const panel = page.getByRole('complementary', { name: 'What else changed' });
  await panel.getByRole('button', { name: /shop\.worker\.jobs/ }).waitFor();
  assert.deepEqual(await sidewaysScroll(page), []);
  assert.deepEqual(await accessibilityFaults(page), []);
  await panel.getByRole('button', { name: 'Close what else changed' }).tap();
  await panel.waitFor({ state: 'detached' });
  await page.goto(`${server.url}/metrics?target=shop.errors&changed=${Math.floor(Date.now() / 1000)}`);
  await panel.getByText('Asking again by itself').waitFor();
  assert.deepEqual(browser.faults, []);
});
