import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { InjectOptions, LightMyRequestResponse as Response } from 'fastify';
import type { ConfigText } from '../core/config/config.ts';
import { allScopes } from '../core/scopes.ts';
import { scopesOf } from '../core/roles.ts';
import type { TraceAnswer } from './contract-errors.ts';
import type { AuditAnswer, MeAnswer, NewInvitationAnswer, PeopleAnswer, SessionsAnswer } from './contract-people.ts';
import { makeDeps } from './deps.fixture.ts';
import { newEvent, THEN } from './issues/new-event.fixture.ts';
import { firstLink } from './people/invite.ts';
import { deedOf, isForEverybody, scopesFor } from './security/route-scopes.ts';
import { buildApi } from './server.ts';

const AWAY = '203.0.113.9';
const HOST = { host: 'heed.example.org' };
const GOOD = 'correct horse battery';

type Answer = { status: number; body: string; cookie: string; json: Response['json'] };

/** A server with a way to ask it from elsewhere, as a browser that keeps its cookie. */
async function build(t: TestContext, settings: ConfigText = { http: '0.0.0.0:0' }) {
  const deps = await makeDeps(t, settings);
  const { app, routes, context } = await buildApi(deps);
  t.after(() => app.close());
  const ask = async (cookie: string, method: string, url: string, payload?: object, rest: InjectOptions = {}): Promise<Answer> => {
    const answer = await app.inject({
      method: method as 'GET',
      url,
      headers: { ...HOST, cookie, ...rest.headers },
      payload,
      remoteAddress: rest.remoteAddress ?? AWAY,
    });
    const [set] = [answer.headers['set-cookie'] ?? ''].flat();
    return { status: answer.statusCode, body: answer.body, cookie: set.split(';', 1)[0], json: answer.json };
  };
  const codeOf = (url: string): string => url.split('#')[1];
  const first = async (): Promise<string> => codeOf((await firstLink(deps.catalog, deps.config, context.bound)) ?? assert.fail('no first link'));
  const come = async (code: string, name: string): Promise<string> => {
    const answer = await ask('', 'POST', '/api/v1/invitations/accept', { code, email: `${name}@example.org`, name, password: GOOD });
    assert.equal(answer.status, 200, answer.body);
    return answer.cookie;
  };
  const invite = async (owner: string, name: string, role: string, roles = {}): Promise<string> => {
    const answer = await ask(owner, 'POST', '/api/v1/invitations', { email: `${name}@example.org`, role, roles });
    assert.equal(answer.status, 201, answer.body);
    return come(codeOf(answer.json<NewInvitationAnswer>().url), name);
  };
  const enter = (password: string, email = 'ann@example.org', cookie = ''): Promise<Answer> => ask(cookie, 'POST', '/api/v1/session', { email, password });
  return { deps, app, routes, context, ask, codeOf, first, come, invite, enter };
}

test('the first who opens the link is the owner; the link is good once, and not for others', async (t) => {
  const { deps, context, ask, first, come } = await build(t);
  assert.equal((await ask('', 'GET', '/api/v1/issues')).status, 403);
  const [old, code] = [await first(), await first()];
  assert.equal((await ask('', 'POST', '/api/v1/invitations/read', { code: old })).status, 404, 'a new start makes a new one');
  assert.deepEqual((await ask('', 'POST', '/api/v1/invitations/read', { code })).json<object>(), {
    email: '',
    name: '',
    reset: false,
    expires: (await deps.catalog.people.invitations(Date.now()))[0].expires,
  });
  const bad = (part: object): Promise<Answer> =>
    ask('', 'POST', '/api/v1/invitations/accept', { code, email: 'ann@example.org', name: 'ann', password: GOOD, ...part });
  assert.match((await bad({ password: 'short' })).body, /it needs 10 characters/);
  assert.match((await bad({ email: 'ann' })).body, /it is no e-mail address/);
  assert.match((await bad({ name: ' ' })).body, /it needs 1 to 100 characters/);
  const cookie = await come(code, 'ann');
  assert.equal((await bad({})).status, 404);
  const me = (await ask(cookie, 'GET', '/api/v1/me')).json<MeAnswer>();
  assert.deepEqual([me.state, me.person?.name, me.person?.role, me.scopes.includes('org:admin')], ['in', 'ann', 'owner', true]);
  assert.equal((await ask(cookie, 'GET', '/api/v1/issues')).status, 200);
  assert.equal(await firstLink(deps.catalog, deps.config, context.bound), undefined);
});

test('there is no first link where nobody is asked', async (t) => {
  const { deps, context } = await build(t, { http: '127.0.0.1:0' });
  assert.equal(await firstLink(deps.catalog, deps.config, context.bound), undefined);
  assert.ok(await firstLink(deps.catalog, { ...deps.config, auth: 'required' }, context.bound));
});

test('without a sign-in nothing is told to anybody once there are people, on this machine neither', async (t) => {
  const { app, routes, first, come } = await build(t, { token: 's3cret', http: '0.0.0.0:0' });
  await come(await first(), 'ann');
  const open = routes.flatMap(({ url, method, config }) => (config?.open ? [method].flat().map((one) => `${one} ${url}`) : []));
  assert.deepEqual(open.filter((route) => !route.startsWith('HEAD')).toSorted(), [
    'DELETE /api/v1/me/sessions',
    'DELETE /api/v1/session',
    'GET /api/v1/me',
    'GET /api/v1/me/sessions',
    'GET /healthz',
    'GET /readyz',
    'GET /sign-in/provider',
    'GET /sign-in/provider/back',
    'POST /api/v1/invitations/accept',
    'POST /api/v1/invitations/read',
    'POST /api/v1/session',
    'PUT /api/v1/me/password',
  ]);
  for (const { url, method, config } of routes) {
    if (config?.open || config?.byKey) continue;
    for (const one of [method].flat())
      for (const remoteAddress of [AWAY, '127.0.0.1']) {
        const headers = { host: '127.0.0.1:4400' };
        const answer = await app.inject({ method: one as 'GET', url: url.replace('*', 'x'), headers, remoteAddress });
        // Graphite's find and the screen share an address; what is a screen holds nothing.
        if (['/', '/metrics', '/dashboards'].includes(url) && (one === 'GET' || one === 'HEAD')) assert.equal(answer.statusCode, 503, `${one} ${url}`);
        else {
          assert.equal(answer.statusCode, 401, `${one} ${url}: ${answer.body}`);
          assert.equal(answer.headers['www-authenticate'], undefined);
        }
      }
  }
  for (const url of ['/api/v1/me/sessions']) assert.equal((await app.inject({ url, headers: HOST, remoteAddress: AWAY })).statusCode, 401);
  const admin = { ...HOST, authorization: 'Bearer s3cret' };
  assert.equal((await app.inject({ url: '/api/v1/issues', headers: admin, remoteAddress: AWAY })).statusCode, 200);
});

test('a sign-in is a new session each time, and ends where and when one says', async (t) => {
  const { ask, first, come, enter, deps } = await build(t);
  await come(await first(), 'ann');
  const wrong = await enter(`${GOOD}!`);
  assert.deepEqual([wrong.status, wrong.cookie], [401, '']);
  assert.equal((await enter(GOOD, 'nobody@example.org')).body, wrong.body, 'it does not tell who is here');
  const preset = `heed_session=${'a'.repeat(43)}`;
  const one = await enter(GOOD, ' Ann@Example.org ', preset);
  assert.equal(one.status, 200);
  assert.notEqual(one.cookie, preset);
  assert.equal((await ask(preset, 'GET', '/api/v1/issues')).status, 401);
  const two = await enter(GOOD, 'ann@example.org', one.cookie);
  assert.equal((await ask(one.cookie, 'GET', '/api/v1/issues')).status, 401, 'the session before ends');
  assert.equal((await ask(two.cookie, 'DELETE', '/api/v1/session')).json<{ signedOut: boolean }>().signedOut, true);
  assert.equal((await ask(two.cookie, 'GET', '/api/v1/issues')).status, 401, 'replayed after the sign-out');
  assert.equal((await ask(two.cookie, 'DELETE', '/api/v1/session')).json<{ signedOut: boolean }>().signedOut, false);
  const kept = JSON.stringify([await deps.catalog.people.list(), await deps.catalog.sessions.of(1, Date.now())]);
  for (const secret of [GOOD, one.cookie, two.cookie]) assert.ok(!kept.includes(secret.replace('heed_session=', '')));
});

test('a new password signs out everywhere, by oneself or by a link of an owner', async (t) => {
  const { ask, first, come, enter, codeOf } = await build(t);
  const owner = await come(await first(), 'ann');
  const phone = (await enter(GOOD)).cookie;
  const here = (await ask(phone, 'GET', '/api/v1/me/sessions')).json<SessionsAnswer>().sessions;
  assert.deepEqual([here.length, here.filter((one) => one.here).length], [2, 1]);
  const change = (old: string, next: string): Promise<Answer> => ask(phone, 'PUT', '/api/v1/me/password', { old, new: next });
  assert.equal((await change('wrong', 'another good one')).status, 401);
  assert.match((await change(GOOD, 'ann@example.org')).body, /name or address/);
  const changed = await change(GOOD, 'another good one');
  assert.equal(changed.status, 200);
  for (const cookie of [owner, phone]) assert.equal((await ask(cookie, 'GET', '/api/v1/issues')).status, 401);
  assert.equal((await ask(changed.cookie, 'GET', '/api/v1/issues')).status, 200);
  assert.deepEqual([(await enter(GOOD)).status, (await enter('another good one')).status], [401, 200]);
  assert.equal((await ask(changed.cookie, 'DELETE', '/api/v1/me/sessions')).json<{ signedOut: number }>().signedOut, 1);
  const link = await ask(changed.cookie, 'POST', '/api/v1/people/1/link');
  const code = codeOf(link.json<NewInvitationAnswer>().url);
  assert.equal((await ask('', 'POST', '/api/v1/invitations/read', { code })).json<{ name: string }>().name, 'ann');
  const again = await ask('', 'POST', '/api/v1/invitations/accept', { code, password: 'a third good one' });
  assert.equal(again.status, 200);
  assert.equal((await ask(changed.cookie, 'GET', '/api/v1/issues')).status, 401);
  assert.equal((await enter('a third good one')).status, 200);
});

test('passwords are not guessed: after ten wrong ones of an account it takes a minute each, also for who knows it', async (t) => {
  const { first, come, enter, ask } = await build(t);
  await come(await first(), 'ann');
  for (let i = 0; i < 10; i++) assert.equal((await enter(`wrong password ${i}`)).status, 401);
  const held = await enter(GOOD);
  assert.equal(held.status, 429);
  assert.match(held.body, /try again in \d+ s/);
  assert.equal((await ask('', 'POST', '/api/v1/session', { email: 'x@example.org', password: 'x'.repeat(201) })).status, 400);
});

test('a page of another origin neither signs anybody in nor out, nor does anything with the cookie', async (t) => {
  const { first, come, ask } = await build(t);
  const cookie = await come(await first(), 'ann');
  const headers = { origin: 'http://evil.example.com' };
  for (const [method, url, payload] of [
    ['POST', '/api/v1/session', { email: 'ann@example.org', password: GOOD }],
    ['DELETE', '/api/v1/session', undefined],
    ['POST', '/api/v1/projects', { name: 'x' }],
    ['DELETE', '/api/v1/people/1', undefined],
  ] as const)
    assert.match((await ask(cookie, method, url, payload, { headers })).body, /foreign_origin/, url);
  assert.equal((await ask(cookie, 'GET', '/api/v1/issues')).status, 200);
});

test('roles bring what they say on every route, and no more', async (t) => {
  const { routes, first, come, invite, ask, deps } = await build(t);
  const owner = await come(await first(), 'ann');
  const { id } = await deps.catalog.addProject('shop');
  const cookies = {
    viewer: await invite(owner, 'vic', 'viewer'),
    member: await invite(owner, 'mel', 'member'),
    shop: await invite(owner, 'sue', 'none', { shop: 'member' }),
  };
  const may = { viewer: allScopes(scopesOf({ role: 'viewer', roles: {} })), member: allScopes(scopesOf({ role: 'member', roles: {} })), shop: [] };
  let [refused, let_] = [0, 0];
  for (const { url, method, config } of routes) {
    if (config?.open || config?.byKey || isForEverybody(url)) continue;
    for (const one of [method].flat().filter((verb) => verb !== 'HEAD')) {
      const needed = scopesFor(url, deedOf({ method: one, routeOptions: { config: config ?? {} } } as Parameters<typeof deedOf>[0]));
      // A project that there is, so that the role decides; live streams would not end.
      const address = url.replace(/:project|:slug(?=\/|$)/, 'default').replace('*', 'x');
      if (/\/live/.test(url)) continue;
      for (const who of ['viewer', 'member', 'shop'] as const) {
        const { status, body } = await ask(cookies[who], one, address);
        const allowed = needed.some((scope) => (may[who] as string[]).includes(scope));
        if (who === 'shop') {
          const ofNone =
            needed.some((scope) => scope.startsWith('metrics:')) ||
            ['/api/v1/people', '/api/v1/projects', '/api/v1/issues', '/api/v1/issues/undo'].includes(url);
          if (!ofNone) assert.ok([400, 403, 404].includes(status), `${one} ${url}: ${status} ${body}`);
          continue;
        }
        const isRefused = status === 403 && body.includes(`may not do this`);
        if (allowed) let_++;
        else refused++;
        // An issue that there is not is told of first.
        if (status !== 404) assert.equal(isRefused, !allowed, `${who}: ${one} ${url}: ${status} ${body}`);
      }
    }
  }
  assert.ok(refused > 60 && let_ > 100, `${refused} ${let_}`);
  assert.equal(id, '2');
});

test('who has a role in one project sees and changes that one only', async (t) => {
  const { first, come, invite, ask, deps } = await build(t);
  const owner = await come(await first(), 'ann');
  await deps.catalog.addProject('shop');
  const sue = await invite(owner, 'sue', 'none', { shop: 'member' });
  const vic = await invite(owner, 'vic', 'viewer', { shop: 'owner' });
  const status = async (cookie: string, method: string, url: string, payload?: object): Promise<number> => (await ask(cookie, method, url, payload)).status;
  const slugs = async (cookie: string): Promise<string[]> => (await ask(cookie, 'GET', '/api/v1/projects')).json<{ slug: string }[]>().map(({ slug }) => slug);
  assert.deepEqual([await slugs(owner), await slugs(sue), await slugs(vic)], [['default', 'shop'], ['shop'], ['default', 'shop']]);
  assert.match((await ask(sue, 'GET', '/api/v1/issues')).body, /choose_project.*project=shop/);
  assert.equal(await status(sue, 'GET', '/api/v1/issues?project=shop'), 200);
  assert.equal(await status(sue, 'GET', '/api/v1/issues?project=default'), 403);
  assert.equal(await status(sue, 'GET', '/api/v1/issues?project=shop&project=default'), 400, 'neither of two');
  assert.equal(await status(sue, 'GET', '/api/v1/jobs/default/x'), 403);
  assert.equal(await status(sue, 'GET', '/api/v1/facts'), 403);
  assert.equal(await status(sue, 'GET', '/api/v1/facts?kind=event'), 200);
  assert.equal(await status(sue, 'GET', '/api/0/organizations/heed/issues/'), 403);
  assert.equal(await status(sue, 'PUT', '/api/v1/projects/shop', { name: 'Shop' }), 403, 'a member does not set up');
  assert.equal(await status(vic, 'PUT', '/api/v1/projects/shop', { name: 'Shop' }), 200);
  assert.equal(await status(vic, 'PUT', '/api/v1/projects/default', { name: 'x' }), 403);
  assert.equal(await status(vic, 'POST', '/api/v1/projects', { name: 'x' }), 403, 'an owner of one project makes no others');
  assert.equal(await status(vic, 'GET', '/api/v1/tokens'), 403);
});

test('of a trace that went through several projects one sees what is of those that one sees', async (t) => {
  const { first, come, invite, ask, deps } = await build(t);
  const owner = await come(await first(), 'ann');
  const shop = await deps.catalog.addProject('shop');
  const sue = await invite(owner, 'sue', 'none', { shop: 'viewer' });
  const trace = 'ab'.repeat(16);
  const contexts = { trace: { trace_id: trace } };
  await deps.errors.add([
    { ...newEvent(1, 'E: seen', 'a', { contexts }), project: Number(shop.id), slug: 'shop', trace },
    { ...newEvent(2, 'E: hidden', 'b', { contexts }), trace },
  ]);
  for (const project of ['shop', 'default'])
    deps.facts.add({ kind: 'log', time: THEN + 1000, title: `log of ${project}`, text: '', tags: { project, trace }, data: {} });
  await deps.facts.sync();
  const titles = async (cookie: string): Promise<string[]> =>
    (await ask(cookie, 'GET', '/api/v1/issues/SHOP-1/events/latest/trace')).json<TraceAnswer>().rows.map(({ title }) => title);
  assert.deepEqual((await titles(owner)).toSorted(), ['E: hidden', 'E: seen', 'log of default', 'log of shop']);
  assert.deepEqual((await titles(sue)).toSorted(), ['E: seen', 'log of shop']);
  assert.equal((await ask(sue, 'GET', '/api/v1/issues/DEFAULT-1/events/latest/trace')).status, 403);
  assert.equal((await ask(owner, 'GET', '/api/v1/issues/SHOP-1/events/oldest/trace')).status, 200);
  assert.equal((await ask(owner, 'GET', `/api/v1/issues/SHOP-1/events/${'f'.repeat(32)}/trace`)).status, 404);
});

test('owners say who may what, and one stays', async (t) => {
  const { first, come, invite, ask } = await build(t);
  const owner = await come(await first(), 'ann');
  const bob = await invite(owner, 'bob', 'viewer');
  const change = (cookie: string, id: number, body: object): Promise<Answer> => ask(cookie, 'PUT', `/api/v1/people/${id}`, body);
  assert.equal((await change(bob, 2, { role: 'owner' })).status, 403, 'nobody makes themselves larger');
  assert.match((await change(owner, 1, { role: 'viewer' })).body, /last_owner/);
  assert.match((await change(owner, 2, { role: 'root' })).body, /there are owner, member, viewer/);
  assert.match((await change(owner, 2, { role: 'none' })).body, /to keep somebody out, remove them/);
  assert.match((await change(owner, 2, { role: 'viewer', roles: { nowhere: 'owner' } })).body, /no such project/);
  assert.equal((await change(owner, 2, { role: 'member', roles: { default: 'owner' } })).status, 200);
  const { people, invitations } = (await ask(bob, 'GET', '/api/v1/people')).json<PeopleAnswer>();
  assert.deepEqual(
    [people.map(({ name, role, roles }) => [name, role, roles]), invitations],
    [
      [
        ['ann', 'owner', {}],
        ['bob', 'member', { default: 'owner' }],
      ],
      [],
    ],
  );
  assert.equal((await ask(owner, 'DELETE', '/api/v1/people/2')).status, 200);
  assert.equal((await ask(bob, 'GET', '/api/v1/people')).status, 401);
  assert.match((await ask(owner, 'DELETE', '/api/v1/people/1')).body, /last_owner/);
  const { notes } = (await ask(owner, 'GET', '/api/v1/audit')).json<AuditAnswer>();
  assert.deepEqual(
    notes.map(({ actor, deed, object }) => [actor, deed, object]),
    [
      ['ann', 'person removed', 'bob@example.org'],
      ['ann', 'role changed', 'bob@example.org is member, owner in default'],
      ['bob', 'came by a link', 'bob@example.org'],
      ['ann', 'invited', 'bob@example.org as viewer'],
      ['ann', 'came by a link', 'ann@example.org'],
    ],
  );
  assert.equal(notes[0].address, AWAY);
});

test('on this machine, where nobody is asked, the first who is invited is an owner', async (t) => {
  const { ask } = await build(t, { http: '127.0.0.1:0' });
  const local = { headers: { host: '127.0.0.1:4400' }, remoteAddress: '127.0.0.1' };
  const invite = (role: string): Promise<Answer> => ask('', 'POST', '/api/v1/invitations', { email: 'ann@example.org', role }, local);
  assert.equal((await ask('', 'GET', '/api/v1/me', undefined, local)).json<MeAnswer>().state, 'open');
  assert.match((await invite('viewer')).body, /must be an owner/);
  const { url } = (await invite('owner')).json<NewInvitationAnswer>();
  assert.match(url, /^http:\/\/127\.0\.0\.1:4400\/welcome#[\w-]{43}$/);
  assert.equal((await ask('', 'GET', '/api/v1/issues', undefined, local)).status, 200, 'until somebody came');
  assert.equal((await ask('', 'POST', '/api/v1/invitations/accept', { code: url.slice(-43), name: 'Ann', password: GOOD }, local)).status, 200);
  assert.equal((await ask('', 'GET', '/api/v1/issues', undefined, local)).status, 401);
  assert.equal((await ask('', 'GET', '/api/v1/me', undefined, local)).json<MeAnswer>().state, 'out');
});
