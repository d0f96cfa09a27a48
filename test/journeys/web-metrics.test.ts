import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { accessibilityFaults, PHONE, startBrowser } from '../harness/browser.ts';
import { eventually, renderValues, startServer, type RunningServer } from '../harness/server.ts';
import { sendGraphite } from '../harness/traffic.ts';

const HOSTS = ['api', 'mail', 'web'] as const;

/** An hour of load of three hosts every ten seconds, with ten minutes missing; ends at the present. */
async function sendAnHour(server: RunningServer): Promise<void> {
  const now = Math.floor(Date.now() / 10_000) * 10;
  const lines: string[] = [];
  for (let time = now - 3600; time <= now; time += 10) {
    if (time > now - 2400 && time < now - 1800) continue;
    for (const host of HOSTS) lines.push(`hosts.${host}.load ${host.length + Math.sin(time / 300)} ${time}`);
  }
  await sendGraphite(server, lines);
  await eventually(
    () => renderValues(server, 'hosts.web.load', '-1h'),
    (values) => values.length > 250,
  );
}

const targets = (page: Page): string[] => new URL(page.url()).searchParams.getAll('target');
const node = (page: Page, name: string) => page.getByRole('treeitem', { name, exact: false }).first();

test('names are walked by keyboard and drawn; every step is in the address and Back undoes it', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendAnHour(server);
  const page = await browser.open(`${server.url}/metrics`);
  await page.getByRole('heading', { name: 'Choose a name to draw it' }).waitFor();
  await node(page, 'hosts').click();
  await node(page, 'api').waitFor();
  for (const key of ['ArrowRight', 'ArrowRight']) await page.getByRole('tree').press(key);
  await node(page, 'load').waitFor();
  for (const key of ['ArrowRight', 'Enter']) await page.getByRole('tree').press(key);
  await page.waitForURL(/target=hosts\.api\.load/);
  await page.locator('.plot-canvas canvas').waitFor();
  await page.goBack();
  assert.deepEqual(targets(page), []);
  assert.deepEqual(browser.faults, []);
});

test('a search draws what it finds, and the table has the figures', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendAnHour(server);
  const page = await browser.open(`${server.url}/metrics`);
  await page.getByRole('tree').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('load mail');
  await node(page, 'load').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/target=hosts\.mail\.load/);
  const row = page.locator('.legend-table tbody tr');
  await row.first().waitFor();
  assert.match(await row.innerText(), /hosts\.mail\.load\s+[\d.]+\s+3(?:\.0\d)?\s+[\d.]+\s+(?:5|4\.9\d)/);
  assert.match(page.url(), /q=load\+mail/);
});

test('the cursor is shared by all charts, one drag zooms into all, and Backspace zooms back', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendAnHour(server);
  const page = await browser.open(`${server.url}/metrics?target=hosts.*.load&view=split`);
  await page.locator('.plot-canvas canvas').nth(2).waitFor();
  const plot = page.locator('.u-over').first();
  const box = await plot.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width * 0.5, box.y + 40);
  assert.equal(await page.locator('.readout').count(), 3, 'the cursor is shared');
  await page.mouse.move(box.x + box.width * 0.7, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.9, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/until=/);
  const { searchParams } = new URL(page.url());
  const width = Number(searchParams.get('until')) - Number(searchParams.get('from'));
  assert.ok(Math.abs(width - 720) <= 10, `a fifth of an hour is 720 s, not ${width}`);
  await page.keyboard.press('Backspace');
  await page.waitForURL((url) => !url.searchParams.has('until'));
});

test('a live chart takes up the next number without a reload', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendAnHour(server);
  const page = await browser.open(`${server.url}/metrics?target=hosts.web.load&from=-15min`);
  const last = page.locator('.legend-table tbody td.strong');
  await last.waitFor();
  await sendGraphite(server, [`hosts.web.load 77 ${Math.floor(Date.now() / 1000)}`]);
  await last.filter({ hasText: '77' }).waitFor();
});

test('what cannot be drawn says why beside its series, and the rest is drawn', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendAnHour(server);
  const page = await browser.open(`${server.url}/metrics?target=nosuch(hosts.web.load)&target=hosts.web.lod&target=hosts.web.load`);
  await page.getByRole('alert').filter({ hasText: 'nosuch' }).waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByRole('button', { name: 'hosts.web.load', exact: true }).first().click();
  await page.waitForURL((url) => url.searchParams.getAll('target')[1] === 'hosts.web.load');
  await page.locator('.plot-canvas canvas').waitFor();
});

test('a window without numbers says where the last one is and leads to it', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendAnHour(server);
  const now = Math.floor(Date.now() / 1000);
  const page = await browser.open(`${server.url}/metrics?target=hosts.web.load&from=${now - 9000}&until=${now - 8000}`);
  await page.getByText(/^No data/).waitFor();
  await page.getByRole('button', { name: 'Show it' }).click();
  await page.locator('.plot-canvas canvas').waitFor();
});

test('series are edited in place, as text, muted and removed', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendAnHour(server);
  const page = await browser.open(`${server.url}/metrics?target=hosts.web.load`);
  const edit = page.getByRole('button', { name: /^Edit series A/ });
  const field = page.getByRole('combobox', { name: 'Series A' });
  await edit.click();
  await field.fill('nothing');
  await page.keyboard.press('Escape');
  await edit.filter({ hasText: 'hosts.web.load' }).waitFor();
  await edit.click();
  await field.fill('hosts.mai');
  await page.getByRole('option', { name: 'hosts.mail.load' }).waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await field.inputValue(), 'hosts.mail.load');
  await page.getByRole('option').first().waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await page.waitForURL(/target=hosts\.mail\.load$/);
  await page.getByRole('button', { name: 'Edit as text' }).click();
  await page.getByRole('textbox', { name: /One expression a line/ }).fill('hosts.api.load\nhosts.web.load');
  await page.getByRole('button', { name: 'Draw' }).click();
  await page.waitForURL((url) => url.searchParams.getAll('target').length === 2);
  await page.getByRole('button', { name: 'Hide series A' }).click();
  await page.waitForURL(/mute=0/);
  await page.getByRole('button', { name: 'Remove series A' }).click();
  await page.waitForURL((url) => url.searchParams.getAll('target').join() === 'hosts.web.load' && !url.searchParams.has('mute'));
});

test('a chart is saved as a picture and its numbers as a file', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendAnHour(server);
  const page = await browser.open(`${server.url}/metrics?target=hosts.*.load`);
  await page.locator('.plot-canvas canvas').waitFor();
  await page.keyboard.press('e');
  const [picture] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /PNG/ }).click()]);
  assert.match(picture.suggestedFilename(), /^hosts.*\.png$/);
  await page.keyboard.press('e');
  const csv = await page.getByRole('menuitem', { name: 'CSV' }).getAttribute('href');
  const text = await (await fetch(server.url + csv)).text();
  assert.match(text, /^"?hosts\.api\.load"?,\d{4}-/m);
  assert.deepEqual(browser.faults, []);
});

test('on a phone names open as a sheet and a tap reads the chart', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendAnHour(server);
  const page = await browser.open(`${server.url}/metrics`, PHONE);
  await page.getByRole('button', { name: /^Find in/ }).tap();
  const sheet = page.getByRole('dialog', { name: 'Names' });
  await sheet.getByRole('searchbox').fill('web load');
  await sheet.getByRole('treeitem', { name: 'hosts.web.load' }).tap();
  assert.deepEqual(await accessibilityFaults(page), []);
  await sheet.getByRole('button', { name: 'Done' }).tap();
  await page.locator('.u-over').tap();
  await page.locator('.readout').waitFor();
});

test('a tree and a search over 100,000 names keep few rows in the page', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const now = Math.floor(Date.now() / 1000);
  await sendGraphite(
    server,
    Array.from({ length: 100_000 }, (_, index) => `rack.host${index % 5000}.core${Math.floor(index / 5000)} ${index} ${now}`),
  );
  await eventually(
    () => server.json<{ store: { series: number } }>('/api/v1/now'),
    (answer) => answer.store.series >= 100_000,
    60,
  );
  const page = await browser.open(`${server.url}/metrics`);
  await node(page, 'rack').click();
  await node(page, 'host0').waitFor();
  await page.getByRole('tree').press('End');
  await node(page, 'rack').waitFor({ state: 'detached' });
  await page.getByRole('searchbox', { name: 'Find a name' }).fill('host4999 core19');
  await page.getByRole('treeitem', { name: 'rack.host4999.core19' }).waitFor();
  assert.ok((await page.getByRole('treeitem').count()) < 200);
});

test('what was marked is a line on the chart, also while it is live', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendAnHour(server);
  const mark = async (what: string, secondsAgo: number): Promise<unknown> =>
    server.json('/events/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ what, tags: ['release'], when: Math.floor(Date.now() / 1000) - secondsAgo }),
    });
  await mark('release 1.4.2', 600);
  await mark('<b>long ago</b>', 86_400);
  const page = await browser.open(`${server.url}/metrics?target=hosts.web.load&from=-1h`);
  const chart = page.locator('.plot-canvas');
  await page.locator('.plot-canvas[aria-label*="Events: release 1.4.2, "]').waitFor();
  assert.doesNotMatch((await chart.getAttribute('aria-label')) ?? '', /long ago/, 'it is before the window');
  await mark('restart', 1);
  await sendGraphite(server, [`hosts.web.load 5 ${Math.ceil(Date.now() / 10_000) * 10}`]);
  await page.locator('.plot-canvas[aria-label*="restart"]').waitFor();
  assert.deepEqual(browser.faults, []);
});
