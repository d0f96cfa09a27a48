import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { NowAnswer } from '../../src/api/contract.ts';
import type { IssuesAnswer } from '../../src/api/contract-errors.ts';
import { accessibilityFaults, PHONE, sidewaysScroll, startBrowser } from '../harness/browser.ts';
import { eventually, startServer, type RunningServer } from '../harness/server.ts';

type Event = Record<string, unknown>;

const EVIL = '<img src=x onerror="document.title=1"><script>alert(1)</script>"\'`${alert(1)} javascript:alert(1)';

/** An event as the SDK for Node sends it. */
function nodeEvent(type: string, value: string, own: string, more: Event = {}): Event {
  const line = { filename: `/srv/shop/src/${own}.ts`, lineno: 48, colno: 10, in_app: true };
  return {
    level: 'error',
    platform: 'node',
    release: 'shop@1.4.2',
    environment: 'production',
    server_name: 'web-1',
    transaction: 'GET /search',
    sdk: { name: 'sentry.javascript.node', version: '10.78.0', packages: [], integrations: [] },
    user: { id: '42', email: 'ann@shop.test' },
    tags: { term: 'dune' },
    request: { url: 'https://shop.test/search', method: 'GET', query_string: 'q=dune', headers: { 'User-Agent': 'journey' } },
    breadcrumbs: [{ type: 'http', category: 'fetch', timestamp: Date.now() / 1000 - 2, data: { method: 'GET', url: '/search?q=dune', status_code: 200 } }],
    contexts: { runtime: { name: 'node', version: '24.11.1' } },
    extra: { cart: { n: 1 } },
    exception: {
      values: [
        {
          type,
          value,
          mechanism: { type: 'onuncaughtexception', handled: false },
          stacktrace: {
            frames: [
              { function: 'run', filename: '/srv/shop/node_modules/fastify/lib/hooks.js', lineno: 9, in_app: false },
              {
                function: `search_${own}`,
                ...line,
                pre_context: ['// before'],
                context_line: '  return answer.pages[0].facets',
                post_context: ['}'],
                vars: { wanted: 'undefined' },
              },
            ],
          },
        },
      ],
    },
    ...more,
  };
}

async function sendEvents(server: RunningServer, events: readonly Event[]): Promise<void> {
  const { projects } = await server.json<NowAnswer>('/api/v1/now');
  const { username: key, pathname: project } = new URL(projects[0].dsn);
  for (const event of events) {
    const id = randomUUID().replaceAll('-', '');
    const payload = JSON.stringify({ event_id: id, timestamp: Date.now() / 1000, ...event });
    const body = [JSON.stringify({ event_id: id, sent_at: new Date().toISOString() }), JSON.stringify({ type: 'event' }), payload].join('\n');
    const sent = await fetch(`${server.url}/api${project}/envelope/?sentry_key=${key}&sentry_version=7`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-sentry-envelope' },
      body,
    });
    assert.equal(sent.status, 200, await sent.text());
  }
}

const known = (server: RunningServer, count: number): Promise<IssuesAnswer> =>
  eventually(
    () => server.json<IssuesAnswer>('/api/v1/issues?from=-1h'),
    ({ total }) => total >= count,
  );

const row = (page: Page, text: string) => page.locator('tbody tr', { hasText: text });

/** Three kinds of errors; the first one three times. */
async function startShop(): Promise<RunningServer> {
  const server = await startServer();
  const facets = nodeEvent('TypeError', "Cannot read properties of undefined (reading 'facets')", 'facets');
  await sendEvents(server, [
    facets,
    facets,
    facets,
    nodeEvent('TimeoutError', 'search backend did not answer', 'client', { level: 'fatal' }),
    nodeEvent('RangeError', 'Invalid time value', 'receipt', { level: 'warning' }),
  ]);
  await known(server, 3);
  return server;
}

test('before the first event the page says what to paste, and turns by itself when it comes', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const page = await browser.open(`${server.url}/errors`);
  await page.getByText('Waiting for your first event').waitFor();
  const { projects } = await server.json<NowAnswer>('/api/v1/now');
  await page.getByRole('group', { name: 'Paste this' }).getByText(projects[0].dsn).waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await sendEvents(server, [nodeEvent('Error', 'the first', 'first')]);
  await row(page, 'the first').waitFor();
  await page.getByRole('complementary', { name: 'Pages' }).getByText('1 new').waitFor();
  assert.deepEqual(browser.faults, []);
});

test('issues are listed, opened beside the list and on their page, all of it in the address', async () => {
  await using server = await startShop();
  await using browser = await startBrowser();
  const page = await browser.open(`${server.url}/errors`);
  await row(page, 'TypeError').getByRole('cell', { name: '3', exact: true }).waitFor();
  assert.match(await row(page, 'TypeError').innerText(), /New/);
  assert.deepEqual(await accessibilityFaults(page), []);
  await row(page, 'TypeError').getByRole('link', { name: 'TypeError' }).click();
  const panel = page.getByRole('complementary', { name: 'Issue' });
  await panel.getByText('return answer.pages[0].facets').waitFor();
  await panel.getByRole('link', { name: 'dune' }).waitFor();
  assert.ok(new URL(page.url()).searchParams.get('issue'));
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.reload();
  await panel.getByRole('link', { name: 'Open the whole page' }).last().click();
  await page.getByText('event 3 of 3').waitFor();
  await page.getByText('What led to it').waitFor();
  await page.getByText('1 library frame: fastify').waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.keyboard.press('p');
  await page.getByText('event 2 of 3').waitFor();
  await page.keyboard.press('P');
  await page.getByText('event 1 of 3').waitFor();
  await page.getByRole('button', { name: 'curl' }).click();
  await page.getByText("curl 'https://shop.test/search?q=dune'").waitFor();
  await page.getByRole('link', { name: /^All events/ }).click();
  await page.locator('tbody tr').nth(2).waitFor();
  assert.equal(await page.locator('tbody tr').count(), 3);
  assert.deepEqual(browser.faults, []);
});

test('what is resolved leaves the open ones, and comes back by undo; it is found under its state', async () => {
  await using server = await startShop();
  await using browser = await startBrowser();
  const page = await browser.open(`${server.url}/errors`);
  await row(page, 'RangeError').getByRole('checkbox').click();
  await page.getByText('1 issue chosen').waitFor();
  await page.keyboard.press('r');
  await row(page, 'RangeError').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Resolved', exact: true }).click();
  await row(page, 'RangeError').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await row(page, 'RangeError').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Open/ }).click();
  await row(page, 'RangeError').waitFor();
  // Several at once, until something happens.
  for (const type of ['RangeError', 'TimeoutError']) await row(page, type).getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Archive', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Until 100 more events' }).click();
  await row(page, 'RangeError').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Archived', exact: true }).click();
  assert.match(await row(page, 'TimeoutError').innerText(), /Archived until 100 more events/);
  assert.deepEqual(browser.faults, []);
});

test('a search is typed with what completes it, narrows the list, and tells which condition to drop', async () => {
  await using server = await startShop();
  await using browser = await startBrowser();
  const page = await browser.open(`${server.url}/errors`);
  await row(page, 'TypeError').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('lev');
  await page.getByRole('option', { name: /^level:/ }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('fatal');
  await page.keyboard.press('Enter');
  await row(page, 'TypeError').waitFor({ state: 'detached' });
  await row(page, 'TimeoutError').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('q'), 'is:unresolved level:fatal');
  await page.keyboard.type('no-such-words');
  await page.keyboard.press('Enter');
  await page.getByText('Nothing matches').waitFor();
  await page.getByRole('button', { name: 'no-such-words ×' }).click();
  await row(page, 'TimeoutError').waitFor();
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await row(page, 'TypeError').waitFor();
});

test('whatever a client sends is text: nothing of it runs, in the list, the panel, the page and the copies', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const frames = [
    { function: EVIL, filename: EVIL, abs_path: EVIL, lineno: 1, colno: 1, context_line: EVIL, pre_context: [EVIL], vars: { [EVIL]: EVIL }, in_app: true },
  ];
  await sendEvents(server, [
    nodeEvent(EVIL, EVIL, 'evil', {
      release: EVIL,
      environment: 'x',
      transaction: EVIL,
      logger: EVIL,
      server_name: EVIL,
      user: { id: EVIL, email: EVIL, username: EVIL },
      tags: { evil: EVIL },
      request: { url: `javascript:alert(1)//${EVIL}`, method: 'GET', headers: { Evil: EVIL }, cookies: EVIL, data: EVIL },
      breadcrumbs: [{ type: EVIL, category: EVIL, message: EVIL, level: 'error', timestamp: Date.now() / 1000, data: { [EVIL]: EVIL } }],
      contexts: { evil: { name: EVIL, [EVIL]: EVIL } },
      extra: { [EVIL]: EVIL, link: 'javascript:alert(1)' },
      modules: { [EVIL]: EVIL },
      exception: { values: [{ type: EVIL, value: EVIL, mechanism: { type: EVIL, handled: false }, stacktrace: { frames } }] },
    }),
  ]);
  const { issues } = await known(server, 1);
  const page = await browser.open(`${server.url}/errors?issue=${issues[0].shortId}`);
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  await page.getByRole('complementary', { name: 'Issue' }).getByText('Where', { exact: true }).waitFor();
  await page.goto(`${server.url}/errors/${issues[0].shortId}`);
  await page.getByText('What led to it').waitFor();
  const folded = page.locator('details:not([open]) > summary');
  while ((await folded.count()) > 0) await folded.first().click();
  await page.getByRole('button', { name: 'Raw' }).click();
  await page.getByRole('button', { name: 'curl' }).click();
  await page.getByRole('button', { name: 'JSON' }).click();
  await page.getByRole('dialog').getByText('"event_id"').waitFor();
  assert.equal(await page.locator('img, main script, a[href^="javascript" i]').count(), 0);
  assert.match(await page.title(), /Heed$/);
  assert.deepEqual(ran, []);
  assert.deepEqual(browser.faults, []);
});

test('a stack of many frames with large values is folded, and shown whole when it is wanted', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  const frames = Array.from({ length: 200 }, (_, index) => ({
    function: `call${index}`,
    filename: '/srv/shop/src/deep.ts',
    lineno: index + 1,
    in_app: true,
    context_line: 'x'.repeat(1000),
    vars: { big: 'v'.repeat(2000) },
  }));
  const breadcrumbs = Array.from({ length: 100 }, (_, index) => ({
    category: 'console',
    level: 'info',
    message: `step ${index}`,
    timestamp: Date.now() / 1000 - 100 + index,
  }));
  await sendEvents(server, [
    nodeEvent('DeepError', 'many', 'deep', { breadcrumbs, exception: { values: [{ type: 'DeepError', value: 'many', stacktrace: { frames } }] } }),
  ]);
  const { issues } = await known(server, 1);
  const page = await browser.open(`${server.url}/errors/${issues[0].shortId}`);
  await page.getByText('call199').first().waitFor();
  const before = await page.locator('.trace .frame').count();
  assert.ok(before < 60);
  await page.getByRole('button', { name: /^Show all \d+ lines/ }).click();
  assert.ok((await page.locator('.trace .frame').count()) > before);
  assert.equal(await page.getByText('step 0', { exact: true }).count(), 0);
  await page.getByRole('button', { name: /^Show \d+ earlier/ }).click();
  await page.getByText('step 0', { exact: true }).waitFor();
});

test('list, panel and page are whole on a phone and in the dark', async () => {
  await using server = await startShop();
  await using browser = await startBrowser();
  const page = await browser.open(`${server.url}/errors`, { ...PHONE, colorScheme: 'dark' });
  await row(page, 'TypeError').waitFor();
  assert.deepEqual(await sidewaysScroll(page), []);
  assert.deepEqual(await accessibilityFaults(page), []);
  await row(page, 'TypeError').getByRole('link', { name: 'TypeError' }).click();
  const panel = page.getByRole('complementary', { name: 'Issue' });
  await panel.getByText('return answer.pages[0].facets').waitFor();
  assert.deepEqual(await sidewaysScroll(page), []);
  assert.deepEqual(await accessibilityFaults(page), []);
  await panel.getByRole('link', { name: 'Open the whole page' }).last().click();
  await page.getByText('What led to it').waitFor();
  assert.deepEqual(await sidewaysScroll(page), []);
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(browser.faults, []);
});

test('issues that may be the same fault are told on the page, and merged from there', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendEvents(server, [
    nodeEvent('TimeoutError', 'payment 17 took 30 s', 'pay'),
    nodeEvent('TimeoutError', 'payment 18 took 31 s', 'retry'),
    nodeEvent('Error', 'other', 'other'),
  ]);
  const { issues } = await eventually(
    () => server.json<IssuesAnswer>('/api/v1/issues'),
    (answer) => answer.issues.length === 3,
  );
  const issue = issues.find(({ title }) => title.includes('17'));
  const page = await browser.open(`${server.url}/errors/${issue?.shortId}`);
  const panel = page.getByRole('region', { name: 'May be the same' });
  await panel.getByRole('link', { name: /payment 18 took 31 s/ }).waitFor();
  assert.equal(await panel.getByRole('listitem').count(), 1);
  assert.deepEqual(await accessibilityFaults(page), []);
  await panel.getByRole('button', { name: 'Merge' }).click();
  await page.getByText(/1 issue merged into/).waitFor();
  await panel.waitFor({ state: 'detached' });
  assert.equal((await server.json<IssuesAnswer>('/api/v1/issues')).issues.length, 2);
  assert.deepEqual(browser.faults, []);
});

test('what people did is kept with the issue: a comment, somebody who looks after it, two that are one', async () => {
  await using server = await startShop();
  await using browser = await startBrowser();
  const page = await browser.open(`${server.url}/errors`);
  for (const type of ['TypeError', 'RangeError']) await row(page, type).getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Merge' }).click();
  await row(page, 'RangeError').waitFor({ state: 'detached' });
  await row(page, 'TypeError').getByRole('link', { name: 'TypeError' }).press('Enter');
  await page.getByRole('link', { name: 'Open the whole page' }).last().click();
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  await page.getByLabel('To whom').fill('ann');
  await page.getByLabel('To whom').press('Enter');
  await page.getByRole('button', { name: 'ann', exact: true }).waitFor();
  await page.getByLabel('Comment').fill('It has no pages when nothing is found.');
  await page.getByRole('button', { name: 'Comment' }).click();
  await page.getByRole('listitem').filter({ hasText: 'no pages when nothing' }).waitFor();
  const address = page.getByLabel('Address of a ticket or a merge request');
  await address.fill('https://git.example.org/shop/issues/7');
  await address.press('Enter');
  const ticket = page.getByRole('link', { name: 'git.example.org/shop/issues/7' });
  await ticket.waitFor();
  assert.equal(await ticket.getAttribute('href'), 'https://git.example.org/shop/issues/7');
  assert.deepEqual([await accessibilityFaults(page), await sidewaysScroll(page)], [[], []]);
  await page.getByRole('button', { name: 'Remove the link to https://git.example.org/shop/issues/7' }).click();
  await ticket.waitFor({ state: 'detached' });
  await page.getByText('Link removed https://git').first().waitFor();
  await page.getByRole('button', { name: /what is merged/ }).click();
  await page.getByRole('checkbox', { name: /RangeError/ }).check();
  await page.getByRole('button', { name: 'Take apart 1' }).click();
  await page
    .getByText(/Taken apart/)
    .first()
    .waitFor();
  await page.getByRole('link', { name: 'Errors', exact: true }).first().click();
  await row(page, 'RangeError').waitFor();
  assert.deepEqual(browser.faults, []);
});
