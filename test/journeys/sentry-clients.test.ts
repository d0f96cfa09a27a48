import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import type { FactsAnswer } from '../../src/api/contract.ts';
import type { FoundEvent, Issue } from '../../src/store/errors/errors-store.ts';
import { dsnOf, runClient, startSentryServer, withErrors } from '../harness/sentry.ts';
import { eventually, renderValues, temporaryFolder } from '../harness/server.ts';

/** Each sends an error with a user, a tag, a release and a password, and a message; twice, so that both are one issue each. */
const node = (name: string): string => `
  const Sentry = require('${name}');
  Sentry.init({ dsn: process.argv[1], release: 'shop@1.2.3', environment: 'staging', tracesSampleRate: 0 });
  function pay(cart) { throw new TypeError('cannot pay cart ' + cart); }
  for (const cart of [17, 18]) {
    Sentry.withScope((scope) => {
      scope.setUser({ id: '42', email: 'ann@example.org' });
      scope.setTag('region', 'eu');
      scope.setExtra('password', 'hunter2');
      try { pay(cart); } catch (error) { Sentry.captureException(error); }
    });
    Sentry.captureMessage('cart ' + cart + ' is slow', 'warning');
  }
  Sentry.close(20000).then((whole) => process.exit(whole ? 0 : 3));
`;

const RAVEN = `
  const Raven = require('raven');
  Raven.config(process.argv[1], { release: 'shop@1.2.3', environment: 'staging' }).install();
  function pay(cart) { throw new TypeError('cannot pay cart ' + cart); }
  const options = { user: { id: '42', email: 'ann@example.org' }, tags: { region: 'eu' }, extra: { password: 'hunter2' } };
  const send = (capture) => new Promise((resolve, reject) => capture((error) => (error ? reject(error) : resolve())));
  const thrown = [17, 18].map((cart) => { try { pay(cart); } catch (error) { return error; } });
  (async () => {
    for (const [index, cart] of [17, 18].entries()) {
      await send((done) => Raven.captureException(thrown[index], options, done));
      await send((done) => Raven.captureMessage('cart ' + cart + ' is slow', { level: 'warning' }, done));
    }
  })();
`;

const PYTHON = `
import sys, sentry_sdk
sentry_sdk.init(sys.argv[1], release='shop@1.2.3', environment='staging')
def pay(cart):
    password = 'hunter2'
    raise TypeError('cannot pay cart %d' % cart)
for cart in (17, 18):
    with sentry_sdk.push_scope() as scope:
        scope.set_user({'id': '42', 'email': 'ann@example.org'})
        scope.set_tag('region', 'eu')
        scope.set_extra('password', 'hunter2')
        try:
            pay(cart)
        except TypeError as error:
            sentry_sdk.capture_exception(error)
    sentry_sdk.capture_message('cart %d is slow' % cart, 'warning')
sentry_sdk.flush(20)
`;

const RUBY = `
require 'sentry-ruby'
Sentry.init { |config| config.dsn = ARGV[0]; config.release = 'shop@1.2.3'; config.environment = 'staging'; config.background_worker_threads = 0 }
def pay(cart) = raise(TypeError, "cannot pay cart #{cart}")
[17, 18].each do |cart|
  Sentry.with_scope do |scope|
    scope.set_user(id: '42', email: 'ann@example.org')
    scope.set_tags(region: 'eu')
    scope.set_extras(password: 'hunter2')
    begin
      pay(cart)
    rescue TypeError => error
      Sentry.capture_exception(error)
    end
  end
  Sentry.capture_message("cart #{cart} is slow", level: :warning)
end
`;

const RAVEN_RUBY = `
require 'raven'
Raven.configure { |config| config.dsn = ARGV[0]; config.release = 'shop@1.2.3'; config.current_environment = 'staging'; config.silence_ready = true }
def pay(cart) = raise(TypeError, "cannot pay cart #{cart}")
options = { user: { id: '42', email: 'ann@example.org' }, tags: { region: 'eu' }, extra: { password: 'hunter2' } }
[17, 18].each do |cart|
  begin
    pay(cart)
  rescue TypeError => error
    Raven.capture_exception(error, options)
  end
  Raven.capture_message("cart #{cart} is slow", level: 'warning')
end
`;

interface Client {
  name: string;
  program: string;
  args: string[];
  /** Paths that are there when the client is installed. */
  needs?: string[];
}

const CLIENTS: Client[] = [
  ...['7', '8', '9', '10', '11'].map((major) => ({ name: `@sentry/node ${major}`, program: process.execPath, args: ['-e', node(`sentry-node-${major}`)] })),
  { name: 'raven', program: process.execPath, args: ['-e', RAVEN] },
  { name: 'python3-sentry-sdk', program: '/usr/bin/python3', args: ['-c', PYTHON], needs: ['/usr/bin/python3', '/usr/lib/python3/dist-packages/sentry_sdk'] },
  { name: 'ruby-sentry-ruby', program: '/usr/bin/ruby', args: ['-e', RUBY], needs: ['/usr/bin/ruby', '/usr/share/doc/ruby-sentry-ruby'] },
  { name: 'ruby-sentry-raven', program: '/usr/bin/ruby', args: ['-e', RAVEN_RUBY], needs: ['/usr/bin/ruby', '/usr/share/doc/ruby-sentry-raven'] },
];

const isThere = ({ needs = [] }: Client): boolean => needs.every((path) => existsSync(path));

const sum = (values: number[]): number => values.reduce((all, value) => all + value, 0);

for (const client of CLIENTS) {
  const skip = isThere(client) ? false : `${client.name} is not installed`;
  test(`what ${client.name} sends becomes issues with everything that it told`, { skip }, async (t) => {
    const folder = temporaryFolder();
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    await using server = await startSentryServer({ folder });
    await runClient(client.program, client.args, dsnOf(server));
    // Some clients do not wait for the answers of all.
    await eventually(
      () => renderValues(server, 'errors.default.events'),
      (values) => sum(values) === 4,
      30,
    );
    const { facts } = await server.json<FactsAnswer>('/api/v1/facts?kind=event&tag=release%3Dshop@1.2.3');
    assert.deepEqual(
      facts.map(({ title, tags }) => [title, tags.project]),
      [['release shop@1.2.3', 'default']],
    );
    assert.equal(sum(await renderValues(server, 'errors.default.environment.staging')), 4);
    await server.stop();
    await withErrors(folder, async (errors) => {
      const { issues } = await errors.issues({ project: 1, terms: [], sort: 'date', from: 0, until: Date.now() + 60_000, slots: 1, limit: 10 });
      assert.equal(issues.length, 2, JSON.stringify(issues.map(({ title }) => title)));
      const thrown = issues.find(({ title }) => title.startsWith('TypeError')) as Issue;
      const said = issues.find(({ title }) => title.includes('is slow')) as Issue;
      assert.equal(thrown.title, 'TypeError: cannot pay cart 18');
      assert.deepEqual([thrown.events, thrown.users, said.events, said.level], [2, 1, 2, 'warning']);
      const { event } = (await errors.event(thrown.id, 'latest')) as FoundEvent;
      assert.equal(event.release, 'shop@1.2.3');
      assert.equal(event.environment, 'staging');
      assert.deepEqual([event.user?.id, event.user?.email], ['42', 'ann@example.org']);
      assert.ok(event.tags.some(([key, value]) => key === 'region' && value === 'eu'));
      assert.match(event.exception?.at(-1)?.stacktrace?.frames.at(-1)?.function ?? '', /pay/);
      assert.ok(!JSON.stringify(event.extra).includes('hunter2'), 'secrets are hidden');
    });
  });
}

test('a live client that sends too much is told so once, and holds back by itself', async () => {
  await using server = await startSentryServer({ env: { HEED_ERRORS_OPTIONS_MOST_PER_MINUTE: '3' } });
  const script = `
    const Sentry = require('sentry-node-11');
    Sentry.init({ dsn: process.argv[1] });
    (async () => {
      for (let i = 0; i < 10; i++) {
        Sentry.captureException(new Error('again ' + i));
        await Sentry.flush(5000);
      }
      await Sentry.close(5000);
    })();
  `;
  await runClient(process.execPath, ['-e', script], dsnOf(server));
  const { drops } = await server.json<{ drops: { counter: string; count: number }[] }>('/api/v1/now');
  assert.deepEqual(
    drops.filter(({ counter }) => counter.startsWith('sentry.dropped.')).map(({ counter, count }) => [counter, count]),
    [['sentry.dropped.rate_limited', 1]],
  );
  await eventually(
    () => renderValues(server, 'errors.default.client_discarded.ratelimit_backoff'),
    (values) => sum(values) === 6,
  );
  assert.ok((await server.json<FactsAnswer>('/api/v1/facts?kind=client_report')).facts.length > 0);
});
