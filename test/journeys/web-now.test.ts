import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { accessibilityFaults, PHONE, sidewaysScroll, startBrowser } from '../harness/browser.ts';
import { startServer, temporaryFolder } from '../harness/server.ts';
import { sendGraphite, sendStatsd } from '../harness/traffic.ts';

test('a stranger pastes the line that the empty page shows, and the page starts to move by itself', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const page = await browser.open(server.url);
  await page.getByRole('heading', { name: 'Heed is listening. Send it one number and this page starts to move.' }).waitFor();
  await page.getByText(`Waiting for the next line on`).waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);

  await page.getByRole('tab', { name: 'Node' }).click();
  const code = await page.getByRole('group', { name: 'A count' }).locator('pre').innerText();
  const node = spawn(process.execPath, ['--input-type=module', '-e', code]);
  assert.deepEqual(await once(node, 'exit'), [0, null]);

  await page.getByRole('heading', { name: 'What arrives' }).waitFor();
  const line = page.locator('.echo li').filter({ hasText: 'hello.visits:1|c' });
  await line.getByText('taken').waitFor();
  await line.getByRole('link', { name: 'see the graph' }).click();
  await page.waitForURL(/\/metrics\?target=[^&]*hello\.visits/);
  await page.locator('.legend-table').getByText('hello.visits').waitFor();
  assert.deepEqual(browser.faults, []);
});

test('every line on the empty page names an address that listens', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const page = await browser.open(server.url);
  const seen: string[] = [];
  for (const tab of ['Node', 'Python', 'Shell']) {
    await page.getByRole('tab', { name: tab }).click();
    seen.push(...(await page.locator('.steps pre').allInnerTexts()));
  }
  const statsd = String(server.port('statsd'));
  const carbon = String(server.port('carbon'));
  assert.ok(seen.length >= 8);
  for (const code of seen) assert.ok(code.includes(statsd) || code.includes(carbon), `no address that listens in: ${code}`);
});

test('a wrong line is shown with its fault marked and what to write instead', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const page = await browser.open(server.url);
  await page.getByText('No line has come yet.').waitFor();
  await sendGraphite(server, [`hello.load 0,42 ${Math.floor(Date.now() / 1000)}`]);
  const row = page.locator('.echo li').filter({ hasText: 'hello.load' });
  await row.getByText('dropped').waitFor();
  assert.match(await row.locator('mark').innerText(), /0,42/);
  await sendStatsd(server, 'hello.visits:1|c');
  await page.getByRole('heading', { name: 'Dropped, and why' }).waitFor();
  await page.getByRole('cell', { name: 'not a number' }).first().waitFor();
  await page.getByRole('button', { name: /Dropped \d/ }).click();
  assert.equal(await page.locator('.echo li').filter({ hasText: 'hello.visits' }).count(), 0);
});

test('what came from outside is text, never markup', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const page = await browser.open(server.url);
  await sendGraphite(server, ['<img/src=x/onerror=alert(1)> <b>1</b> 2']);
  await page.locator('.echo li').filter({ hasText: '<img/src=x' }).waitFor();
  assert.equal(await page.locator('.echo img, .echo b').count(), 0);
  assert.deepEqual(browser.faults, []);
});

test('Now pauses, goes on, keeps its range in the address, and says when Heed is gone and when it is back', async (t) => {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await using server = await startServer({ folder });
  await using browser = await startBrowser();
  await sendStatsd(server, 'hello.visits:1|c');
  const page = await browser.open(server.url);
  await page.getByRole('heading', { name: 'What arrives' }).waitFor();
  await page.keyboard.press('4');
  await page.waitForURL(/from=-3h/);
  await page.keyboard.press(' ');
  await page.waitForURL(/from=\d+&until=\d+/);
  await page.getByRole('button', { name: 'Paused' }).click();
  await page.waitForURL(/from=-3h$/);
  await server.stop();
  const gone = page.getByRole('heading', { name: /Heed does not answer since/ });
  await gone.waitFor();
  await using again = await startServer({ folder, args: ['--http', new URL(server.url).host] });
  assert.equal(again.url, server.url);
  await gone.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Live', exact: true }).waitFor();
  assert.deepEqual(browser.faults, []);
});

test('both pages have no fault by the WCAG 2.2 AA rules and never scroll sideways, on a screen and a phone, in light and dark', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendStatsd(server, 'hello.visits:1|c\nhello.wait:320|ms\nhello.bad:1|x');
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const size of [{}, PHONE, { viewport: { width: 320, height: 640 } }]) {
      const page = await browser.open(server.url, { colorScheme, ...size });
      await page.getByRole('heading', { name: 'What arrives' }).waitFor();
      assert.deepEqual(await accessibilityFaults(page), []);
      assert.deepEqual(await sidewaysScroll(page), []);
      await page.goto(`${server.url}/metrics?target=stats.hello.visits&target=stats.timers.hello.wait.*&from=-5min`);
      await page.locator('.legend-table tbody tr').first().waitFor();
      assert.deepEqual(await accessibilityFaults(page), []);
      assert.deepEqual(await sidewaysScroll(page), []);
      await page.context().close();
    }
  }
  assert.deepEqual(browser.faults, []);
});
