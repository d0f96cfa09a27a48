import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../../core/errors.ts';
import { normaliseEvent } from '../event/normalise.ts';
import { describeEvent } from '../event/title.ts';
import { readSecurityReports } from './csp.ts';
import { blockedOrigin } from './csp-origin.ts';

const ARRIVAL = { received: Date.UTC(2026, 10, 22), newId: () => 'f'.repeat(32) };

const csp = (fields: object): object => ({
  'csp-report': {
    'document-uri': 'https://shop.test/cart?a=1',
    'violated-directive': "script-src 'self'",
    'original-policy': "script-src 'self'; report-uri /x",
    ...fields,
  },
});
const titleOf = (body: unknown): string => describeEvent(normaliseEvent(readSecurityReports(body).events[0], ARRIVAL)).title;

test('a report becomes an event with a title of what was blocked and from where', () => {
  const { events } = readSecurityReports(csp({ 'blocked-uri': 'https://evil.test/x.js', 'effective-directive': 'script-src-elem', 'line-number': 7 }));
  const event = normaliseEvent(events[0], ARRIVAL);
  assert.equal(event.type, 'csp');
  assert.equal(event.logentry?.formatted, "Blocked 'script' from 'evil.test'");
  assert.equal(event.culprit, 'script-src');
  assert.equal(event.request?.url, 'https://shop.test/cart');
  assert.equal(event.csp?.effective_directive, 'script-src');
  assert.equal(event.csp?.violated_directive, "script-src 'self'");
  assert.equal(event.csp?.line_number, 7);
  const { location, metadata } = describeEvent(event);
  assert.equal(location, 'https://shop.test/cart?a=1');
  assert.deepEqual(metadata, { message: "Blocked 'script' from 'evil.test'", directive: 'script-src', uri: 'evil.test' });
});

test('words and addresses of browsers are told apart', () => {
  for (const [blocked, title] of [
    ['inline', "Blocked inline 'script'"],
    ['eval', "Blocked eval 'script'"],
    ["'self'", "Blocked 'script' from this site itself"],
    ['https://shop.test/a.js', "Blocked 'script' from this site itself"],
    ['', "Blocked 'script' from this site itself"],
    ['data', "Blocked 'script' from 'data'"],
    ['data:text/javascript,x', "Blocked 'script' from 'data'"],
    ['blob:https://shop.test/1', "Blocked 'script' from 'blob'"],
    ['wss://live.test:8080/s', "Blocked 'script' from 'live.test:8080'"],
    ['cdn.test', "Blocked 'script' from 'cdn.test'"],
  ])
    assert.equal(titleOf(csp({ 'blocked-uri': blocked })), title, blocked);
  assert.equal(blockedOrigin(undefined, undefined), 'self');
});

test("the Reporting API's list is read, other reports of it are counted", () => {
  const body = {
    documentURL: 'https://shop.test/',
    blockedURL: 'https://img.test/a.png',
    effectiveDirective: 'img-src',
    sourceFile: 'https://shop.test/a.js',
    sample: '',
  };
  const reports = readSecurityReports([
    { type: 'csp-violation', age: 1, url: 'https://shop.test/', user_agent: 'Firefox', body },
    { type: 'deprecation', body: {} },
    'nonsense',
  ]);
  assert.equal(reports.other, 1);
  const event = normaliseEvent(reports.events[0], ARRIVAL);
  assert.equal(event.logentry?.formatted, "Blocked 'image' from 'img.test'");
  assert.deepEqual(event.request?.headers, [['User-Agent', 'Firefox']]);
});

test('what extensions do is noise', () => {
  for (const fields of [
    { 'blocked-uri': 'chrome-extension://abc/x.js' },
    { 'blocked-uri': 'moz-extension' },
    { 'blocked-uri': 'inline', 'source-file': 'safari-web-extension://x/y.js' },
  ])
    assert.deepEqual(readSecurityReports(csp(fields)), { events: [], noise: 1, other: 0 });
});

test('the other kinds of reports are kept by their names', () => {
  for (const [body, type, title] of [
    [{ 'expect-ct-report': { hostname: 'shop.test', port: 443 } }, 'expectct', "Expect-CT failed for 'shop.test'"],
    [{ 'expect-staple-report': { hostname: 'shop.test' } }, 'expectstaple', "Expect-Staple failed for 'shop.test'"],
    [{ hostname: 'shop.test', 'known-pins': ['a'] }, 'hpkp', "Public key pinning failed for 'shop.test'"],
  ] as const) {
    assert.equal(titleOf(body), title);
    assert.equal(normaliseEvent(readSecurityReports(body).events[0], ARRIVAL).type, type);
  }
});

test('whatever is posted, there are reports or a HeedError', () => {
  const any = fc.oneof(
    fc.jsonValue(),
    fc.jsonValue().map((value) => ({ 'csp-report': value })),
    fc.jsonValue().map((value) => [{ type: 'csp-violation', body: { blockedURL: value, documentURL: value, effectiveDirective: value } }]),
  );
  fc.assert(
    fc.property(any, (body) => {
      try {
        for (const event of readSecurityReports(body).events) assert.ok(describeEvent(normaliseEvent(event, ARRIVAL)).title !== '');
      } catch (error) {
        assert.ok(error instanceof HeedError);
      }
    }),
  );
});
