import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Project } from '../../src/api/contract.ts';
import type { IssuesAnswer } from '../../src/api/contract-errors.ts';
import { accessibilityFaults, type Browsing, PHONE, sidewaysScroll, startBrowser } from '../harness/browser.ts';
import { eventually, type RunningServer, startServer } from '../harness/server.ts';

let server: RunningServer;
let browser: Browsing;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const project = (slug: string): Promise<Project> => server.json<Project>(`/api/v1/projects/${slug}`);

async function send(dsn: string, value: string): Promise<number> {
  const { username, origin, pathname } = new URL(dsn);
  const event = { platform: 'node', exception: { values: [{ type: 'ConnectionError', value }] } };
  return (await fetch(`${origin}/api${pathname}/store/?sentry_key=${username}`, { method: 'POST', body: JSON.stringify(event) })).status;
}

void test('a new project leads to what to paste, and says when its first event has come', async () => {
  const page = await browser.open(`${server.url}/settings/projects`);
  await page.getByRole('cell', { name: 'default' }).waitFor();
  await page.keyboard.press('n');
  await page.getByLabel(/^Name/).fill('Book shop');
  await page.keyboard.press('Enter');
  await page.getByText('Waiting for the first event of Book shop').waitFor();
  const { dsn } = await project('book-shop');
  await page.getByRole('tab', { name: 'Ruby' }).click();
  assert.match(await page.getByRole('tabpanel').innerText(), new RegExp(`config\\.dsn = '${dsn}'`));
  assert.equal(new URL(page.url()).search, '?sdk=ruby');
  assert.equal(await send(dsn, 'refused by 10.0.0.1'), 200);
  await page.getByRole('link', { name: 'ConnectionError: refused by 10.0.0.1' }).click();
  await page.waitForURL(/\/errors\/BOOK-SHOP-1/);
});

void test('keys are made, revoked with a way back, and limited', async () => {
  const page = await browser.open(`${server.url}/settings/projects/book-shop?tab=keys`);
  await page.getByLabel('Name of a new key').fill('phone app');
  await page.getByRole('button', { name: 'Make a key' }).click();
  const row = page.getByRole('row', { name: /phone app/ });
  await row.getByText('in use').waitFor();
  const choose = async (text: string): Promise<void> => {
    await row.getByRole('button').click();
    await page.getByRole('menuitem', { name: text, exact: true }).click();
  };
  await choose('Revoke');
  await row.getByText('revoked').waitFor();
  const dsn = (await row.locator('code').textContent()) ?? '';
  assert.equal(await send(dsn, 'x'), 403);
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.getByText('in use').waitFor();
  assert.equal(await send(dsn, 'x'), 200);
  await choose('At most 60 a minute');
  await row.getByText('60', { exact: true }).waitFor();
  assert.equal((await project('book-shop')).keys[1].mostPerMinute, 60);
});

void test('rules are tried as they are written, wrong ones are told by line, and saved ones hold', async () => {
  const page = await browser.open(`${server.url}/settings/projects/book-shop?tab=grouping`);
  const field = page.getByLabel(/^Fingerprints/);
  await field.fill('nonsense');
  await page
    .getByRole('alert')
    .getByText(/line 1/)
    .waitFor();
  await field.fill('error.value:*refused* -> no-connection title="No connection"');
  await page.getByText('otherwise than now').first().waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The rules hold from the next event on').waitFor();
  assert.equal((await project('book-shop')).settings.fingerprintRules, 'error.value:*refused* -> no-connection title="No connection"');
  assert.ok(await page.getByRole('button', { name: 'Save' }).isDisabled());
});

void test('an issue leads to a rule for all that say the same, in front of those that are there', async () => {
  const { dsn } = await project('book-shop');
  assert.equal(await send(dsn, 'timeout after 12 s'), 200);
  const [{ shortId }] = await eventually(
    async () => (await server.json<IssuesAnswer>('/api/v1/issues?query=timeout')).issues,
    ({ length }) => length === 1,
  );
  const page = await browser.open(`${server.url}/errors/${shortId}`);
  await page.getByRole('link', { name: 'Group these from now on…' }).click();
  const field = page.getByLabel(/^Fingerprints/);
  const [rule, before] = (await field.inputValue()).split('\n');
  assert.match(rule, /^error\.type:ConnectionError error\.value:"timeout after \* s" -> BOOK-SHOP-\w$/);
  assert.match(before, /no-connection/);
  await page.getByRole('cell', { name: rule }).waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The rules hold from the next event on').waitFor();
  assert.equal((await project('book-shop')).settings.fingerprintRules, `${rule}\n${before}`);
  await page.reload();
  assert.equal(await field.inputValue(), `${rule}\n${before}`, 'once is enough');
});

void test('privacy and origins are saved, and what is no origin is refused in words', async () => {
  const page = await browser.open(`${server.url}/settings/projects/book-shop?tab=privacy`);
  await page.getByLabel('IP addresses too').check();
  await page.getByLabel(/^More names to hide/).fill('iban\n\ncustomer');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Holds from the next event on').waitFor();
  await page.getByRole('link', { name: 'Origins' }).click();
  await page.getByLabel(/^Allowed origins/).fill('shop.example\nno origin');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText("'no origin' is no origin").waitFor();
  await page.getByLabel(/^Allowed origins/).fill('shop.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Only pages of these origins may send').waitFor();
  const { settings } = await project('book-shop');
  assert.deepEqual([settings.origins, settings.scrub.ips, settings.scrub.fields], [['shop.example'], true, ['iban', 'customer']]);
});

void test('the pages are accessible, fit a phone, and a project is removed only when its name is written', async () => {
  for (const tab of ['setup', 'keys', 'grouping', 'privacy', 'origins', 'general']) {
    const page = await browser.open(`${server.url}/settings/projects/book-shop?tab=${tab}`, { ...PHONE, colorScheme: tab === 'keys' ? 'dark' : 'light' });
    await page.getByRole('region').first().waitFor();
    assert.deepEqual([await accessibilityFaults(page), await sidewaysScroll(page)], [[], []], tab);
    await page.context().close();
  }
  const page = await browser.open(`${server.url}/settings/projects/book-shop?tab=general`);
  await page.getByRole('button', { name: 'Remove the project…' }).click();
  const remove = page.getByRole('button', { name: 'Remove it' });
  assert.ok(await remove.isDisabled());
  await page.getByLabel('Write book-shop to go on').fill('book-shop');
  await remove.click();
  await page.getByText(/book-shop is gone, with \d issue/).waitFor();
  assert.deepEqual(
    (await server.json<Project[]>('/api/v1/projects')).map(({ slug }) => slug),
    ['default'],
  );
  assert.deepEqual(browser.faults, []);
});
