import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Project } from '../../src/api/contract.ts';
import type { EventAnswer, IssuesAnswer, TraceAnswer } from '../../src/api/contract-errors.ts';
import { PHONE, startBrowser } from '../harness/browser.ts';
import { KEY, startSentryServer } from '../harness/sentry.ts';
import { eventually, type RunningServer } from '../harness/server.ts';

/** Would show itself as a global, whichever way it ran. */
const RUN = 'globalThis.ran=1';
const PAYLOADS = [
  `<script>${RUN}</script>`,
  `"><img src=x onerror="${RUN}">`,
  `'><svg onload='${RUN}'>`,
  `javascript:${RUN}`,
  `<a href="javascript:${RUN}">x</a>`,
  `</title><script>${RUN}</script>`,
  `\${${RUN}}{{constructor.constructor('${RUN}')()}}`,
  `[x](javascript:${RUN}) ![y](http://foreign.test/y.png)`,
  `\u202E${RUN}\u0000\u2028<iframe srcdoc="<script>parent.ran=1</script>">`,
  `http://foreign.test/"><base href="http://foreign.test/">`,
];
let next = 0;
/** One payload after the other. */
const evil = (): string => PAYLOADS[next++ % PAYLOADS.length];
const evils = (...keys: string[]): Record<string, string> => Object.fromEntries([...keys.map((key) => [key, evil()]), [evil(), evil()]]);

const hostileEvent = (): object => ({
  event_id: randomUUID().replaceAll('-', ''),
  platform: 'javascript',
  level: 'error',
  logger: evil(),
  transaction: evil(),
  culprit: evil(),
  server_name: evil(),
  release: `shop@${evil()}`,
  dist: evil().slice(0, 60),
  environment: 'prod',
  fingerprint: [evil()],
  message: { formatted: evil(), message: evil(), params: [evil()] },
  exception: {
    values: [evil(), evil()].map((value) => ({
      type: evil(),
      value,
      module: evil(),
      mechanism: { type: evil(), handled: false, description: evil(), help_link: `javascript:${RUN}`, data: evils('url') },
      stacktrace: {
        frames: [1, 2, 3].map((lineno) => ({
          filename: evil(),
          abs_path: `javascript:${RUN}`,
          function: evil(),
          module: evil(),
          package: evil(),
          lineno,
          colno: 1,
          in_app: true,
          pre_context: [evil(), evil()],
          context_line: evil(),
          post_context: [evil()],
          vars: evils('a', 'b'),
        })),
      },
    })),
  },
  breadcrumbs: {
    values: ['http', 'navigation', 'ui.click', 'default'].map((type) => ({
      type,
      category: evil(),
      message: evil(),
      level: evil(),
      data: evils('url', 'from', 'to'),
    })),
  },
  request: {
    url: `javascript:${RUN}`,
    method: evil(),
    query_string: evil(),
    cookies: evils('c'),
    headers: evils('Referer', 'User-Agent'),
    data: evils('d'),
    env: evils('e'),
  },
  user: { id: evil(), email: evil(), username: evil(), ip_address: '203.0.113.9', data: evils('name') },
  contexts: {
    browser: evils('name', 'version'),
    os: evils('name', 'version'),
    device: evils('model'),
    trace: { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16), op: evil() },
    evil: evils('x'),
  },
  tags: Object.fromEntries([
    ['url', `javascript:${RUN}`],
    ['job', evil()],
    ['evil', evil()],
  ]),
  extra: { ...evils('extra'), deep: { list: [evil(), evils('in')] } },
  modules: evils('left-pad'),
  sdk: { name: evil(), version: evil() },
  threads: { values: [{ id: 1, name: evil(), crashed: true, stacktrace: { frames: [{ function: evil(), filename: evil() }] } }] },
});

async function fill(server: RunningServer): Promise<{ shortId: string; project: string }> {
  const json = { 'content-type': 'application/json' };
  const post = <Answer>(path: string, body: unknown): Promise<Answer> =>
    server.json<Answer>(path, { method: 'POST', headers: json, body: JSON.stringify(body) });
  const { slug } = await post<Project>('/api/v1/projects', { name: `A ${evil()}` });
  await post(`/api/v1/projects/${slug}/keys`, { label: evil() });
  await post('/api/v1/tokens', { label: evil(), scopes: ['event:read'] });
  const events = [hostileEvent(), hostileEvent()];
  for (const event of events) {
    const { event_id } = event as { event_id: string };
    const file = `<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"/>`;
    const attachment = { type: 'attachment', length: file.length, filename: `${evil().replaceAll('/', '')}.svg`, content_type: 'image/svg+xml' };
    const envelope = [{ event_id }, { type: 'event' }, event, attachment].map((part) => JSON.stringify(part)).join('\n');
    await server.json(`/api/1/envelope/?sentry_key=${KEY}`, { method: 'POST', body: `${envelope}\n${file}\n` });
  }
  const checkIn = {
    check_in_id: randomUUID().replaceAll('-', ''),
    monitor_slug: `nightly ${evil()}`,
    status: 'error',
    environment: 'prod',
    contexts: { job: evils('file', 'output') },
  };
  await server.json(`/api/1/envelope/?sentry_key=${KEY}`, { method: 'POST', body: `{}\n{"type":"check_in"}\n${JSON.stringify(checkIn)}\n` });
  for (let i = 0; i < PAYLOADS.length; i++) {
    const at = (n: number): string => PAYLOADS[(i + n) % PAYLOADS.length];
    const event_id = randomUUID().replaceAll('-', '');
    const said = { message: at(0), name: at(1), contact_email: at(2), url: i === 0 ? `javascript:${RUN}` : at(3), source: at(4) };
    const contexts = { feedback: said, browser: { name: at(5), version: at(6) } };
    const feedback = { type: 'feedback', event_id, release: 'shop@1', environment: 'prod', contexts };
    const lines = [{ event_id }, { type: 'feedback' }, feedback].map((line) => JSON.stringify(line)).join('\n');
    await server.json(`/api/1/envelope/?sentry_key=${KEY}`, { method: 'POST', body: lines });
  }
  const trace_id = 'a'.repeat(32);
  const now = Date.now() / 1000;
  for (const transaction of PAYLOADS) {
    const contexts = { trace: { trace_id, span_id: 'b'.repeat(16), op: evil(), status: evil() } };
    const request = { type: 'transaction', transaction, timestamp: now, start_timestamp: now - 1, contexts };
    const line = { items: [{ timestamp: now, trace_id, level: evil(), body: transaction, attributes: {} }] };
    const lines = [{}, { type: 'transaction' }, request, { type: 'log', item_count: 1 }, line].map((part) => JSON.stringify(part)).join('\n');
    await server.json(`/api/1/envelope/?sentry_key=${KEY}`, { method: 'POST', body: lines });
  }
  const version = `shop@${evil()}`;
  await post('/api/0/organizations/any/releases/', {
    version,
    projects: ['default'],
    url: `javascript:${RUN}`,
    ref: evil(),
    commits: [{ id: 'f521cc8', repository: evil(), message: evil(), author_name: evil(), author_email: evil(), timestamp: '2026-01-01T00:00:00Z' }],
  });
  await post(`/api/0/organizations/any/releases/${encodeURIComponent(version)}/deploys/`, {
    environment: evil().slice(0, 60).replaceAll('/', ''),
    name: evil().slice(0, 60),
    url: `javascript:${RUN}`,
  });
  await post('/events/', { what: evil(), tags: ['release', evil().replaceAll(' ', '')], data: evil() });
  const panel = { note: evil(), unit: '', limits: [], compare: '', figure: 'last', min: null, max: null };
  await server.json('/api/v1/dashboards/evil', {
    method: 'PUT',
    headers: json,
    body: JSON.stringify({
      version: '',
      dashboard: {
        title: evil(),
        about: evil(),
        range: '3h',
        tags: [evil()],
        variables: [],
        panels: [
          ...PAYLOADS.map((text, i) => ({ ...panel, title: text, type: 'text', place: { x: 0, y: i * 2, w: 6, h: 2 }, targets: [], text })),
          { ...panel, title: evil(), type: 'line', place: { x: 6, y: 0, w: 6, h: 4 }, targets: ['evil.*'], text: '' },
        ],
      },
    }),
  });
  const { issues } = await eventually(
    () => server.json<IssuesAnswer>('/api/v1/issues?from=-1d'),
    (answer) => answer.issues.length > 0,
    30,
  );
  const { shortId } = issues[0];
  await post(`/api/v1/issues/${shortId}/comments`, { text: evil() });
  for (const title of PAYLOADS) await post(`/api/v1/issues/${shortId}/links`, { url: `https://git.example.org/${encodeURIComponent(title)}`, title });
  await eventually(
    () => server.json<EventAnswer>(`/api/v1/issues/${shortId}/events/latest`),
    ({ attachments }) => attachments.length === 1,
    30,
  );
  await eventually(
    () => server.json<TraceAnswer>(`/api/v1/issues/${shortId}/events/latest/trace`),
    ({ rows }) => rows.length > 2 * PAYLOADS.length,
    30,
  );
  return { shortId, project: slug };
}

/** What of the page would betray that text became more than text. */
const betrayed = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    ...('ran' in globalThis ? ['a payload ran'] : []),
    ...[...document.querySelectorAll('[href], [src], [action], [formaction]')].flatMap((element) =>
      ['href', 'src', 'action', 'formaction'].filter((name) => /^\s*(?:javascript|vbscript|data:text)/i.test(element.getAttribute(name) ?? '')),
    ),
    ...[...document.querySelectorAll('base, iframe, object, embed, main script, main img[onerror], main svg[onload]')].map((element) =>
      element.outerHTML.slice(0, 100),
    ),
  ]);

test('whatever is sent stays text on every screen: nothing runs, links nowhere else and asks no other host', async () => {
  await using server = await startSentryServer();
  const { shortId, project } = await fill(server);
  await using browser = await startBrowser();
  const { jobs } = await server.json<{ jobs: { project: string; slug: string }[] }>('/api/v1/jobs');
  const { releases } = await server.json<{ releases: { version: string }[] }>('/api/v1/releases?from=-1d');
  assert.ok(jobs.length > 0 && releases.length > 1);
  const screens = [
    '/now',
    '/metrics',
    '/dashboards',
    '/dashboards/evil',
    '/errors',
    `/errors?issue=${shortId}`,
    `/errors/${shortId}`,
    '/jobs',
    ...jobs.map(({ project: of, slug }) => `/jobs/${of}/${slug}`),
    '/feedback?state=all',
    ...PAYLOADS.map((_, i) => `/feedback?feedback=${i + 1}`),
    '/releases',
    ...releases.map(({ version }) => `/releases/${encodeURIComponent(version)}`),
    '/settings/projects',
    `/settings/projects/${project}`,
    '/settings/tokens',
    '/settings/people',
    '/settings/audit',
  ];
  for (const options of [{}, PHONE]) {
    const page = await browser.open(`${server.url}/now`, options);
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !/^(?:data|blob):/.test(request.url())) foreign.push(request.url());
    });
    for (const screen of screens) {
      await page.goto(server.url + screen);
      await page.locator('main h1, main .page').first().waitFor();
      // All that hides more is opened, as somebody would who looks for the cause.
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => details.setAttribute('open', '')));
      await page.waitForFunction(() => document.querySelector('.skeleton') === null);
      if (screen.includes(shortId)) await page.locator('main', { hasText: RUN }).waitFor();
      if (screen === `/errors/${shortId}`) await page.getByRole('heading', { name: 'In the same trace' }).waitFor();
      assert.deepEqual(await betrayed(page), [], screen);
    }
    assert.deepEqual(foreign, []);
  }
  assert.deepEqual(browser.faults, []);
});
