import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { hostOf, isLoopbackAddress, isLoopbackHost } from './hosts.ts';

test('this machine is known by every form of its address', () => {
  for (const address of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1', '::FFFF:127.0.0.1']) assert.equal(isLoopbackAddress(address), true, address);
  for (const address of [undefined, '', '10.0.0.1', '128.0.0.1', '::', '0.0.0.0', '127.0.0.1.evil.com', '127.1', '::ffff:10.0.0.1', 'localhost'])
    assert.equal(isLoopbackAddress(address), false, address);
});

test('a Host header is taken apart strictly', () => {
  for (const [header, host] of [
    ['localhost', 'localhost'],
    ['LocalHost:4400', 'localhost'],
    ['localhost.:80', 'localhost'],
    ['[::1]:4400', '::1'],
    ['heed.example.org', 'heed.example.org'],
    ['127.0.0.1@evil.com', undefined],
    ['localhost:4400:80', undefined],
    ['localhost#.evil.com', undefined],
    ['local host', undefined],
    ['::1', undefined],
    ['', undefined],
    [undefined, undefined],
  ] as const)
    assert.equal(hostOf(header), host, String(header));
});

test('no name that a DNS server decides is loopback', () => {
  const label = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
  const name = fc.array(label, { minLength: 2, maxLength: 5 }).map((labels) => labels.join('.'));
  const known = fc.constantFrom('localhost', '127.0.0.1', '[::1]', '0x7f.1', '2130706433', '127.0.0.1.nip.io');
  fc.assert(
    fc.property(
      fc.oneof(
        name,
        fc.tuple(known, name).map(([first, rest]) => `${first}.${rest}`),
        fc.tuple(name, fc.nat(65_535)).map(([host, port]) => `${host}:${port}`),
      ),
      (header) => {
        const host = header.replace(/:\d+$/, '');
        fc.pre(!/^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host));
        assert.equal(isLoopbackHost(header), false);
      },
    ),
  );
});

test('whatever is sent as Host throws nothing and opens nothing but loopback', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (header) => {
      if (isLoopbackHost(header)) assert.match(header, /^(localhost\.?|127\.[\d.]+|\[[0:]*:?1\]|\[::ffff:127[\d.]+\])(:\d{1,5})?$/i);
    }),
    { numRuns: 2000 },
  );
});
