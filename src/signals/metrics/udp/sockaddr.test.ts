import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { decodeAddress, encodeInet, encodeUnix } from './sockaddr.ts';

test('IPv4 and IPv6 addresses come back as they went', () => {
  for (const host of ['127.0.0.1', '0.0.0.0', '255.1.2.3', '::', '::1', 'fe80::1', '2001:db8::ff00:42:8329', '::ffff:127.0.0.1'])
    assert.deepEqual(decodeAddress(encodeInet(host, 8125)), { host, port: 8125 });
  fc.assert(
    fc.property(fc.ipV4(), fc.integer({ min: 0, max: 65_535 }), (host, port) => assert.deepEqual(decodeAddress(encodeInet(host, port)), { host, port })),
  );
});

test('any IPv6 notation gives the same bytes as its canonical one', () => {
  fc.assert(
    fc.property(fc.ipV6(), (host) => {
      const once = encodeInet(host, 1);
      assert.deepEqual(encodeInet(decodeAddress(once).host, 1), once);
    }),
  );
});

test('a Unix address holds the path and its end; a long path is refused', () => {
  assert.deepEqual([...encodeUnix('/a')], [1, 0, 47, 97, 0]);
  assert.throws(() => encodeUnix('/'.padEnd(108, 'x')), /107 bytes/);
  assert.deepEqual(decodeAddress(encodeUnix('/a')), { host: '', port: 0 });
});
