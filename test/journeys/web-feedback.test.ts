import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FeedbackAnswer } from '../../src/api/contract-feedback.ts';
import { accessibilityFaults, PHONE, sidewaysScroll, startBrowser } from '../harness/browser.ts';
import { KEY, startSentryServer } from '../harness/sentry.ts';
import { type RunningServer } from '../harness/server.ts';

const EVENT = 'a'.repeat(32);

async function write(server: RunningServer, number: number, message: string, rest: object = {}): Promise<void> {
  const event_id = number.toString(16).padStart(32, '0');
  const feedback = { type: 'feedback', event_id, contexts: { feedback: { message, source: 'widget', ...rest } } };
  const lines = [{ event_id }, { type: 'feedback' }, feedback].map((line) => JSON.stringify(line)).join('\n');
  assert.equal((await fetch(`${server.url}/api/1/envelope/?sentry_key=${KEY}`, { method: 'POST', body: lines })).status, 200);
}

test('feedback is read, resolved, taken back, called spam, searched and removed, by mouse, keyboard and on a phone', async () => {
  await using server = await startSentryServer();
  await using browser = await startBrowser();
  const page = await browser.open(`${server.url}/feedback`);
  await page.getByRole('heading', { name: 'Nobody wrote anything yet' }).waitFor();
  await page.getByRole('tab', { name: 'Your own form' }).click();
  await page.getByText('user-feedback/?sentry_key=').waitFor();
  assert.deepEqual([await accessibilityFaults(page), await sidewaysScroll(page)], [[], []]);

  await fetch(`${server.url}/api/1/store/?sentry_key=${KEY}`, { method: 'POST', body: JSON.stringify({ event_id: EVENT, message: 'Cart of undefined' }) });
  await write(server, 1, 'The cart is empty', {
    name: 'Eve',
    contact_email: 'eve@example.org',
    url: 'https://shop.example.org/cart?x=1',
    associated_event_id: EVENT,
  });
  await write(server, 2, 'Payment is blank', { name: 'Bob', url: 'javascript:alert(1)' });
  await write(server, 3, 'Cheap watches', { name: 'Mallory' });
  await page.getByRole('button', { name: 'Cheap watches' }).waitFor();
  await page.getByRole('link', { name: 'Feedback 3' }).first().waitFor();

  await page.keyboard.press('j');
  await page.keyboard.press('u');
  await page.getByText('What Mallory wrote is spam').waitFor();
  await page.getByRole('button', { name: 'Cheap watches' }).waitFor({ state: 'detached' });
  // The cursor is at what took its place, and is seen.
  const current = page.locator('.table.feedback tr.current');
  await current.getByRole('button', { name: 'Payment is blank' }).waitFor();
  assert.notEqual(
    await current
      .locator('td')
      .first()
      .evaluate((cell) => getComputedStyle(cell).boxShadow),
    'none',
  );
  await page.getByRole('button', { name: 'The cart is empty' }).click();
  const panel = page.getByRole('complementary', { name: 'Feedback' });
  await panel.getByText('eve@example.org').waitFor();
  assert.equal(await panel.getByRole('link', { name: 'https://shop.example.org/cart?x=1' }).getAttribute('href'), 'https://shop.example.org/cart?x=1');
  assert.deepEqual([await accessibilityFaults(page), await sidewaysScroll(page)], [[], []]);
  await panel.getByRole('button', { name: 'Resolve' }).click();
  await page.getByText('What Eve wrote is resolved').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('As it was before').waitFor();
  await panel.getByText('open', { exact: true }).waitFor();
  await panel.getByRole('link', { name: 'DEFAULT-1' }).click();
  await page.getByRole('heading', { name: 'Users wrote' }).waitFor();
  await page.getByRole('link', { name: 'The cart is empty' }).click();
  await page.getByRole('complementary', { name: 'Feedback' }).getByText('Eve, eve@example.org').waitFor();
  assert.match(page.url(), /\/feedback\?.*feedback=1/);
  await page.keyboard.press('Escape');
  await page.getByRole('complementary', { name: 'Feedback' }).waitFor({ state: 'detached' });

  await page.getByRole('searchbox', { name: 'Search feedback' }).fill('bob blank');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'The cart is empty' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Payment is blank' }).click();
  await panel.getByText('javascript:alert(1)').waitFor();
  assert.equal(await panel.getByRole('link', { name: 'javascript' }).count(), 0, 'what runs is no link');
  await panel.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByText('No message of this state has all of these words').waitFor();
  assert.deepEqual((await server.json<FeedbackAnswer>('/api/v1/feedback')).totals, { open: 1, resolved: 0, spam: 1 });

  const phone = await browser.open(`${server.url}/feedback?feedback=1`, { ...PHONE, colorScheme: 'dark' });
  await phone.getByRole('complementary', { name: 'Feedback' }).getByText('The cart is empty').waitFor();
  assert.deepEqual([await accessibilityFaults(phone), await sidewaysScroll(phone)], [[], []]);
  await phone.getByRole('button', { name: 'Close' }).click();
  await phone.getByRole('button', { name: 'The cart is empty' }).waitFor();
  assert.deepEqual([await accessibilityFaults(phone), await sidewaysScroll(phone)], [[], []]);
  assert.deepEqual(browser.faults, []);
});
