import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Invitation, Person } from '../../store/catalog/people.ts';
import { type Comer, decideComer, type KnownOfComer } from './decide-comer.ts';

const ANN: Person = { id: 1, email: 'ann@example.org', name: 'Ann', role: 'owner', roles: {}, hasPassword: true, created: 0, createdBy: '' };
const LINK: Invitation = { id: 7, email: 'bob@example.org', role: 'none', roles: { 2: 'member' }, person: undefined, created: 0, createdBy: 'Ann', expires: 1 };
const BOB: Comer = { subject: 'https://id.example.org 42', email: 'bob@example.org', verified: true, name: 'Bob' };
const NOBODY: KnownOfComer = { bySubject: undefined, byEmail: undefined, invitation: undefined, names: new Set(['ann']), anybody: true };
const CLOSED = { domains: [], role: 'viewer' as const };
const OPEN = { ...CLOSED, domains: ['example.org'] };

test('who is known by the provider’s name or by a vouched address comes in', () => {
  assert.deepEqual(decideComer({ ...BOB, email: '', verified: false }, { ...NOBODY, bySubject: ANN }, CLOSED), { do: 'enter', person: ANN });
  assert.deepEqual(decideComer(BOB, { ...NOBODY, byEmail: ANN }, CLOSED), { do: 'link', person: ANN });
  assert.deepEqual(decideComer({ ...BOB, verified: false }, { ...NOBODY, byEmail: ANN }, OPEN), { do: 'refuse', why: 'not_verified' });
});

test('who is invited, or of a domain, is made with what that gives', () => {
  const made = { email: 'bob@example.org', name: 'Bob' };
  assert.deepEqual(decideComer(BOB, { ...NOBODY, invitation: LINK }, OPEN), {
    do: 'make',
    person: { ...made, role: 'none', roles: { 2: 'member' } },
    invitation: LINK,
  });
  assert.deepEqual(decideComer(BOB, NOBODY, OPEN), { do: 'make', person: { ...made, role: 'viewer', roles: {} }, invitation: undefined });
  for (const name of ['', 'ANN'])
    assert.equal((decideComer({ ...BOB, name }, NOBODY, OPEN) as { person: Person }).person.name, 'bob@example.org', 'a name is nobody else’s');
});

test('nobody else comes in, and nobody at all before the first owner', () => {
  assert.deepEqual(decideComer(BOB, NOBODY, CLOSED), { do: 'refuse', why: 'not_invited' });
  for (const email of ['bob@example.org.evil.com', 'bob@notexample.org', 'example.org', 'bob@sub.example.org', 'example.org@evil.com'])
    assert.deepEqual(decideComer({ ...BOB, email }, NOBODY, OPEN), { do: 'refuse', why: 'not_invited' }, email);
  assert.deepEqual(decideComer(BOB, { ...NOBODY, anybody: false, invitation: LINK }, OPEN), { do: 'refuse', why: 'nobody_yet' });
  fc.assert(
    fc.property(fc.string(), fc.boolean(), fc.string(), (email, verified, name) => {
      const decided = decideComer({ ...BOB, email, verified, name }, NOBODY, CLOSED);
      assert.equal(decided.do, 'refuse');
    }),
  );
});
