import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { EventAnswer, ErrorCountsAnswer, IssueAnswer, IssueEventsAnswer, IssuesAnswer, IssuesChanged, IssuesCompletion } from './contract-errors.ts';
import { makeDeps } from './deps.fixture.ts';
import { newEvent, shopEvents, THEN } from './issues/new-event.fixture.ts';
import { buildApi } from './server.ts';

const LOCAL = { host: '127.0.0.1:4400' };

async function build(t: TestContext): Promise<{ app: FastifyInstance; deps: Awaited<ReturnType<typeof makeDeps>> }> {
  const deps = await makeDeps(t);
  await deps.errors.add(shopEvents());
  const { app } = await buildApi(deps);
  t.after(() => app.close());
  return { app, deps };
}

async function ask<Answer>(app: FastifyInstance, url: string, method: 'GET' | 'POST' | 'PATCH' = 'GET', payload?: object): Promise<Answer> {
  const answer = await app.inject({ method, url, headers: LOCAL, payload });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json<Answer>();
}

async function refused(
  app: FastifyInstance,
  url: string,
  status: number,
  reason: RegExp,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' = 'GET',
  payload?: object,
): Promise<void> {
  const answer = await app.inject({ method, url, headers: LOCAL, payload });
  assert.equal(answer.statusCode, status, answer.body);
  assert.match(answer.json<{ error: { message: string } }>().error.message, reason);
}

const titles = ({ issues }: IssuesAnswer): string[] => issues.map(({ title }) => title);
const search = (query: string): string => `/api/v1/issues?query=${encodeURIComponent(query)}`;
const STOCK = 'stock is low';
const TYPE = 'TypeError: x is undefined';
const TIMEOUT = 'Timeout: payment took 30 s';

void test('issues are listed by a search, an order and a window, with totals', async (t) => {
  const { app } = await build(t);
  const all = await ask<IssuesAnswer>(app, '/api/v1/issues');
  assert.deepEqual(titles(all), [STOCK, TYPE, TIMEOUT]);
  assert.deepEqual([all.total, all.next, all.totals.unresolved, all.totals.new], [3, null, 3, 3]);
  const [, typed] = all.issues;
  const { id, lastSeen, trend, shortId, ...rest } = typed;
  assert.deepEqual([lastSeen, shortId, trend.reduce((sum, count) => sum + count, 0)], [THEN + 3000, `DEFAULT-${id}`, 2]);
  assert.deepEqual(rest, {
    project: 'default',
    title: TYPE,
    type: 'TypeError',
    value: 'x is undefined',
    culprit: 'shop.js in add',
    level: 'error',
    platform: 'node',
    handled: false,
    state: 'unresolved',
    substate: 'new',
    until: '',
    firstSeen: THEN + 2000,
    firstRelease: 'shop@1.4.0',
    lastRelease: 'shop@1.5.0',
    events: 2,
    users: 2,
    allEvents: 2,
    allUsers: 2,
    assignee: '',
    bookmarked: false,
    comments: 0,
  });
  for (const [query, ...found] of [
    ['is:unresolved level:[info,fatal]', STOCK, TIMEOUT],
    ['!level:[info,fatal]', TYPE],
    ['TypeError: x is undefined', TYPE],
    ['timesSeen:>1 firstSeen:-1d', TYPE],
    ['user.email:ann@example.com', TYPE],
    ['environment:stag*', TIMEOUT],
    ['!has:user', STOCK],
    ['platform:node !title:*Type*', STOCK, TIMEOUT],
    [shortId.toLowerCase(), TYPE],
    [`issue:${shortId}`, TYPE],
    ['project:default browser:Firefox release:shop@1.5.0', TYPE],
    ['error.unhandled:true', TYPE, TIMEOUT],
    ['is:resolved'],
  ] as const)
    assert.deepEqual(titles(await ask<IssuesAnswer>(app, search(query))), found, query);
  assert.deepEqual(titles(await ask<IssuesAnswer>(app, '/api/v1/issues?sort=freq&limit=1')), [TYPE]);
  assert.deepEqual(
    (await ask<IssuesAnswer>(app, '/api/v1/issues?from=-1min')).issues.map(({ events, allEvents }) => [events, allEvents]),
    [
      [0, 1],
      [0, 2],
      [0, 1],
    ],
  );
});

void test('pages follow each other by what the one before says', async (t) => {
  const { app } = await build(t);
  const found: string[] = [];
  for (let next: string | null = ''; next !== null;) {
    const page: IssuesAnswer = await ask<IssuesAnswer>(app, `/api/v1/issues?limit=1&cursor=${encodeURIComponent(next)}`);
    found.push(...titles(page));
    next = page.next;
  }
  assert.deepEqual(found, [STOCK, TYPE, TIMEOUT]);
});

void test('what cannot be answered is refused in words', async (t) => {
  const { app } = await build(t);
  await refused(app, search('is:unresovled'), 400, /did you mean 'is:unresolved'\?/);
  await refused(app, '/api/v1/issues?project=nowhere', 404, /no project nowhere/);
  await refused(app, search('!project:default'), 400, /the short name of one project/);
  await refused(app, '/api/v1/issues?sort=size', 400, /there is no order 'size'/);
  await refused(app, '/api/v1/issues?limit=101', 400, /from 1 to 100/);
  await refused(app, '/api/v1/issues?from=now&until=-1h', 400, /after it ends/);
  await refused(app, '/api/v1/issues/99', 404, /there is no issue 99/);
  await refused(app, '/api/v1/issues/DEFAULT-ZZ', 404, /there is no issue DEFAULT-ZZ/);
  await refused(app, '/api/v1/issues/1/events/ffffffffffffffffffffffffffffffff', 404, /no longer kept/);
  await refused(app, '/api/v1/issues', 400, /give either ids or a query/, 'PATCH', { change: { do: 'resolve' } });
  await refused(app, '/api/v1/issues', 400, /'do' must say what/, 'PATCH', { ids: [1], change: {} });
  await refused(app, '/api/v1/issues', 400, /ids must be a whole number/, 'PATCH', { ids: ['x'], change: { do: 'resolve' } });
  await refused(app, '/api/v1/issues/undo', 410, /undone already/, 'POST', { undo: 'x' });
  await refused(app, '/api/v1/issues/1/merge', 400, /give the ids of other issues/, 'POST', { ids: [1] });
  await refused(app, '/api/v1/issues/1/comments', 400, /the text is empty/, 'POST', { text: ' ' });
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'ticket 7', '//git.example.org/7'])
    await refused(app, '/api/v1/issues/1/links', 400, /begins with https/, 'POST', { url });
  await refused(app, '/api/v1/issues/1/links/9', 404, /has no link 9/, 'DELETE');
  await refused(app, '/api/v1/errors/counts?by=colour', 400, /write level, environment, release/);
});

void test('issues are changed by ids or by a search, and put back once', async (t) => {
  const { app } = await build(t);
  const change = async (body: object): Promise<IssuesChanged> => ask<IssuesChanged>(app, '/api/v1/issues', 'PATCH', body);
  const archived = await change({ query: 'level:info', change: { do: 'archive', moreEvents: 100 } });
  assert.equal(archived.changed, 1);
  const [stock] = (await ask<IssuesAnswer>(app, search('is:archived'))).issues;
  assert.deepEqual([stock.title, stock.until], [STOCK, 'until 100 more events']);
  assert.deepEqual(await ask<IssuesChanged>(app, '/api/v1/issues/undo', 'POST', { undo: archived.undo }), { changed: 1, undo: '' });
  assert.deepEqual(titles(await ask<IssuesAnswer>(app, search('is:archived'))), []);
  await refused(app, '/api/v1/issues/undo', 410, /undone already/, 'POST', { undo: archived.undo });
  const resolved = await change({ ids: [1, 2, 2, 999], change: { do: 'resolve', inNextRelease: true } });
  assert.equal(resolved.changed, 2);
  assert.deepEqual(
    (await ask<IssuesAnswer>(app, search('is:resolved'))).issues.map(({ until }) => until),
    ['in the next release, after shop@1.5.0', 'in the next release, after shop@1.5.0'],
  );
  await change({ ids: [1], change: { do: 'assign', to: 'ann' } });
  await change({ ids: [1], change: { do: 'bookmark', on: true } });
  for (const query of ['assigned:ann bookmarks:me', 'assigned:[ann,me]']) assert.equal(titles(await ask<IssuesAnswer>(app, search(query))).length, 1, query);
  assert.deepEqual(await change({ query: 'is:archived', change: { do: 'resolve' } }), { changed: 0, undo: '' });
  assert.deepEqual(await change({ ids: [1], change: { do: 'discard' } }), { changed: 1, undo: '' });
  assert.equal((await ask<IssuesAnswer>(app, '/api/v1/issues')).total, 2);
});

void test('one issue is told with its tags, its hashes and what was done, and its events say why they are there', async (t) => {
  const { app } = await build(t);
  const [{ shortId }] = (await ask<IssuesAnswer>(app, search('level:error'))).issues;
  const answer = await ask<IssueAnswer>(app, `/api/v1/issues/${shortId}`);
  assert.deepEqual(
    answer.tags.map(({ key }) => key),
    ['browser', 'release', 'environment', 'user', 'level', 'error.type', 'handled', 'mechanism'],
  );
  assert.deepEqual(answer.tags.find(({ key }) => key === 'release')?.values, [
    { value: 'shop@1.4.0', count: 1 },
    { value: 'shop@1.5.0', count: 1 },
  ]);
  assert.deepEqual(
    answer.hashes.map(({ title, events, mergedFrom }) => [title, events, mergedFrom]),
    [[TYPE, 2, '']],
  );
  assert.deepEqual(
    answer.activity.map(({ kind }) => kind),
    ['first_seen'],
  );
  assert.equal(
    answer.issue.trend.reduce((sum, count) => sum + count, 0),
    2,
  );
  const listed = await ask<IssueEventsAnswer>(app, `/api/v1/issues/${shortId}/events?query=${encodeURIComponent('user.email:bob@example.com')}`);
  assert.deepEqual(
    listed.events.map(({ eventId, release, user }) => [eventId.slice(-1), release, user]),
    [['3', 'shop@1.5.0', 'email:bob@example.com']],
  );
  const first = await ask<EventAnswer>(app, `/api/v1/issues/${shortId}/events/oldest`);
  assert.deepEqual([first.place, first.kept, first.previous, first.next.slice(-1)], [1, 2, '', '3']);
  assert.equal(first.event.user?.email, 'ann@example.com');
  assert.equal(first.grouping.hash, answer.hashes[0].hash);
  assert.match(first.grouping.sentences[0], /^Grouped by .*in-app frame.*shop\.js/);
  const dashed = first.event.event_id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-').toUpperCase();
  assert.equal((await ask<EventAnswer>(app, `/api/v1/issues/${shortId}/events/${dashed}`)).event.event_id, first.event.event_id);
  const windowed = await ask<IssueAnswer>(app, `/api/v1/issues/${shortId}?from=-1min`);
  assert.deepEqual([windowed.issue.events, windowed.issue.users, windowed.issue.allEvents], [0, 0, 2]);
});

void test('issues become one and part again, and people say something about them', async (t) => {
  const { app, deps } = await build(t);
  const [stock, typed] = (await ask<IssuesAnswer>(app, '/api/v1/issues')).issues;
  const merged = await ask<IssueAnswer>(app, `/api/v1/issues/${typed.id}/merge`, 'POST', { ids: [stock.id] });
  assert.deepEqual([merged.issue.allEvents, merged.hashes.map(({ mergedFrom }) => mergedFrom).toSorted()], [3, ['', stock.shortId]]);
  assert.equal((await ask<IssueAnswer>(app, `/api/v1/issues/${stock.shortId}`)).issue.id, typed.id);
  const { hash } = merged.hashes.find(({ mergedFrom }) => mergedFrom !== '') ?? { hash: '' };
  const parted = await ask<IssueAnswer>(app, `/api/v1/issues/${typed.id}/unmerge`, 'POST', { hashes: [hash] });
  assert.deepEqual([parted.issue.title, parted.issue.allEvents], [STOCK, 1]);
  await refused(app, `/api/v1/issues/${parted.issue.id}/unmerge`, 409, /./, 'POST', { hashes: [hash] });
  const said = await app.inject({
    method: 'POST',
    url: `/api/v1/issues/${typed.id}/comments`,
    headers: { ...LOCAL, authorization: `Basic ${Buffer.from('ann:').toString('base64')}` },
    payload: { text: ' looked at it ' },
  });
  const { activity, issue } = said.json<IssueAnswer>();
  assert.deepEqual([activity[0].text, activity[0].by, issue.comments], ['looked at it', 'ann', 1]);
  const other = await deps.catalog.addProject('Other');
  await deps.errors.add([{ ...newEvent(9, 'E: other', 'z'), project: Number(other.id), slug: other.slug }]);
  const [far] = (await ask<IssuesAnswer>(app, '/api/v1/issues?project=other')).issues;
  await refused(app, `/api/v1/issues/${typed.id}/merge`, 400, /of different projects/, 'POST', { ids: [far.id] });
});

void test('a search is completed by keys, states, tags and their values', async (t) => {
  const { app } = await build(t);
  const complete = async (text: string): Promise<[number, ...string[]]> => {
    const { start, offers } = await ask<IssuesCompletion>(app, `/api/v1/issues/complete?project=default&text=${encodeURIComponent(text)}`);
    return [start, ...offers.map(({ text }) => text)];
  };
  assert.deepEqual(await complete('is:unresolved re'), [14, 'release:']);
  assert.deepEqual(await complete('bro'), [0, 'browser:']);
  assert.deepEqual(await complete('browser:f'), [8, 'Firefox']);
  assert.deepEqual(await complete('!level:fa'), [7, 'fatal']);
  assert.deepEqual(await complete('environment:'), [12, 'production', 'staging']);
  assert.deepEqual(await complete('project:d'), [8, 'default']);
  assert.deepEqual(await complete('release:[shop@1.4.0,shop@1.5'), [20, 'shop@1.5.0']);
});

void test('events and new issues are counted over time', async (t) => {
  const { app } = await build(t);
  const { rows, newIssues, step, start } = await ask<ErrorCountsAnswer>(app, '/api/v1/errors/counts?from=-6h&by=environment');
  const slot = (THEN - start) / step;
  assert.deepEqual(Object.fromEntries(rows.map(({ name, events }) => [name, events[slot]])), { production: 3, staging: 1 });
  assert.deepEqual([newIssues[slot], step], [3, 3_600_000]);
  const one = await ask<ErrorCountsAnswer>(app, '/api/v1/errors/counts?issue=1&project=default');
  assert.equal(
    one.rows[0].events.reduce((sum, count) => sum + count, 0),
    1,
  );
});
