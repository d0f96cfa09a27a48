import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRange, type Range } from '../../web/words/range.ts';
import { startServer, type RunningServer } from '../harness/server.ts';

/** Where a link to graphite-web leads, as our page reads its address. */
async function follow(server: RunningServer, link: string): Promise<{ path: string; targets: string[]; range: Range }> {
  const answer = await fetch(server.url + link, { redirect: 'manual' });
  assert.equal(answer.status, 302, link);
  const { origin, pathname, searchParams } = new URL(answer.headers.get('location') ?? '', server.url);
  assert.equal(origin, server.url);
  return { path: pathname, targets: searchParams.getAll('target'), range: parseRange(searchParams.get('from'), searchParams.get('until')) };
}

test('links to the pages of graphite-web show the same graphs in our page', async () => {
  await using server = await startServer();
  const composer = '/composer/?width=586&height=308&target=alias(sumSeries(servers.*.load)%2C%22a%20b%22)&target=b&from=-2hours&_salt=1448450000.1';
  assert.deepEqual(await follow(server, composer), {
    path: '/metrics',
    targets: ['alias(sumSeries(servers.*.load),"a b")', 'b'],
    range: { live: true, span: 7_200_000 },
  });
  const from = Date.UTC(2024, 0, 1);
  const day = await follow(server, '/graphlot/?target=a&from=00:00_20240101&until=00:00_20240102');
  assert.deepEqual(day.range, { live: false, from, until: from + 86_400_000, span: 86_400_000 });
  const yesterday = await follow(server, '/browser/?target=a&from=-2d&until=-1d');
  assert.deepEqual([yesterday.range.live, yesterday.range.span], [false, 86_400_000]);
  assert.equal((await follow(server, '/dashboard/Web%20servers')).path, '/dashboards/web-servers');
});
