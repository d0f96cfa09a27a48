import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { accessibilityFaults, PHONE, sidewaysScroll, startBrowser } from '../harness/browser.ts';
import { eventually, renderValues, startServer, temporaryFolder, type RunningServer } from '../harness/server.ts';
import { sendGraphite } from '../harness/traffic.ts';

const SHOP = `title: Shop
range: 1h
variables:
  host: { glob: 'hosts.*', label: Host, default: api }
panels:
  - { title: Load of $host, target: hosts.$host.load, unit: number, at: [0, 0, 6, 6] }
  - { title: All, type: stacked, target: 'aliasByNode(hosts.*.load,1)', at: [6, 0, 6, 6] }
  - { title: Errors, type: bars, target: hosts.*.load, at: [0, 6, 4, 6] }
  - { title: Now, type: value, target: hosts.api.load, limits: { bad: 1 }, at: [4, 6, 4, 4] }
  - { title: Hosts, type: table, target: 'aliasByNode(hosts.*.load,1)', at: [8, 6, 4, 6] }
  - { title: Times, type: heatmap, target: 'times.bin_*', unit: ms, at: [0, 12, 8, 6] }
  - { title: Up, type: states, target: 'aliasByNode(up.*,1)', at: [8, 12, 4, 5] }
  - { title: Gone, target: hosts.gone.load, at: [0, 18, 4, 5] }
  - title: Notes
    type: text
    text: 'Look at <b>this</b> [runbook](https://example.org).'
    at: [4, 18, 4, 5]
`;

/** An hour of three hosts, of buckets and of states, every ten seconds up to now; the load triples in the middle, when a release is marked. */
async function sendAnHour(server: RunningServer): Promise<void> {
  const now = Math.floor(Date.now() / 10_000) * 10;
  const lines: string[] = [];
  for (let time = now - 3600; time <= now; time += 10) {
    const level = time > now - 1800 ? 3 : 1;
    for (const host of ['api', 'mail', 'web']) lines.push(`hosts.${host}.load ${level * (host.length + Math.sin(time / 300) / 10)} ${time}`);
    for (const bound of ['10', '100', '1000', 'inf']) lines.push(`times.bin_${bound} ${bound.length * level} ${time}`);
    lines.push(`up.api ${time > now - 600 ? 0 : 1} ${time}`, `up.web 1 ${time}`);
  }
  await sendGraphite(server, lines);
  await eventually(
    () => renderValues(server, 'up.web', '-1h'),
    (values) => values.length > 300,
  );
  const body = JSON.stringify({ what: 'v2', tags: 'release', when: now - 1800 });
  await server.json('/events/', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

async function startShop(): Promise<{ server: RunningServer; folder: string; [Symbol.asyncDispose](): Promise<void> }> {
  const folder = join(temporaryFolder(), 'dashboards');
  mkdirSync(folder);
  writeFileSync(join(folder, 'shop.yaml'), SHOP);
  const server = await startServer({ args: ['--dashboards', folder] });
  await sendAnHour(server);
  return { server, folder, [Symbol.asyncDispose]: async () => server[Symbol.asyncDispose]() };
}

const panel = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });

test('a file makes a dashboard: every kind of panel is drawn, and the verdict tells what a release changed', async () => {
  await using shop = await startShop();
  await using browser = await startBrowser();
  const page = await browser.open(`${shop.server.url}/dashboards`);
  await page.getByRole('link', { name: 'Shop' }).click();
  await panel(page, 'Load of api').locator('canvas').waitFor();
  await panel(page, 'Hosts').getByRole('row', { name: /mail/ }).waitFor();
  await panel(page, 'Up')
    .getByRole('img', { name: /api: bad at/ })
    .waitFor();
  await panel(page, 'Times').locator('canvas').waitFor();
  await panel(page, 'Gone').getByText('Nothing has ever arrived under this name').waitFor();
  // What stands in a text is text, and its links are links.
  assert.equal(await panel(page, 'Notes').locator('b').count(), 0);
  assert.equal(await panel(page, 'Notes').getByRole('link').getAttribute('href'), 'https://example.org');
  await page.getByText(/^Since v2 \(30 min/).waitFor();
  assert.match(await page.locator('.verdict').innerText(), /Load of api [23][.\d]* → [89]/);
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(browser.faults, []);
});

test('every panel is a picture by its menu, with what it is called and what it says', async () => {
  await using shop = await startShop();
  await using browser = await startBrowser();
  const page = await browser.open(`${shop.server.url}/dashboards/shop`);
  await panel(page, 'Load of api').locator('canvas').waitFor();
  const said = { 'Load of api': '[012]\\d:', All: 'mail', Errors: 'hosts', Now: 'hosts\\.api', Hosts: 'mail', Times: '100', Up: 'web', Notes: 'runbook' };
  for (const [title, text] of Object.entries(said)) {
    await page.getByRole('button', { name: `More for ${title}`, exact: true }).click();
    for (const format of ['PNG', 'SVG']) {
      const href = await page.getByRole('menuitem', { name: format }).getAttribute('href');
      const response = await fetch(`${shop.server.url}${href}`);
      const body = Buffer.from(await response.arrayBuffer());
      assert.match(response.headers.get('content-type') ?? '', format === 'PNG' ? /^image\/png/ : /^image\/svg/, `${title} ${body.toString().slice(0, 200)}`);
      if (format === 'PNG') assert.equal(body.toString('latin1', 1, 4), 'PNG', title);
      else for (const word of [`>${title}<`, text]) assert.match(body.toString(), new RegExp(word), title);
    }
    await page.keyboard.press('Escape');
  }
});

test('a dashboard is whole on a phone and in the dark', async () => {
  await using shop = await startShop();
  await using browser = await startBrowser();
  const page = await browser.open(`${shop.server.url}/dashboards/shop`, { ...PHONE, colorScheme: 'dark' });
  await panel(page, 'Load of api').locator('canvas').waitFor();
  await panel(page, 'Hosts').getByRole('row', { name: /mail/ }).waitFor();
  assert.deepEqual(await sidewaysScroll(page), []);
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(browser.faults, []);
});

test('a variable is chosen from what exists, and the choice is in the address', async () => {
  await using shop = await startShop();
  await using browser = await startBrowser();
  const page = await browser.open(`${shop.server.url}/dashboards/shop`);
  await page.getByRole('button', { name: 'Host api' }).click();
  await page.getByRole('option', { name: 'mail' }).click();
  await panel(page, 'Load of mail').locator('canvas').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('var-host'), 'mail');
  await page.goBack();
  await panel(page, 'Load of api').waitFor();
});

test('a dashboard is made by mouse: a panel is added, named, given its series, resized and kept', async () => {
  await using shop = await startShop();
  await using browser = await startBrowser();
  const page = await browser.open(`${shop.server.url}/dashboards`);
  await page.getByRole('button', { name: 'New' }).click();
  await page.getByLabel('Title').fill('My hosts');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('button', { name: 'Add a panel' }).click();
  await page.getByLabel('Title').fill('Load');
  await page.getByLabel('Title').press('Enter');
  await page.getByRole('button', { name: 'Add a series' }).click();
  await page.getByLabel('Series or expression').fill('hosts.*.load');
  await page.getByLabel('Series or expression').press('Enter');
  await panel(page, 'Load').locator('canvas').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  const before = await panel(page, 'Load').boundingBox();
  const corner = await page.getByRole('button', { name: 'Resize Load' }).boundingBox();
  assert.ok(before && corner);
  await page.mouse.move(corner.x + 10, corner.y + 10);
  await page.mouse.down();
  await page.mouse.move(corner.x + 10 + before.width, corner.y + 90, { steps: 5 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Edit' }).waitFor();
  await page.reload();
  await panel(page, 'Load').locator('canvas').waitFor();
  const after = await panel(page, 'Load').boundingBox();
  assert.ok(after && after.width > before.width * 1.5 && after.height > before.height + 60);
  const kept = (await (await fetch(`${shop.server.url}/api/v1/dashboards/my-hosts`)).json()) as { dashboard: { panels: unknown[] } };
  assert.deepEqual(kept.dashboard.panels.length, 1);
  assert.deepEqual(browser.faults, []);
});

test("what is changed of a file's dashboard is kept beside it, shown as its difference, and taken back", async () => {
  await using shop = await startShop();
  await using browser = await startBrowser();
  const page = await browser.open(`${shop.server.url}/dashboards/shop`);
  await panel(page, 'Now').getByRole('button', { name: 'More for Now' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByLabel('Title').fill('Load now');
  await page.getByLabel('Title').press('Enter');
  await panel(page, 'Load now').waitFor();
  await page.getByRole('button', { name: 'YAML' }).click();
  await page.locator('.diff .added', { hasText: 'Load now' }).waitFor();
  await page.locator('.diff .removed', { hasText: 'Now' }).first().waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Changed here; it differs from').waitFor();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await panel(page, 'Now').waitFor();
  assert.equal(await page.getByText('Changed here').count(), 0);
});

test('by keyboard a panel is moved, the move is undone, and changes outlive a reload', async () => {
  await using shop = await startShop();
  await using browser = await startBrowser();
  const page = await browser.open(`${shop.server.url}/dashboards/shop`);
  await panel(page, 'All').locator('canvas').waitFor();
  await page.keyboard.press('e');
  await panel(page, 'All').focus();
  const place = async (): Promise<number> => (await panel(page, 'All').boundingBox())?.x ?? NaN;
  const before = await place();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowRight');
  const moved = await place();
  assert.ok(moved > before);
  await page.reload();
  await panel(page, 'All').locator('canvas').waitFor();
  assert.equal(await place(), moved);
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Edit' }).waitFor();
  assert.equal(await place(), before);
});

test('one panel fills the page by its link, and Escape leads back', async () => {
  await using shop = await startShop();
  await using browser = await startBrowser();
  const page = await browser.open(`${shop.server.url}/dashboards/shop?panel=all`);
  await panel(page, 'All').locator('canvas').waitFor();
  assert.equal(await page.locator('.board > .panel').count(), 1);
  await page.keyboard.press('Escape');
  await panel(page, 'Hosts').waitFor();
  await panel(page, 'All').getByRole('button', { name: 'More for All' }).click();
  const svg = await page.getByRole('menuitem', { name: 'SVG' }).getAttribute('href');
  const answer = await fetch(new URL(svg as string, shop.server.url));
  assert.equal(answer.headers.get('content-type'), 'image/svg+xml');
});
