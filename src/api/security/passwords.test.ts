import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mustBeGoodPassword, Passwords } from './passwords.ts';

test('a password fits its own digest, and no other', async () => {
  const passwords = new Passwords();
  const phc = await passwords.hash('correct horse battery');
  assert.match(phc, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  assert.notEqual(await passwords.hash('correct horse battery'), phc, 'each has a salt of its own');
  assert.equal(await passwords.fits('correct horse battery', phc), true);
  for (const wrong of ['correct horse batter', 'Correct horse battery', '', ' correct horse battery']) assert.equal(await passwords.fits(wrong, phc), false);
  assert.equal(await passwords.fits('pässword of ü', await passwords.hash('pa\u0308ssword of u\u0308')), true, 'however a keyboard writes it');
});

test('nothing fits what is no digest', async () => {
  const passwords = new Passwords();
  const phc = await passwords.hash('correct horse battery');
  for (const none of [undefined, '', '$argon2id$', phc.slice(0, -1), phc.replace('argon2id', 'argon2i'), phc.replace('m=19456', 'm=99999999')])
    assert.equal(await passwords.fits('correct horse battery', none), false);
});

test('a flood of sign-ins is refused, and those that wait are answered', async () => {
  const passwords = new Passwords();
  const results = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.hash('correct horse battery')));
  const refused = results.filter((result) => result.status === 'rejected');
  assert.equal(refused.length, 60 - 21);
  for (const { reason } of refused) assert.equal((reason as { code: string }).code, 'busy');
  assert.equal(await passwords.fits('x', await passwords.hash('correct horse battery')), false, 'and it goes on after that');
});

test('a password that others guess first is not taken', () => {
  const ann = { email: 'ann@example.org', name: 'Ann Example' };
  for (const bad of ['', 'short', 'Ann@Example.org', 'ann example', 'aaaaaaaaaaaaaaa', 'x'.repeat(201)])
    assert.throws(() => mustBeGoodPassword(bad, ann), { code: 'bad_password', status: 400 });
  mustBeGoodPassword('correct horse battery', ann);
});
