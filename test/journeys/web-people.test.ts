import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { accessibilityFaults, PHONE, sidewaysScroll, startBrowser } from '../harness/browser.ts';
import { startServer } from '../harness/server.ts';

const EVIL = '<img src=x onerror="document.title=1">';
const GOOD = 'correct horse battery';

async function sound(page: Page): Promise<void> {
  assert.deepEqual([await accessibilityFaults(page), await sidewaysScroll(page)], [[], []]);
}

test('the first owner comes, invites others, changes what they may, and each signs in and out', async () => {
  await using server = await startServer({ env: { HEED_TOKEN: 's3cret' } });
  await using browser = await startBrowser();
  const page = await browser.open(`${server.url}/settings/people`);
  await page.getByText('Nobody signs in yet').waitFor();
  await page.keyboard.press('n');
  await page.getByLabel('E-mail address').fill('ann@example.org');
  await sound(page);
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = async (): Promise<string> => (await page.getByRole('group', { name: 'The link' }).locator('pre').innerText()).trim();
  const first = await link();

  // Who made the link here is asked to sign in once somebody came by it.
  const ann = await browser.open(first);
  await ann.getByRole('heading', { name: 'Welcome to Heed' }).waitFor();
  await sound(ann);
  await ann.getByLabel('Name').fill('Ann');
  await ann.getByLabel('Password').fill('short');
  await ann.getByRole('button', { name: 'Come in' }).click();
  await ann.getByRole('alert').getByText('it needs 10 characters').waitFor();
  await ann.getByLabel('Password').fill(GOOD);
  await ann.getByRole('button', { name: 'Come in' }).click();
  await ann.getByRole('button', { name: 'Signed in as Ann' }).waitFor();

  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await sound(page);
  await page.getByLabel('E-mail address').fill('ann@example.org');
  await page.getByLabel('Password').fill('wrong password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('the address or the password is wrong').waitFor();
  await page.getByLabel('Password').fill(GOOD);
  await page.getByLabel('Password').press('Enter');
  await page.getByRole('cell', { name: 'ann@example.org' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/settings/people', 'where one wanted to go');

  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByLabel('E-mail address').fill('bob@example.org');
  await page.getByRole('radio', { name: 'nothing only' }).check();
  await page.getByRole('button', { name: 'Make the link' }).click();
  await page.getByRole('alert').getByText('cannot give no role at all').waitFor();
  await page.getByLabel('default').selectOption('viewer');
  await sound(page);
  await page.getByRole('button', { name: 'Make the link' }).click();
  await page.getByRole('cell', { name: 'be viewer in default' }).waitFor();
  const second = await link();

  const bob = await browser.open(second, { ...PHONE, colorScheme: 'dark' });
  await bob.getByLabel('Name').fill(EVIL);
  await bob.getByLabel('Password').fill(GOOD);
  await sound(bob);
  await bob.getByRole('button', { name: 'Come in' }).click();
  await bob.getByRole('button', { name: `Signed in as ${EVIL}` }).click();
  await bob.getByRole('menuitem', { name: 'Password and sessions' }).waitFor();
  for (const path of ['/errors', '/releases', '/jobs']) {
    await bob.goto(server.url + path);
    await bob.getByRole('heading', { name: /No (?:error|release|job) has/ }).waitFor();
    assert.equal(await bob.getByRole('alert').count(), 0, `${path} is asked for the one project that he sees`);
  }
  await bob.getByRole('button', { name: `Signed in as ${EVIL}` }).click();
  await bob.getByRole('menuitem', { name: 'Password and sessions' }).click();
  await bob.getByText('Where you are signed in').waitFor();
  await sound(bob);
  assert.deepEqual(await bob.getByRole('navigation', { name: 'Settings' }).getByRole('link').allInnerTexts(), ['Projects', 'People', 'You']);

  await page.reload();
  await page.getByRole('button', { name: `What to do with ${EVIL}` }).click();
  await page.getByRole('menuitem', { name: 'Change what they may' }).click();
  await page.getByRole('radio', { name: 'member works' }).check();
  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByRole('cell', { name: 'member, viewer in default' }).waitFor();
  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByRole('cell', { name: 'Ann role changed bob@example.org is member, viewer in default' }).waitFor();
  await sound(page);

  // The session ends elsewhere: the screen stays, and goes on after a sign-in.
  await ann.goto(`${server.url}/settings/you`);
  await ann.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await ann.getByText('Signed out in 1 other place').waitFor();
  await page.getByRole('heading', { name: 'You were signed out' }).waitFor();
  await sound(page);
  await page.getByLabel('Password').fill(GOOD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  await bob.getByRole('button', { name: `Signed in as ${EVIL}` }).click();
  await bob.getByRole('menuitem', { name: 'Sign out' }).click();
  await bob.getByRole('heading', { name: 'Sign in' }).waitFor();
  await bob.goto(second);
  await bob.getByRole('heading', { name: 'This link does not work' }).waitFor();
  await sound(bob);
  assert.deepEqual(browser.faults, []);
});
