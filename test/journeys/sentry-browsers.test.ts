import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { FactsAnswer } from '../../src/api/contract.ts';
import type { EventAnswer, IssueAnswer, IssuesAnswer } from '../../src/api/contract-errors.ts';
import { type Browsing, startBrowser } from '../harness/browser.ts';
import { dsnOf, KEY, startSentryServer } from '../harness/sentry.ts';
import { type Site, startSite, type SitePage } from '../harness/sentry-site.ts';
import { eventually, type RunningServer } from '../harness/server.ts';

/** 10 sends through a path of its own site, 11 through a tunnel, the others to Heed's origin. */
const VERSIONS = [7, 8, 9, 10, 11] as const;

const setUp = (version: number, dsn: string): string => `
  const prefixed = '${dsn}'.replace(/@[^/]+/, '@' + location.host + '/mon/errors');
  Sentry.init({
    dsn: ${version} === 10 ? prefixed : '${dsn}',
    tunnel: ${version} === 11 ? '/tunnel' : undefined,
    release: 'shop@${version}.0.0',
    environment: 'staging',
    tracesSampleRate: 1,
    ...(Sentry.browserTracingIntegration ? { integrations: [Sentry.browserTracingIntegration()] } : {}),
  });
  Sentry.setUser({ id: '42', email: 'ann@example.org' });
  Sentry.setTag('region', 'eu');
  Sentry.addBreadcrumb({ category: 'shop', message: 'opened the cart', data: { password: 'hunter2' } });
  console.warn('stock is low');
  Sentry.captureMessage('cart ${version} is slow', 'warning');
  window.flushed = () => Sentry.flush(10000);
`;

const RAVEN = (dsn: string): string => `
  Raven.config('${dsn}', { release: 'shop@3.0.0', environment: 'staging' }).install();
  Raven.setUserContext({ id: '42', email: 'ann@example.org' });
  Raven.setTagsContext({ region: 'eu' });
  Raven.captureMessage('cart 3 is slow', { level: 'warning' });
  window.addEventListener('unhandledrejection', ({ reason }) => Raven.captureException(reason));
`;

let heed: RunningServer;
let site: Site;
let browser: Browsing;
before(async () => {
  heed = await startSentryServer();
  const dsn = dsnOf(heed);
  const csp = `default-src 'self'; script-src 'self'; report-uri ${heed.url}/api/1/security/?sentry_key=${KEY}`;
  const pages: Record<string, SitePage> = {
    '/raven': { sdk: { package: 'raven-js', global: 'Raven' }, setUp: RAVEN(dsn) },
    '/csp': { headers: { 'content-security-policy-report-only': csp }, body: '<script>window.inline = 1</script>' },
  };
  for (const version of VERSIONS) pages[`/v${version}`] = { sdk: { package: `sentry-browser-${version}`, global: 'Sentry' }, setUp: setUp(version, dsn) };
  site = await startSite(heed.url, pages);
  browser = await startBrowser();
});
after(async () => {
  await browser[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
  await heed[Symbol.asyncDispose]();
});

const issues = async (): Promise<IssuesAnswer['issues']> => (await heed.json<IssuesAnswer>('/api/v1/issues?query=&sort=new')).issues;
const eventsOf = async (title: string, releases: readonly string[]): Promise<EventAnswer['event'][]> => {
  const found = (await issues()).filter((issue) => issue.title.startsWith(title));
  assert.equal(found.length, 1, `${title}: ${JSON.stringify(found.map((issue) => [issue.shortId, issue.title, issue.allEvents]))}`);
  return Promise.all(
    releases.map(async (release) => {
      const { events } = await heed.json<{ events: { eventId: string; release: string }[] }>(
        `/api/v1/issues/${found[0].shortId}/events?query=${encodeURIComponent(`release:${release}`)}`,
      );
      assert.equal(events.length, 1, `${title} of ${release}`);
      return (await heed.json<EventAnswer>(`/api/v1/issues/${found[0].shortId}/events/${events[0].eventId}`)).event;
    }),
  );
};

async function misbehave(page: Page): Promise<void> {
  await page.locator('#pay').click();
  await page.locator('#order').click();
}

test('what @sentry/browser 7 to 11 and raven-js send from pages of another origin is whole, and the same error is one issue', async () => {
  for (const path of [...VERSIONS.map((version) => `v${version}`), 'raven']) {
    const page = await browser.open(`${site.url}/${path}`);
    await misbehave(page);
    const total = 3 * (path === 'raven' ? VERSIONS.length + 1 : VERSIONS.indexOf(Number(path.slice(1)) as 7) + 1);
    await eventually(issues, (found) => found.reduce((sum, { allEvents }) => sum + allEvents, 0) === total);
    await page.context().close();
  }
  const releases = [...VERSIONS.map((version) => `shop@${version}.0.0`), 'shop@3.0.0'];
  const thrown = await eventsOf('TypeError', releases);
  const rejected = await eventsOf('RangeError', releases);
  const said = await eventsOf('cart', releases);
  for (const [index, release] of releases.entries()) {
    const [type] = thrown[index].exception ?? [];
    assert.match(type.value ?? '', /Cannot read properties of undefined/, release);
    assert.match(type.stacktrace?.frames.at(-1)?.function ?? '', /pay/, release);
    assert.equal(type.stacktrace?.frames.at(-1)?.in_app, true, release);
    assert.match(rejected[index].exception?.at(-1)?.value ?? '', /no stock for cart 17/, release);
    assert.equal(said[index].level, 'warning', release);
    for (const event of [thrown[index], rejected[index], said[index]]) {
      assert.deepEqual([event.release, event.environment, event.user?.id, event.user?.email], [release, 'staging', '42', 'ann@example.org'], release);
      assert.ok(
        event.tags.some(([key, value]) => key === 'region' && value === 'eu'),
        release,
      );
      assert.match(event.request?.url ?? '', new RegExp(`^${site.url}/(?:v\\d+|raven)$`), release);
      assert.match(event.contexts?.browser.name as string, /Chrom/, release);
    }
    const crumbs = (thrown[index].breadcrumbs ?? []).map(({ category }) => category);
    assert.ok(crumbs.includes('ui.click') && crumbs.includes('console') === !release.endsWith('@3.0.0'), `${release}: ${crumbs.join()}`);
    assert.doesNotMatch(JSON.stringify(thrown[index]), /hunter2/);
  }
  const { issue } = await heed.json<IssueAnswer>(`/api/v1/issues/${(await issues()).find(({ title }) => title.startsWith('TypeError'))?.shortId}`);
  assert.deepEqual([issue.allEvents, issue.allUsers, issue.firstRelease, issue.lastRelease], [6, 1, 'shop@7.0.0', 'shop@3.0.0']);
});

test('what they say of pages is kept as transactions, whatever their form', async () => {
  for (const version of VERSIONS.slice(1)) {
    const page = await browser.open(`${site.url}/v${version}`);
    // Page loads end when nothing more happens; leaving the page ends them at once.
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
      return (globalThis as unknown as { flushed(): Promise<boolean> }).flushed();
    });
    await eventually(
      () => heed.json<FactsAnswer>(`/api/v1/facts?kind=transaction&tag=release%3Dshop@${version}.0.0`),
      // 11 names a page load by its route only where it knows of one.
      ({ facts }) => facts.some(({ title, tags }) => title === (version === 11 ? 'Pageload' : `/v${version}`) && tags.operation === 'pageload'),
    );
    await page.context().close();
  }
});

test('what the browser itself says that a policy blocked is an issue', async () => {
  const page = await browser.open(`${site.url}/csp`);
  const [blocked] = await eventually(
    async () => (await issues()).filter(({ title }) => title.startsWith('Blocked')),
    ({ length }) => length > 0,
  );
  assert.match(blocked.title, /Blocked .*script/);
  await page.context().close();
});
