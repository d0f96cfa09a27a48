import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { DashboardFiles } from '../../dashboards/files.ts';
import { Shelf } from '../../dashboards/shelf.ts';
import { answerRender } from '../../query/answer.ts';
import { DEFAULT_LIMITS } from '../../query/budget.ts';
import { MemoryReader } from '../../query/testing/memory-reader.ts';
import { answerError } from '../errors.ts';
import { COMPILERS } from '../parameters.ts';
import { graphiteRoutes } from './routes.ts';

const MINUTE = 60_000;
const UNTIL = Date.UTC(2026, 10, 22);
const removed: string[] = [];

const NAMES = [
  'web.a.cpu.user',
  'web.a.cpu.idle',
  'web.a.load',
  'web.b.load',
  'web.b',
  'db.load',
  'conf_cpu;dc=x;host=h1',
  'conf_cpu;dc=x;host=h2',
  'conf_cpu;dc=y;host=h1',
  'conf_mem;dc=x;host=h1;rack=r1',
];

function build(extra: readonly string[] = []): FastifyInstance {
  const values = Array.from({ length: 60 }, (_, i) => i + 1);
  const reader = new MemoryReader([...NAMES, ...extra].map((name) => ({ name, step: MINUTE, start: UNTIL - 59 * MINUTE, values })));
  const app = Fastify({ schemaController: { compilersFactory: COMPILERS } });
  app.setErrorHandler((error, _, reply) => {
    const { status, answer } = answerError(error);
    return reply.code(status).send(answer);
  });
  void app.register(graphiteRoutes, {
    reader,
    // Events have tests of their own.
    facts: { add: () => false, find: async () => [], sync: async () => undefined },
    // So have dashboards.
    dashboards: new Shelf({
      files: new DashboardFiles('/nonexistent'),
      saved: { dashboards: async () => [], dashboard: async () => undefined, saveDashboard: async () => undefined, removeDashboard: async () => false },
      automatic: [],
      exists: async () => false,
    }),
    query: {
      render: (params, { signal, part } = {}) =>
        answerRender(params, {
          reader,
          limits: DEFAULT_LIMITS,
          now: UNTIL,
          timeZone: 'UTC',
          signal,
          part: part && ((rendered) => part({ status: 200, ...rendered })),
        }),
    },
    remove: async (patterns) => removed.push(...patterns),
  });
  return app;
}

const app = build();

async function get(url: string): Promise<unknown> {
  const answer = await app.inject(url);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json<unknown>();
}

async function status(url: string): Promise<number> {
  return (await app.inject(url)).statusCode;
}

const WINDOW = `from=${UNTIL / 1000 - 180}&until=${UNTIL / 1000}`;

void test('render answers the same by GET, by form and by JSON', async () => {
  const expected = [
    {
      target: 'scale(db.load,2)',
      tags: { name: 'db.load', scale: '2.0' },
      datapoints: [58, 59, 60].map((value, i) => [value * 2, UNTIL / 1000 - 120 + i * 60]),
    },
  ];
  assert.deepEqual(await get(`/render?target=scale(db.load,2)&${WINDOW}&format=json`), expected);
  const form = {
    method: 'POST',
    url: '/render/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `target=scale(db.load%2C2)&${WINDOW}&format=json`,
  } as const;
  assert.deepEqual((await app.inject(form)).json(), expected);
  const json = { target: ['scale(db.load,2)'], from: UNTIL / 1000 - 180, until: UNTIL / 1000, format: 'json' };
  assert.deepEqual((await app.inject({ method: 'POST', url: '/render', payload: json })).json(), expected);
  assert.equal((await app.inject({ method: 'POST', url: '/render', payload: { target: [{ a: 1 }] } })).statusCode, 400);
});

void test('render takes target[], templates and jsonp', async () => {
  const rows = (await get(`/render?target[]=db.load&target[]=template(web.$h.load)&template[h]=b&${WINDOW}&format=json`)) as { target: string }[];
  assert.deepEqual(
    rows.map((row) => row.target),
    ['db.load', 'web.b.load'],
  );
  const jsonp = await app.inject(`/render?target=none&${WINDOW}&format=json&jsonp=a.cb`);
  assert.equal(jsonp.body, 'a.cb([])');
  assert.match(String(jsonp.headers['content-type']), /^text\/javascript/);
  assert.equal(await status(`/render?target=none&${WINDOW}&format=json&jsonp=alert(1)//`), 400);
});

void test('a long answer comes whole, with the headers of any other', async () => {
  const payload = { target: Array.from({ length: 1000 }, () => 'db.load'), from: UNTIL / 1000 - 3600, until: UNTIL / 1000, format: 'json' };
  const answer = await app.inject({ method: 'POST', url: '/render', payload });
  assert.equal(answer.headers['content-length'], undefined, 'it came in parts');
  assert.deepEqual([answer.statusCode, answer.headers['content-type']], [200, 'application/json']);
  const [first] = (await get(`/render?target=db.load&from=${payload.from}&until=${payload.until}&format=json`)) as unknown[];
  assert.deepEqual(
    answer.json(),
    payload.target.map(() => first),
  );
});

void test('render says which formats there are', async () => {
  const answer = await app.inject('/render?target=a&format=gif');
  assert.equal(answer.statusCode, 400);
  assert.match(answer.body, /formats are png, svg, pdf, json, csv, raw/);
  assert.match((await app.inject(`/render?target=db.load&${WINDOW}&rawData=true`)).body, /^db\.load,\d+,\d+,60\|58,59,60\n$/);
});

void test('render draws a picture unless numbers are asked for, and says in words what is wrong with one', async () => {
  const types = { '': 'image/png', '&format=png': 'image/png', '&format=svg': 'image/svg+xml', '&format=pdf': 'application/pdf' };
  for (const [format, type] of Object.entries(types)) {
    const answer = await app.inject(`/render?target=db.load&${WINDOW}${format}&width=300`);
    assert.deepEqual([answer.statusCode, answer.headers['content-type']], [200, type]);
    assert.equal(answer.headers['cross-origin-resource-policy'] === 'same-site', type.startsWith('image/'), 'pages of the same site may show it');
  }
  assert.match((await app.inject(`/render?target=db.load&${WINDOW}&format=svg`)).body, />db\.load</);
  for (const wrong of ['width=0', "target=color(db.load,'nope')", 'target=nope(db.load)']) {
    const answer = await app.inject(`/render?target=db.load&${WINDOW}&${wrong}`);
    assert.deepEqual([answer.statusCode, answer.headers['content-type']], [400, 'text/plain; charset=utf-8'], wrong);
  }
});

void test('find answers a level of the tree, branches first and equal names once', async () => {
  const entry = (id: string, branch: number, leaf: number): object => ({ text: id.split('.').at(-1), id, allowChildren: branch, expandable: branch, leaf });
  assert.deepEqual(await get('/metrics/find?query=web.*'), [entry('web.a', 1, 0), entry('web.b', 1, 1)]);
  assert.deepEqual(await get('/metrics/find?query=web.a.*'), [entry('web.a.cpu', 1, 0), entry('web.a.load', 0, 1)]);
  assert.deepEqual(await get('/metrics/?query=*.load&wildcards=1'), [entry('*.load', 0, 1)]);
  assert.deepEqual(await get('/metrics/find?query=web.*.load&wildcards=1'), [{ ...entry('web.*.*', 0, 1) }, entry('web.*.load', 0, 1)]);
  assert.deepEqual(await get('/metrics/find?query=web.a.*&leavesOnly=1'), [{ text: 'load', id: 'web.a.load', allowChildren: 0, expandable: 0, leaf: 1 }]);
  assert.equal(await status('/metrics/find?query=*&format=nosuch&format=json'), 200, 'the last one counts');
  assert.deepEqual(await get('/metrics/find?query=web.*.load&format=nodelist'), { nodes: ['load'] });
  assert.deepEqual(await get('/metrics/find?query=web.*.load&format=nodelist&position=-2'), { nodes: ['a', 'b'] });
  assert.deepEqual(await get('/metrics/find?query=web.*.load&format=nodelist&position=9'), { nodes: [] });
  assert.equal(await status('/metrics/find?query=*&format=nodelist&position=x'), 400);
  assert.deepEqual(await get('/metrics/find?query=web.*.load&format=nodelist&position=1'), { nodes: ['a', 'b'] });
  assert.equal(await status('/metrics/find'), 400);
  assert.equal(await status('/metrics/find?query=*&format=nosuch'), 400);
});

void test('find tells branches and leaves apart, and when leaves may have values', async () => {
  type Found = { path: string; is_leaf: boolean; intervals?: { start: number; end: number }[] };
  const found = (await get('/metrics/find?query=web.*&format=json')) as Found[];
  assert.deepEqual(
    found.map(({ path, is_leaf: leaf }) => [path, leaf]),
    [
      ['web.a', false],
      ['web.b', false],
      ['web.b', true],
    ],
    'web.b is both',
  );
  assert.equal(found[0].intervals, undefined);
  assert.ok(found[2].intervals![0].end > UNTIL / 1e6);
});

void test('JSON is indented for eyes', async () => {
  for (const url of ['/metrics/find?query=web.*&pretty=1', '/tags/dc?pretty=1', '/functions/sum?pretty=true', '/metrics/expand?query=db.*&pretty=1']) {
    const { body } = await app.inject(url);
    assert.match(body, /\n {2}/, url);
    assert.deepEqual(JSON.parse(body), await get(url.replace('pretty', 'other')), url);
  }
  assert.match((await app.inject('/functions/keepLastValue?pretty=1')).body, /"default": 1e9999/);
});

void test('a form in parts and a body that is called nothing are read as forms', async () => {
  const form = new FormData();
  form.append('query', 'web.a.*');
  form.append('leavesOnly', '1');
  form.append('file', new Blob(['query=db.*']), 'x');
  const parts = new Response(form);
  const posted = { method: 'POST', url: '/metrics/find' } as const;
  const type = String(parts.headers.get('content-type'));
  const answer = await app.inject({ ...posted, headers: { 'content-type': type }, payload: Buffer.from(await parts.arrayBuffer()) });
  assert.deepEqual(
    answer.json<{ id: string }[]>().map(({ id }) => id),
    ['web.a.load'],
  );
  for (const headers of [{ 'content-type': 'text/plain' }, {}]) {
    const plain = await app.inject({ ...posted, headers, payload: 'query=db.*' });
    assert.deepEqual(
      plain.json<{ id: string }[]>().map(({ id }) => id),
      ['db.load'],
    );
  }
  for (const header of [type, 'multipart/form-data', 'multipart/form-data; boundary=']) {
    const broken = await app.inject({ ...posted, headers: { 'content-type': header }, payload: '--x\r\nnonsense' });
    assert.equal(broken.statusCode, 400);
    assert.equal(broken.json<{ message: string }>().message, "cannot read the request's body: its form has no parts that can be told apart");
  }
});

void test('find completes what is being typed', async () => {
  assert.deepEqual(await get('/metrics/find?query=web.a.c&format=completer'), { metrics: [{ path: 'web.a.cpu.', name: 'cpu', is_leaf: '0' }] });
  assert.deepEqual(await get('/metrics/find?query=db.lo&format=completer'), { metrics: [{ path: 'db.load', name: 'load', is_leaf: '1' }] });
  const completed = async (query: string): Promise<unknown> =>
    ((await get(`/metrics/find?query=${query}&format=completer`)) as { metrics: { path?: string }[] }).metrics.map(({ path }) => path);
  assert.deepEqual(await completed('web.'), ['web.a.', 'web.b.', 'web.b']);
  assert.deepEqual(await completed('web.b&wildcards=1'), ['web.b.', 'web.b', undefined], 'a star is offered where several are');
  assert.deepEqual(await completed('d..lo'), ['db.load'], 'two dots end what was begun');
  assert.deepEqual(await completed('web.a,b.load&automatic_variants=1'), ['web.a.load', 'web.b.load']);
  assert.deepEqual(await completed('web.a,b.load'), []);
});

void test('expand answers whole paths, together or by query', async () => {
  assert.deepEqual(await get('/metrics/expand?query=web.*&query=web.b'), { results: ['web.a', 'web.b'] });
  assert.deepEqual(await get('/metrics/expand?query=web.*&query=db.*&groupByExpr=1&leavesOnly=1'), { results: { 'web.*': ['web.b'], 'db.*': ['db.load'] } });
  assert.equal((await app.inject('/metrics/expand?query=__proto__&groupByExpr=1')).body, '{"results":{"__proto__":[]}}');
  assert.deepEqual(await get('/metrics/expand'), { results: [] });
  assert.equal(await status(`/metrics/expand?${'query=a&'.repeat(1001)}`), 400);
});

void test('the index streams every name, and long lists are whole', async () => {
  const many = Array.from({ length: 12_345 }, (_, i) => `many.n${String(i).padStart(5, '0')}`);
  const large = build(many);
  const names = (await large.inject('/metrics/index.json')).json<string[]>();
  assert.deepEqual(names.toSorted(), [...NAMES, ...many].toSorted());
  const nodes = (await large.inject('/metrics/find?query=many.*')).json<{ text: string }[]>();
  assert.deepEqual(
    nodes.map((node) => `many.${node.text}`),
    many,
  );
  const jsonp = await large.inject('/metrics/expand?query=many.*&jsonp=cb');
  assert.match(jsonp.body, /^cb\(\{"results":\[.*\]\}\)$/);
});

void test('tags are listed, counted, searched and completed', async () => {
  assert.deepEqual(await get('/tags?filter=[dr]'), [{ tag: 'dc' }, { tag: 'rack' }]);
  assert.deepEqual(await get('/tags/dc'), {
    tag: 'dc',
    values: [
      { count: 3, value: 'x' },
      { count: 1, value: 'y' },
    ],
  });
  assert.deepEqual(await get('/tags/host?filter=h2$'), { tag: 'host', values: [{ count: 1, value: 'h2' }] });
  assert.equal(await get('/tags/nosuch'), null);
  assert.deepEqual(await get('/tags/findSeries?expr=name=conf_cpu&expr=dc!=y'), ['conf_cpu;dc=x;host=h1', 'conf_cpu;dc=x;host=h2']);
  assert.deepEqual(await get('/tags/autoComplete/tags?expr=name=conf_mem'), ['dc', 'host', 'rack']);
  assert.deepEqual(await get('/tags/autoComplete/tags?expr[]=name=conf_mem&tagPrefix=r'), ['rack']);
  assert.deepEqual(await get('/tags/autoComplete/values?tag=host&valuePrefix=h&limit=1'), ['h1']);
  assert.deepEqual(await get('/tags/autoComplete/values?tag=dc&expr=host!=h1'), ['x']);
  for (const url of ['/tags/findSeries', '/tags/findSeries?expr=dc!=x', '/tags/autoComplete/values', '/tags?filter=('])
    assert.equal(await status(url), 400, url);
});

void test('series are forgotten by their exact names only', async () => {
  const payload = 'path=a.*%5Bx%5D&path=cpu;b=2;a=1';
  const answer = await app.inject({ method: 'POST', url: '/tags/delSeries', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload });
  assert.equal(answer.body, 'true');
  assert.deepEqual(removed, [String.raw`a.\*\[x]`, 'cpu;a=1;b=2']);
  const announced = await app.inject({ method: 'POST', url: '/tags/tagSeries', payload: { path: 'cpu;b=2;a=1' } });
  assert.equal(announced.body, '"cpu;a=1;b=2"');
  const many = { method: 'POST', url: '/tags/tagMultiSeries', headers: { 'content-type': 'application/x-www-form-urlencoded' } } as const;
  assert.deepEqual((await app.inject({ ...many, payload: 'path[]=b;y=1;x=2&path[]=a' })).json(), ['b;x=2;y=1', 'a']);
  assert.equal((await app.inject({ ...many, payload: 'x=1' })).statusCode, 400);
});

void test('links to the pages of graphite-web lead to ours', async () => {
  for (const [url, location] of [
    ['/composer/?target=a.*&target=sum(b)&width=800', '/metrics?target=a.*&target=sum%28b%29'],
    ['/composer', '/metrics'],
    ['/graphlot/?target[]=a&from=-2hours', '/metrics?target=a&from=-2h'],
    ['/browser/header', '/metrics'],
    ['/cli/', '/metrics'],
    ['/dashboard', '/dashboards'],
    ['/dashboard/', '/dashboards'],
    ['/dashboard/help', '/dashboards'],
    ['/dashboard/Web%20servers?theme=dark', '/dashboards/web-servers'],
    ['/dashboard/%2F%2Fevil.example.com', '/dashboards/evil-example-com'],
    ['/dashboard/Template/host%201', '/dashboards/template'],
  ]) {
    const answer = await app.inject(url);
    assert.deepEqual([answer.statusCode, answer.headers.location], [302, location], url);
  }
  for (const url of ['/dashboard/save/x', '/dashboard/delete/x']) assert.equal(await status(url), 404);
});

void test('functions are described with their parameters', async () => {
  const { function: signature, params } = (await get('/functions/summarize')) as { function: string; params: unknown[] };
  assert.equal(signature, "summarize(seriesList, intervalString, func='sum', alignToFrom=False)");
  const { options, ...func } = params[2] as { options: string[] };
  assert.deepEqual(func, { name: 'func', type: 'aggFunc', required: false, default: 'sum' });
  assert.ok(options.includes('median'), 'editors offer the aggregations');
  assert.equal(((await get('/functions')) as Record<string, { function: string }>).sum.function, 'sum(*seriesLists)');
  assert.ok('sortByName' in ((await get('/functions?grouped=1')) as Record<string, object>).Sorting);
  assert.match((await app.inject('/functions/keepLastValue')).body, /"default":1e9999/);
  assert.equal(await status('/functions/nosuch'), 404);
  assert.deepEqual(
    Object.keys((await get('/functions?group=Sorting')) as object).length,
    Object.keys(((await get('/functions?grouped=true')) as { Sorting: object }).Sorting).length,
  );
  assert.equal((await app.inject('/version')).body, '1.1.10');
});
