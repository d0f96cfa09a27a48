import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { dashboardLink, metricsLink } from './old-links.ts';

const NOW = Date.UTC(2026, 10, 22, 14, 30, 15, 500);
const SECONDS = Math.floor(NOW / 1000);

function link(query: string): string {
  const params: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) (params[name] ??= []).push(value);
  return metricsLink(params, NOW);
}

test('targets come over as they were', () => {
  assert.equal(link(''), '/metrics');
  assert.equal(
    link('target=sumSeries(a.*.count)&target=&target=b%26c%23d&width=800&hideLegend=true'),
    '/metrics?target=sumSeries%28a.*.count%29&target=b%26c%23d',
  );
  assert.equal(link('query=cpu load'), '/metrics?q=cpu+load');
});

test('windows that move go on moving, others are fixed', () => {
  const noon = Date.UTC(2026, 10, 22, 12) / 1000;
  for (const [query, window] of [
    ['from=-2hours', 'from=-2h'],
    ['from=-2hours&until=now', 'from=-2h'],
    ['from=-90min', 'from=-90min'],
    ['from=now-1d6h', 'from=-30h'],
    ['from=-1mon', 'from=-30d'],
    ['from=-1y&until=-', ''],
    ['until=now', 'from=-1d'],
    ['from=-2h&until=-1h', `from=${SECONDS - 7200}&until=${SECONDS - 3600}`],
    ['from=noon', `from=${noon}&until=${SECONDS}`],
    ['from=00:00_20240101&until=23:59_20240101', `from=${Date.UTC(2024, 0, 1) / 1000}&until=${Date.UTC(2024, 0, 1, 23, 59) / 1000}`],
    ['from=00:00_20240101&until=00:00_20240102&tz=Europe/Berlin', `from=${Date.UTC(2023, 11, 31, 23) / 1000}&until=${Date.UTC(2024, 0, 1, 23) / 1000}`],
    ['from=1766000000&until=1766003600', 'from=1766000000&until=1766003600'],
    ['from=1766003600&until=1766000000', 'from=1766000000&until=1766003600'],
    ['from=1766000000&until=1766000000', ''],
    ['from=0&until=10', ''],
    ['from=soon', ''],
    ['from=-1h&from=-2h', 'from=-2h'],
  ])
    assert.equal(link(`target=a&${query}`), `/metrics?target=a${window && '&'}${window}`, query);
});

test('any link leads to our page and to nowhere else, with times that the page reads', () => {
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom('-1h', 'now', '//evil.example.com', '\r\nx: y', 'javascript:alert(1)', '18:00_20261120', '-9999y', '1e9'),
  );
  const params = fc.record({ target: fc.array(value), from: fc.array(value), until: fc.array(value), query: fc.array(value), tz: fc.array(value) });
  fc.assert(
    fc.property(params, (said) => {
      const address = metricsLink(said, NOW);
      assert.match(address, /^\/metrics(\?[\x21-\x7e]+)?$/);
      const url = new URL(address, 'http://heed.example.org');
      assert.deepEqual([url.host, url.hash], ['heed.example.org', '']);
      assert.match(
        `${url.searchParams.get('from') ?? ''} ${url.searchParams.get('until') ?? ''}`,
        /^(|-[1-9]\d{0,8}(s|min|h|d)|[1-9]\d{0,11} [1-9]\d{0,11}) ?$/,
      );
    }),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), value), (name) => {
      assert.match(dashboardLink(name), /^\/dashboards(\/[a-z0-9][a-z0-9-]*)?$/);
    }),
  );
});

test('dashboards are found by their names', () => {
  assert.equal(dashboardLink('Web / Überblick (prod)'), '/dashboards/web-uberblick-prod');
  assert.equal(dashboardLink('..//'), '/dashboards');
});
