import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TokensAnswer } from '../../src/api/contract-tokens.ts';
import { accessibilityFaults, PHONE, sidewaysScroll, startBrowser } from '../harness/browser.ts';
import { startServer } from '../harness/server.ts';

const EVIL = '<img src=x onerror="document.title=1">';

test('a token is made, shown once, used, and revoked; light and dark, on a phone too', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const page = await browser.open(`${server.url}/settings/tokens`);
  await page.getByText('There are none yet').waitFor();
  await page.keyboard.press('n');
  await page.getByPlaceholder('GitLab CI').fill(EVIL);
  await page.getByRole('checkbox', { name: 'org:ci' }).uncheck();
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByText('A token that may nothing is of no use').waitFor();
  await page.getByRole('checkbox', { name: 'event:read' }).check();
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByRole('button', { name: 'Make it' }).click();
  const shown = await page.getByRole('group', { name: 'The new token' }).locator('pre').innerText();
  const token = shown.trim().replace('export SENTRY_AUTH_TOKEN=', '');
  const ask = async (path: string): Promise<number> => (await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } })).status;
  assert.deepEqual([await ask('/api/v1/issues'), await ask('/api/v1/tokens')], [200, 403]);

  await page.reload();
  await page.getByRole('cell', { name: 'event:read' }).waitFor();
  assert.ok(!(await page.content()).includes(token), 'it is shown once');
  assert.equal(await page.title(), 'Tokens · Settings · Heed');
  const phone = await browser.open(`${server.url}/settings/tokens`, { ...PHONE, colorScheme: 'dark' });
  await phone.getByRole('button', { name: `Revoke ${EVIL}` }).waitFor();
  assert.deepEqual([await accessibilityFaults(phone), await sidewaysScroll(phone)], [[], []]);

  await page.getByRole('button', { name: `Revoke ${EVIL}` }).click();
  await page.getByRole('button', { name: 'Revoke it' }).click();
  await page.getByText('There are none yet').waitFor();
  assert.deepEqual((await server.json<TokensAnswer>('/api/v1/tokens')).tokens, []);
  assert.deepEqual(browser.faults, []);
});
