import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { clientAddress } from './client-address.ts';

const of = (remoteAddress: string, forwarded?: string): string | undefined =>
  clientAddress({ socket: { remoteAddress } as Socket, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } });

test('a proxy on this machine says whose request it is; nobody else does', () => {
  assert.equal(of('203.0.113.9'), '203.0.113.9');
  assert.equal(of('::ffff:203.0.113.9'), '203.0.113.9');
  assert.equal(of('203.0.113.9', '198.51.100.7'), '203.0.113.9');
  assert.equal(of('127.0.0.1', '198.51.100.7'), '198.51.100.7');
  assert.equal(of('::1', '10.0.0.1, 2001:db8::1'), '2001:db8::1', 'what stands before the last may be made up');
  assert.equal(of('127.0.0.1', 'unknown'), '127.0.0.1');
});
