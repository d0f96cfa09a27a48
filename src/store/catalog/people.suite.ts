import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as fc from 'fast-check';
import type { Role } from '../../core/roles.ts';
import type { Catalog } from './catalog.ts';
import type { Invitation, Person } from './people.ts';

const NOW = Date.now();
const LINK: Omit<Invitation, 'id' | 'created'> = {
  email: 'Ann@example.org',
  role: 'owner',
  roles: {},
  person: undefined,
  createdBy: 'setup',
  expires: NOW + 60_000,
};
const BOB = { ...LINK, email: 'bob@example.org', role: 'viewer' as const };
const said = (name: string, email = ''): { email: string; name: string; password: string } => ({ email, name, password: `digest of ${name}` });

/** What every catalog must do with people; part of its contract. */
export function peopleContract(makeFolder: () => { open(): Promise<Catalog>; [Symbol.asyncDispose](): Promise<void> }): void {
  it('makes a person of a link, once, who is there after a start', async () => {
    await using folder = makeFolder();
    {
      await using catalog = await folder.open();
      const { people } = catalog;
      assert.deepEqual([await people.any(), await people.list()], [false, []]);
      const { id, created, ...link } = await people.invite({ ...LINK, roles: { 1: 'member' } }, 'aa');
      assert.ok(id > 0 && created >= NOW);
      assert.deepEqual(link, { ...LINK, email: 'ann@example.org', roles: { 1: 'member' } });
      assert.equal(await people.invitation('ab', NOW), undefined);
      assert.equal(await people.invitation('aa', LINK.expires), undefined, 'it does not hold for ever');
      await assert.rejects(people.accept('aa', said('Ann'), LINK.expires), { code: 'not_found' });
      await people.accept('aa', said('Ann', 'mallory@example.org'), NOW);
      await assert.rejects(people.accept('aa', said('Eve'), NOW), { code: 'not_found', status: 404 });
    }
    await using catalog = await folder.open();
    const { people } = catalog;
    const [{ id, created, ...ann }, ...others] = await people.list();
    assert.deepEqual(others, []);
    assert.deepEqual([id > 0, created], [true, NOW]);
    assert.deepEqual(ann, { email: 'ann@example.org', name: 'Ann', role: 'owner', roles: { 1: 'member' }, hasPassword: true, createdBy: 'setup' });
    assert.equal((await people.byEmail('ANN@example.org'))?.password, 'digest of Ann');
    assert.deepEqual([await people.byEmail('ann@example.org '), await people.any(), await people.invitations(NOW)], [undefined, true, []]);
  });

  it('knows no two people of one address or name', async () => {
    await using folder = makeFolder();
    await using catalog = await folder.open();
    const { people } = catalog;
    const ann = await join(catalog, LINK, 'Ann');
    await assert.rejects(people.invite({ ...LINK, email: 'ANN@EXAMPLE.ORG' }, 'x'), { code: 'exists', status: 409 });
    await people.invite({ ...BOB, email: '' }, 'open');
    await assert.rejects(people.accept('open', said('Bob', 'Ann@example.org'), NOW), { code: 'exists' });
    await assert.rejects(people.accept('open', said('ANN', 'bob@example.org'), NOW), { code: 'exists' });
    assert.equal((await people.accept('open', said('Bob', 'Bob@example.org'), NOW)).email, 'bob@example.org');
    await assert.rejects(people.add({ ...BOB, name: 'Robert', subject: 's' }), { code: 'exists' });
    const carl = await people.add({ ...BOB, email: 'carl@example.org', name: 'Carl', subject: 'https://id.example.org carl' });
    assert.deepEqual([carl.hasPassword, (await people.bySubject('https://id.example.org carl'))?.id], [false, carl.id]);
    await people.setSubject(ann.id, 'https://id.example.org ann');
    assert.equal((await people.bySubject('https://id.example.org ann'))?.name, 'Ann');
  });

  it('gives a new password by a link, which ends the sessions and takes the old links back', async () => {
    await using folder = makeFolder();
    await using catalog = await folder.open();
    const { people, sessions } = catalog;
    const ann = await join(catalog, LINK, 'Ann');
    await sessions.open({ person: ann.id, agent: '', address: '' }, 's1', NOW);
    await people.invite({ ...LINK, person: ann.id }, 'first');
    await people.invite({ ...LINK, person: ann.id }, 'second');
    assert.equal(await people.invitation('first', NOW), undefined);
    const again = await people.accept('second', { ...said('ignored'), password: 'new digest' }, NOW);
    assert.deepEqual([again.name, again.id], ['Ann', ann.id]);
    assert.equal((await people.byEmail(ann.email))?.password, 'new digest');
    assert.equal(await sessions.find('s1', NOW), undefined);
    await sessions.open({ person: ann.id, agent: '', address: '' }, 's2', NOW);
    await people.setPassword(ann.id, 'newest');
    assert.equal(await sessions.find('s2', NOW), undefined);
    await assert.rejects(people.setPassword(99, 'x'), { code: 'not_found' });
  });

  it('withdraws a link', async () => {
    await using folder = makeFolder();
    await using catalog = await folder.open();
    const { id } = await catalog.people.invite(BOB, 'aa');
    assert.equal((await catalog.people.invitations(NOW)).length, 1);
    assert.deepEqual([await catalog.people.withdraw(id), await catalog.people.withdraw(id)], [true, false]);
    await assert.rejects(catalog.people.accept('aa', said('Bob'), NOW), { code: 'not_found' });
  });

  it('is never without an owner once there is one, whatever is done', async () => {
    type Step = { who: number; what: 'remove' | Role | 'none' };
    const step = fc.record({
      who: fc.nat(3),
      what: fc.constantFrom('remove' as const, 'owner' as const, 'member' as const, 'viewer' as const, 'none' as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps: Step[]) => {
        await using folder = makeFolder();
        await using catalog = await folder.open();
        const { people } = catalog;
        const all: Person[] = [];
        for (const [at, name] of ['Ann', 'Bob', 'Carl', 'Dora'].entries())
          all.push(await people.add({ email: `${name}@example.org`, name, role: at < 2 ? 'owner' : 'viewer', roles: {}, createdBy: '', subject: name }));
        const expected = new Map<number, string>(all.map(({ id, role }) => [id, role]));
        for (const { who, what } of steps) {
          const { id } = all[who];
          const owners = [...expected].filter(([, role]) => role === 'owner');
          const last = owners.length === 1 && owners[0][0] === id && what !== 'owner';
          const doing = what === 'remove' ? people.remove(id) : people.changeRoles(id, { role: what, roles: { 2: 'viewer' } });
          if (!expected.has(id)) await assert.rejects(doing, { code: 'not_found' });
          else if (last) await assert.rejects(doing, { code: 'last_owner', status: 409 });
          else {
            await doing;
            if (what === 'remove') expected.delete(id);
            else expected.set(id, what);
          }
        }
        assert.deepEqual(new Map((await people.list()).map(({ id, role }) => [id, role as string])), expected);
      }),
      { numRuns: 15 },
    );
  });

  it('forgets who is removed, sessions and roles too', async () => {
    await using folder = makeFolder();
    await using catalog = await folder.open();
    const { people, sessions } = catalog;
    await join(catalog, LINK, 'Ann');
    const bob = await join(catalog, { ...BOB, roles: { 2: 'owner' } }, 'Bob');
    await sessions.open({ person: bob.id, agent: '', address: '' }, 's1', NOW);
    await people.invite({ ...BOB, person: bob.id }, 'reset');
    await people.remove(bob.id);
    assert.deepEqual(
      [await sessions.find('s1', NOW), await people.invitation('reset', NOW), await people.byEmail(bob.email)],
      [undefined, undefined, undefined],
    );
    const next = await join(catalog, BOB, 'Bob');
    assert.notEqual(next.id, bob.id, 'a number is given once');
    assert.deepEqual(next.roles, {});
  });
}

async function join({ people }: Catalog, link: Omit<Invitation, 'id' | 'created'>, name: string): Promise<Person> {
  await people.invite(link, `link of ${name}`);
  return people.accept(`link of ${name}`, said(name), NOW);
}
