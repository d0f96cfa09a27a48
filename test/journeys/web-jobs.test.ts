import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { RunAnswer } from '../../src/api/contract-jobs.ts';
import { accessibilityFaults, type Browsing, PHONE, sidewaysScroll, startBrowser } from '../harness/browser.ts';
import { KEY, startSentryServer } from '../harness/sentry.ts';
import { eventually, type RunningServer } from '../harness/server.ts';

const RUN = '0123456789abcdef0123456789abcdef';

let server: RunningServer;
let browser: Browsing;
before(async () => {
  server = await startSentryServer();
  browser = await startBrowser();
});
after(async () => {
  await browser[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const post = (path: string, body: object): Promise<Response> =>
  fetch(`${server.url}/api/1/${path}/?sentry_key=${KEY}`, { method: 'POST', body: JSON.stringify(body) });

async function tell(): Promise<void> {
  const settings = { monitor_config: { schedule: { type: 'crontab', value: '0 2 * * *' } } };
  for (let i = 0; i < 8; i++) await post('cron/backup', { status: i === 5 ? 'error' : 'ok', duration: 60 + i, ...settings });
  const job = {
    command: 'node import.js a.csv b.csv',
    files: ['a.csv', 'b.csv'],
    host: 'web1',
    ok: 120,
    failed: 3,
    total: 123,
    output: 'reading a.csv\nreading b.csv\n',
    exit_code: 1,
  };
  await post('cron/import', { check_in_id: RUN, status: 'in_progress', job });
  for (const [file, record, value] of [
    ['a.csv', '7', 'no date: x'],
    ['a.csv', '19', 'no date: y'],
    ['b.csv', '1', 'no date: z'],
  ])
    await post('store', {
      platform: 'node',
      exception: { values: [{ type: 'TypeError', value }] },
      contexts: { job: { name: 'import', run: RUN, file, record } },
    });
  await post('cron/import', { check_in_id: RUN, status: 'error', job });
  await eventually(
    () => server.json<RunAnswer>(`/api/v1/jobs/default/import/runs/${RUN}`),
    ({ errors }) => errors.listed === 3,
  );
}

void test('before the first job there is what to paste, and the first run takes its place', async () => {
  const page = await browser.open(`${server.url}/jobs`);
  await page.getByText('Waiting for the first run').waitFor();
  await page
    .getByRole('button', { name: 'curl' })
    .or(page.getByRole('radio', { name: 'curl' }))
    .first()
    .click();
  assert.ok((await page.locator('.code').innerText()).includes(`/api/1/cron/nightly-import/${KEY}/?status=ok`));
  assert.deepEqual(await accessibilityFaults(page), []);
  await tell();
  await page.getByRole('link', { name: 'import', exact: true }).waitFor();
});

void test('a failed import is triaged by file and record, down to its error and back to its run', async () => {
  const page = await browser.open(`${server.url}/jobs`);
  await page.getByRole('link', { name: 'import', exact: true }).click();
  await page.getByRole('link', { name: 'failed with 1' }).click();
  await page.getByText(/3 errors in 2 files/).waitFor();
  await page.getByRole('button', { name: 'b.csv' }).click();
  await page.getByRole('heading', { name: 'Records of b.csv' }).waitFor();
  assert.equal(new URL(page.url()).search, '?file=b.csv');
  await page.getByRole('link', { name: 'TypeError: no date: x' }).first().waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'TypeError: no date: z' }).last().click();
  const panel = page.locator('section', { has: page.getByRole('heading', { name: 'Run of a job' }) });
  await panel.waitFor();
  assert.match(await panel.innerText(), /file\s+b\.csv\s+record\s+1/);
  await page.goto(`${server.url}/jobs/default/import/runs/${RUN}`);
  await page.getByText('reading b.csv').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL(/\/jobs\/default\/import$/);
});

void test('what is expected of a job is changed on its page, and wrong schedules are told', async () => {
  const page = await browser.open(`${server.url}/jobs/default/backup`);
  await page.getByLabel(/^Schedule/).fill('often');
  await page.getByRole('button', { name: 'Save' }).click();
  await page
    .getByRole('alert')
    .getByText(/cannot read schedule 'often'/)
    .waitFor();
  await page.getByLabel(/^Schedule/).fill('every 2 hours');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();
  await page.getByRole('button', { name: 'Mute' }).click();
  await page.getByRole('button', { name: 'Unmute' }).waitFor();
  await page.getByRole('button', { name: 'Unmute' }).click();
});

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['on a phone', { ...PHONE, colorScheme: 'light' }],
] as const) {
  void test(`jobs can be read by everybody, ${name}`, async () => {
    for (const [path, waitFor] of [
      ['/jobs', 'Jobs'],
      ['/jobs/default/backup', 'backup'],
      [`/jobs/default/import/runs/${RUN}`, 'Records'],
    ]) {
      const page = await browser.open(server.url + path, options);
      await page.getByRole('heading', { name: waitFor }).first().waitFor({ state: 'attached' });
      await page.locator('.table').first().waitFor();
      assert.deepEqual(await accessibilityFaults(page), [], path);
      assert.deepEqual(await sidewaysScroll(page), [], path);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name.replaceAll(' ', '-')}-${path.split('/').length}.png`, fullPage: true });
    }
    assert.deepEqual(browser.faults, []);
  });
}
