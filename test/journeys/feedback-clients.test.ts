import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FeedbackAnswer, FeedbackDetail, FeedbackItem } from '../../src/api/contract-feedback.ts';
import { type Browsing, startBrowser } from '../harness/browser.ts';
import { dsnOf, runClient, startSentryServer } from '../harness/sentry.ts';
import { type Site, startSite, type SitePage } from '../harness/sentry-site.ts';
import { eventually, type RunningServer } from '../harness/server.ts';

const VERSIONS = [7, 8, 9, 10, 11] as const;
/** The widget came with 8. */
const WITH_WIDGET = VERSIONS.filter((version) => version >= 8);

const setUp = (version: number, dsn: string): string => `
  Sentry.init({
    dsn: '${dsn}',
    release: 'shop@${version}.0.0',
    environment: 'staging',
    ${version >= 8 ? "integrations: [Sentry.feedbackIntegration({ colorScheme: 'light' })]," : ''}
  });
  window.fail = () => {
    const eventId = Sentry.captureException(new Error('cart ' + ${version} + ' is lost'));
    Sentry.showReportDialog({ eventId, dsn: '${dsn}' });
    return eventId;
  };
`;

let heed: RunningServer;
let site: Site;
let browser: Browsing;
before(async () => {
  heed = await startSentryServer();
  const pages: Record<string, SitePage> = {};
  for (const version of VERSIONS)
    pages[`/v${version}`] = { sdk: { package: `sentry-browser-${version}`, global: 'Sentry' }, setUp: setUp(version, dsnOf(heed)) };
  site = await startSite(heed.url, pages);
  browser = await startBrowser();
});
after(async () => {
  await browser[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
  await heed[Symbol.asyncDispose]();
});

const written = (words: string): Promise<FeedbackItem> =>
  eventually(
    () => heed.json<FeedbackAnswer>(`/api/v1/feedback?query=${encodeURIComponent(words)}`),
    ({ feedback }) => feedback.length === 1,
  ).then(({ feedback }) => feedback[0]);

for (const version of VERSIONS)
  test(`the dialog of @sentry/browser ${version} after an error is feedback about that error`, async () => {
    const page = await browser.open(`${site.url}/v${version}`);
    const eventId = await page.evaluate('window.fail()');
    await page.getByLabel('Name').fill('Ann');
    await page.getByLabel('Email').fill('ann@example.org');
    await page.getByLabel('What happened?').fill(`dialog of ${version}`);
    await page.getByRole('button', { name: /submit|send/i }).click();
    const { eventId: about } = await written(`dialog ${version}`);
    assert.equal(about, eventId);
    const { issue, name, email, source } = await eventually(
      () => written(`dialog ${version}`),
      (item) => item.issue !== null,
    );
    assert.deepEqual([issue?.title, name, email, source], [`Error: cart ${version} is lost`, 'Ann', 'ann@example.org', 'dialog']);
    await page.context().close();
  });

for (const version of [7, 8])
  test(`a form of one's own with captureUserFeedback of @sentry/browser ${version} works`, async () => {
    const page = await browser.open(`${site.url}/v${version}`);
    const said = JSON.stringify({ name: 'Dora', email: 'dora@example.org', comments: `form of ${version}` });
    await page.evaluate(`Sentry.captureUserFeedback({ ...${said}, event_id: Sentry.captureMessage('asked') }), Sentry.flush(10000)`);
    const { name, issue } = await eventually(
      () => written(`form ${version}`),
      (item) => item.issue !== null,
    );
    assert.deepEqual([name, issue?.title], ['Dora', 'asked']);
    await page.context().close();
  });

for (const version of WITH_WIDGET)
  test(`the button of @sentry/browser ${version} sends what is written with page, browser and release`, async () => {
    const page = await browser.open(`${site.url}/v${version}`);
    await page.locator('#sentry-feedback .widget__actor').click();
    const form = page.locator('#sentry-feedback dialog form');
    await form.locator('[name=name]').fill('Eve');
    await form.locator('[name=email]').fill('eve@example.org');
    await form.locator('[name=message]').fill(`widget of ${version}\nin two lines`);
    await form.locator('button[type=submit]').click();
    const { id, message, name, email, url, release, environment, source, browser: with_ } = await written(`widget ${version}`);
    assert.deepEqual(
      [message, name, email, url, release, environment, source],
      [`widget of ${version}\nin two lines`, 'Eve', 'eve@example.org', `${site.url}/v${version}`, `shop@${version}.0.0`, 'staging', 'widget'],
    );
    assert.match(with_, /^(?:Headless)?Chrom/i);
    assert.match((await heed.json<FeedbackDetail>(`/api/v1/feedback/${id}`)).ownId, /^[0-9a-f]{32}$/);
    await page.context().close();
  });

for (const version of VERSIONS.filter((one) => one >= 8))
  test(`@sentry/node ${version} sends feedback by its own function`, async () => {
    await runClient(
      process.execPath,
      [
        '-e',
        `
        const Sentry = require('sentry-node-${version}');
        Sentry.init({ dsn: process.argv[1], release: 'shop@1.2.3', environment: 'staging' });
        const event_id = Sentry.captureException(new Error('no stock'));
        const said = { name: 'Zoe', email: 'zoe@example.org' };
        Sentry.captureFeedback({ ...said, message: 'node of ${version}', associatedEventId: event_id });
        Sentry.close(20000).then((whole) => process.exit(whole ? 0 : 3));
      `,
      ],
      dsnOf(heed),
    );
    const { name, email, issue } = await eventually(
      () => written(`node ${version}`),
      (item) => item.issue !== null,
    );
    assert.deepEqual([name, email, issue?.title], ['Zoe', 'zoe@example.org', 'Error: no stock']);
  });
