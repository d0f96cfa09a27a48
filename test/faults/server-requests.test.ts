import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { eventually, renderValues, startServer, type RunningServer } from '../harness/server.ts';
import { connectTo, nowOf, residentMegabytes, sendAll, takenBy, write } from './journey.fixture.ts';

const SERIES = 100_000;
/** Memory that all attacks together may add, megabytes: an answer of 30 million points is in it. */
const MOST_GROWTH = 900;

let server: RunningServer;
let calm = 0;

before(async () => {
  server = await startServer();
  for (let part = 0; part < 10; part++) {
    let lines = '';
    for (let i = 0; i < SERIES / 10; i++) lines += `wide.${part}.group${i % 100}.series${i} 1 -1\n`;
    await sendAll(server.port('carbon'), lines);
  }
  await sendAll(server.port('carbon'), `a.b 1 -1\n${'a'.repeat(200)}! 1 -1\nshop.orders;dc=${'a'.repeat(100)};host=web1 1 -1\n`);
  await eventually(
    () => takenBy(server, 'carbon'),
    (taken) => taken >= SERIES,
  );
  await eventually(
    () => renderValues(server, 'a.b'),
    (values) => values.includes(1),
  );
  calm = residentMegabytes(server);
});

after(async () => {
  assert.ok(residentMegabytes(server) - calm < MOST_GROWTH, `${residentMegabytes(server)} MB are resident after all attacks, ${calm} before`);
  assert.equal(await server.stop(), 0);
});

interface Answer {
  status: number;
  body: string;
}

/** Asks, and asks something harmless meanwhile, which must be answered first. */
async function ask(path: string, init?: RequestInit): Promise<Answer> {
  const order: string[] = [];
  const hostile = fetch(server.url + path, init).then(async (response) => {
    const body = await response.text();
    order.push('hostile');
    return { status: response.status, body };
  });
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  await nowOf(server);
  return hostile;
}

const render = (target: string, more = ''): Promise<Answer> =>
  ask('/render', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `format=json&target=${encodeURIComponent(target)}${more}`,
  });

/** Refused by design, in words; or answered, which is as good. */
function assertSettled({ status, body }: Answer, what: string): void {
  assert.ok([200, 400, 404, 413, 422, 503].includes(status), `${what}: ${status} ${body.slice(0, 200)}`);
  if (status !== 200) assert.match(body, /cannot /, what);
  assert.ok(!/took longer than|broke down/.test(body), `${what} ran into the last defence: ${body.slice(0, 200)}`);
}

const nest = (depth: number, inner: string): string => `${'absolute('.repeat(depth)}${inner}${')'.repeat(depth)}`;

const TARGETS: Record<string, [target: string, more?: string]> = {
  '10,000 nested calls': [nest(10_000, 'a.b')],
  '300 nested calls': [nest(300, 'a.b')],
  '10,000 open parentheses': ['('.repeat(10_000)],
  '10,000 open calls': ['sin('.repeat(10_000)],
  'a brace bomb': ['{a,b}{c,d}{e,f}'.repeat(20)],
  'nested braces': [`${'{a,'.repeat(1000)}b${'}'.repeat(1000)}`],
  'a brace bomb in levels': [Array(20).fill('{a,b,c,d,e,f,g,h}').join('.')],
  'all names': ['*.*.*.*'],
  'stars upon stars': [`${'*'.repeat(2000)}.${'*a'.repeat(500)}`],
  'many stars that nearly match': [`wide.*.*.${'*s*e*r*i*e*s'.repeat(20)}x`],
  'a class without end': ['wide.[' + 'a-z'.repeat(3000)],
  'all sums': ['sumSeries(*.*.*.*)'],
  'a sine over a century': ["sinFunction('x',1,1)", '&from=-100y'],
  'all names over a century': ['*.*.*.*', '&from=-100y'],
  'points without end': ['a.b', '&maxDataPoints=1000000000&from=-100y'],
  'a catastrophic grep': [`grep(*,'^(a+)+$')`],
  'a catastrophic grep over everything': [`grep(*.*.*.*,'(.*)*(.*)*(.*)*x{1000}')`],
  'a catastrophic grep over 10,000 names': [`grep(wide.1.*.*,'(.*)*(.*)*(.*)*x{1000}')`],
  'a catastrophic exclude over 10,000 names': [`exclude(wide.1.*.*,'([a-z0-9.]+)+!')`],
  'a catastrophic tag over all names': [`seriesByTag('name=~(.*)*(.*)*(.*)*x{500}')`],
  'a huge count': [`grep(*,'(((a{1,999}){1,999}){1,999}){1,999}')`],
  'a catastrophic seriesByTag': [`seriesByTag('dc=~^(a+)+$')`],
  'a catastrophic alternative': [`seriesByTag('dc=~(a|a)*(a|a)*(a|a)*b')`],
  'a catastrophic aliasSub': [`aliasSub(*,'(a*)*b','x')`],
  'a stack of time': [`timeStack(a.b,'1d',0,1000000000)`],
  'a shift of ages': [`timeShift(a.b,'1000000000d')`],
  'a huge window': [`movingAverage(a.b,1000000000)`],
  'a window of ages': [`movingAverage(a.b,'100000d')`, '&from=-1y'],
  'a random walk': [`randomWalk('x',0)`, '&from=-100y'],
  'a summary of nothing': [`summarize(a.b,'0s')`],
  'a summary of ages': [`summarize(a.b,'1s')`, '&from=-100y'],
  'a limit of negatives': ['limit(*.*.*.*,-1000000000)'],
  'an exponent': ['scale(a.b,1e308)'],
  'NUL and controls': ['a.\u0000\u0001\u001b[31m.b'],
  'a quoted end': [`alias(a.b,'`],
  'prototype names': ['__proto__(constructor.prototype)'],
  'time upside down': ['a.b', '&from=now&until=-100y'],
  'time that is none': ['a.b', '&from=%00&until=99999999999999999999'],
};

for (const [what, [target, more]] of Object.entries(TARGETS))
  test(`render: ${what}`, async () => {
    assertSettled(await render(target, more), what);
    assert.ok((await renderValues(server, 'a.b', '-1h')).includes(1));
  });

test('render: bytes that are no UTF-8', async () => {
  assertSettled(await ask('/render?format=json&target=a.%ED%A0%80.b&target=%FF%FE&target=%zz'), 'no UTF-8');
});

test('a thousand targets at once, and more than that', async () => {
  assertSettled(await render('a.b', '&target=a.b'.repeat(1001)), 'too many targets');
  assertSettled(await render('a.b', `&target=${encodeURIComponent('sumSeries(wide.*.*.*)')}`.repeat(50)), 'fifty sums');
});

test('find, expand, tags and search take hostile patterns', async () => {
  for (const query of ['*.*.*.*', '{a,b}'.repeat(40), `${'{a,'.repeat(500)}b${'}'.repeat(500)}`, '*a'.repeat(500), '[', '[z-a]', '..'.repeat(2000)])
    for (const path of ['/metrics/find?query=', '/metrics/expand?query=', '/api/v1/tree?path=', '/api/v1/search?q='])
      assertSettled(await ask(path + encodeURIComponent(query)), `${path}${query.slice(0, 20)}`);
  for (const expression of ['dc=~^(a+)+$', 'dc=~(a|a)*b', 'dc=~' + '('.repeat(5000), 'dc!=~.*', '=', 'name=~.*.*.*.*x'])
    for (const path of ['/tags/findSeries?expr=', '/tags/autoComplete/tags?expr=', '/tags/autoComplete/values?tag=dc&expr='])
      assertSettled(await ask(path + encodeURIComponent(expression)), `${path}${expression.slice(0, 20)}`);
  assertSettled(await ask(`/tags?filter=${encodeURIComponent('(a+)+$')}`), 'a filter');
});

test('many hostile questions at once hold up nobody', async () => {
  const hostile = Array.from({ length: 40 }, (_, i) =>
    render(['*.*.*.*', `grep(*.*.*.*,'(.*)*x')`, nest(10_000, 'a.b'), 'sumSeries(*.*.*.*)'][i % 4], '&from=-1y'),
  );
  for (let i = 0; i < 5; i++) {
    await nowOf(server);
    await server.json('/metrics/find?query=a.*');
  }
  for (const answer of await Promise.all(hostile)) assertSettled(answer, 'one of many');
});

test('a body of a gigabyte is refused before any of it is read', async () => {
  for (const path of ['/render', '/metrics/find', '/api/v1/projects', '/tags/tagSeries'])
    assert.match(
      await raw(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${1 << 30}\r\n\r\n`),
      /^HTTP\/1\.1 413 /,
      path,
    );
});

test('a body of unknown length is refused at the bound', async () => {
  const status = await new Promise<number>((resolve) => {
    const posted = request(`${server.url}/api/v1/projects`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
    });
    posted.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
      posted.destroy();
    });
    posted.on('error', () => resolve(413));
    const chunk = Buffer.alloc(65_536, 0x20);
    const more = (): void => {
      while (!posted.destroyed && posted.write(chunk));
      posted.once('drain', more);
    };
    more();
  });
  assert.equal(status, 413);
});

test('JSON of 10,000 levels, of prototypes, and none at all', async () => {
  const post = (body: string): Promise<Answer> => ask('/api/v1/projects', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  for (const body of [
    '['.repeat(10_000) + ']'.repeat(10_000),
    `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    '{"__proto__":{"isAdmin":true},"name":"x"}',
    '{',
    '',
    '"x"',
    'null',
    '{"name":{"toString":1}}',
    `{"name":"${'x'.repeat(500_000)}"}`,
  ]) {
    const answer = await post(body);
    assert.ok([400, 413].includes(answer.status), `${answer.status} for ${body.slice(0, 50)}`);
  }
  for (const path of ['/render', '/metrics/find'])
    assertSettled(
      await ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"target":${'['.repeat(10_000)}${']'.repeat(10_000)}}` }),
      path,
    );
  assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined);
});

/** The first bytes of what a raw request is answered. */
async function raw(head: string): Promise<string> {
  const socket = await connectTo(Number(new URL(server.url).port));
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString('latin1')));
  socket.write(head);
  await Promise.race([
    once(socket, 'close').catch(() => undefined),
    eventually(
      async () => answer,
      (text) => text.includes('\r\n'),
    ),
  ]);
  socket.destroy();
  return answer.slice(0, 100);
}

test('huge heads, odd methods and garbage are refused', async () => {
  const host = 'Host: 127.0.0.1\r\n';
  assert.match(await raw(`GET / HTTP/1.1\r\n${host}x: ${'y'.repeat(100_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
  assert.match(await raw(`GET /${'a'.repeat(100_000)} HTTP/1.1\r\n${host}\r\n`), /^HTTP\/1\.1 (431|414) /);
  assert.match(await raw(`GET / HTTP/1.1\r\n${host}${'a: b\r\n'.repeat(5000)}\r\n`), /^HTTP\/1\.1 431 /);
  assert.match(await raw('BREW / HTTP/1.1\r\n\r\n'), /^HTTP\/1\.1 4\d\d /);
  assert.match(await raw('\u0000\u0001\u0002\r\n\r\n'), /^HTTP\/1\.1 400 /);
  assert.match(await raw(`POST /render HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`), /^HTTP\/1\.1 400 /);
});

test('thousands of slow and idle connections keep nobody out', async () => {
  const port = Number(new URL(server.url).port);
  const slow: Socket[] = [];
  for (let i = 0; i < 1500; i++) {
    const socket = await connectTo(port);
    if (i % 2) await write(socket, 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
    slow.push(socket);
  }
  for (let i = 0; i < 5; i++) {
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    assert.ok((await renderValues(server, 'a.b', '-1h')).includes(1));
  }
  const gone = await eventually(
    async () => slow.filter((socket) => socket.closed || socket.readableEnded || socket.destroyed).length,
    (count) => count > 500,
  );
  assert.ok(gone > 500, 'the oldest have made room');
  for (const socket of slow) socket.destroy();
});
