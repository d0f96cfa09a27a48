import type { DatabaseSync } from 'node:sqlite';
import { HeedError } from '../../../core/errors.ts';
import { isRole, type ProjectRoles, type Role } from '../../../core/roles.ts';
import { type Invitation, MOST_INVITATIONS, MOST_PEOPLE, type NewPerson, type People, type Person } from '../people.ts';
import { type Change, together } from './change.ts';

type PersonRow = Omit<Person, 'roles' | 'hasPassword'> & { password: string };
type InvitationRow = Omit<Invitation, 'roles' | 'person'> & { roles: string; person: number | null };

const PERSON = 'id, email, name, role, password, created, created_by AS createdBy';
const INVITATION = 'id, email, role, roles, person, created, created_by AS createdBy, expires';

/** People in the catalog's file. */
export class SqlitePeople implements People {
  readonly #database: DatabaseSync;
  readonly #change: Change;

  constructor(database: DatabaseSync, change: Change) {
    this.#database = database;
    this.#change = change;
    database.prepare(`SELECT ${PERSON}, subject FROM people`);
    database.prepare(`SELECT ${INVITATION}, hash FROM invitations`);
    database.prepare('SELECT person, project, role FROM person_roles');
  }

  async any(): Promise<boolean> {
    return this.#database.prepare('SELECT 1 FROM people LIMIT 1').get() !== undefined;
  }

  async list(): Promise<Person[]> {
    return (this.#database.prepare(`SELECT ${PERSON} FROM people ORDER BY name COLLATE NOCASE`).all() as unknown as PersonRow[]).map((row) =>
      this.#person(row),
    );
  }

  async find(id: number): Promise<Person | undefined> {
    const row = this.#row('id = ?', id);
    return row && this.#person(row);
  }

  async byEmail(email: string): Promise<(Person & { password: string }) | undefined> {
    const row = this.#row('email = ?', email.toLowerCase());
    return row && { ...this.#person(row), password: row.password };
  }

  async bySubject(subject: string): Promise<Person | undefined> {
    const row = this.#row('subject = ?', subject);
    return row && this.#person(row);
  }

  async add({ subject, ...person }: NewPerson & { subject: string }): Promise<Person> {
    this.#mustBeFree(person);
    return this.#together(`let ${person.email} in`, () => this.#insert(person, '', subject, Date.now()));
  }

  async changeRoles(id: number, { role, roles }: Pick<Person, 'role' | 'roles'>): Promise<Person> {
    const found = this.#found(id);
    if (role !== 'owner') this.#mustLeaveOwner(found);
    return this.#together(`change what ${found.email} may`, () => {
      this.#database.prepare('UPDATE people SET role = ? WHERE id = ?').run(role, id);
      this.#setRoles(id, roles);
      return this.#person({ ...found, role });
    });
  }

  async setPassword(id: number, password: string): Promise<void> {
    const { email } = this.#found(id);
    this.#together(`change the password of ${email}`, () => {
      this.#database.prepare('UPDATE people SET password = ? WHERE id = ?').run(password, id);
      this.#database.prepare('DELETE FROM sessions WHERE person = ?').run(id);
    });
  }

  async setSubject(id: number, subject: string): Promise<void> {
    const { email } = this.#found(id);
    this.#change(`change ${email}`, () => this.#database.prepare('UPDATE people SET subject = ? WHERE id = ?').run(subject, id));
  }

  async remove(id: number): Promise<void> {
    const found = this.#found(id);
    this.#mustLeaveOwner(found);
    this.#together(`remove ${found.email}`, () => {
      for (const table of ['sessions', 'person_roles', 'invitations']) this.#database.prepare(`DELETE FROM ${table} WHERE person = ?`).run(id);
      this.#database.prepare('DELETE FROM people WHERE id = ?').run(id);
    });
  }

  async invitations(now: number): Promise<Invitation[]> {
    const rows = this.#database.prepare(`SELECT ${INVITATION} FROM invitations WHERE expires > ? ORDER BY id DESC`).all(now);
    return (rows as unknown as InvitationRow[]).map(invitationOf);
  }

  async invite({ email, role, roles, person, createdBy, expires }: Omit<Invitation, 'id' | 'created'>, hash: string): Promise<Invitation> {
    const address = email.toLowerCase();
    if (person === undefined && this.#row('email = ?', address))
      throw new HeedError('exists', `cannot invite ${address}: who has this address is here already`, { status: 409 });
    const now = Date.now();
    const { count } = this.#database.prepare('SELECT count(*) AS count FROM invitations WHERE expires > ? AND email <> ?').get(now, address) as {
      count: number;
    };
    if (count >= MOST_INVITATIONS)
      throw new HeedError('too_many_people', `cannot invite ${address}: there are ${MOST_INVITATIONS} links; withdraw one first`, { status: 507 });
    return this.#together(`invite ${address}`, () => {
      this.#database.prepare('DELETE FROM invitations WHERE expires <= ? OR email = ?').run(now, address);
      const row = this.#database
        .prepare(
          `INSERT INTO invitations (hash, email, role, roles, person, created, created_by, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${INVITATION}`,
        )
        .get(hash, address, role, JSON.stringify(roles), person ?? null, now, createdBy, expires);
      return invitationOf(row as unknown as InvitationRow);
    });
  }

  async invitation(hash: string, now: number): Promise<Invitation | undefined> {
    const row = this.#database.prepare(`SELECT ${INVITATION} FROM invitations WHERE hash = ? AND expires > ?`).get(hash, now);
    return row && invitationOf(row as unknown as InvitationRow);
  }

  async withdraw(id: number): Promise<boolean> {
    return this.#change('withdraw a link', () => this.#database.prepare('DELETE FROM invitations WHERE id = ?').run(id).changes > 0);
  }

  async accept(hash: string, { email, name, password }: { email: string; name: string; password: string }, now: number): Promise<Person> {
    const found = await this.invitation(hash, now);
    if (!found) throw new HeedError('not_found', 'cannot use this link: it was used already, was withdrawn or is too old; ask for a new one', { status: 404 });
    const { id, person, role, roles, createdBy } = found;
    const existing = person === undefined ? undefined : this.#found(person);
    const wanted = { email: (found.email || email).toLowerCase(), name, role, roles, createdBy };
    if (!existing) this.#mustBeFree(wanted);
    return this.#together('use the link', () => {
      this.#database.prepare('DELETE FROM invitations WHERE id = ?').run(id);
      if (!existing) return this.#insert(wanted, password, null, now);
      this.#database.prepare('UPDATE people SET password = ? WHERE id = ?').run(password, existing.id);
      this.#database.prepare('DELETE FROM sessions WHERE person = ?').run(existing.id);
      return this.#person({ ...existing, password });
    });
  }

  #insert({ email, name, role, roles, createdBy }: NewPerson, password: string, subject: string | null, now: number): Person {
    const row = this.#database
      .prepare(`INSERT INTO people (email, name, role, password, subject, created, created_by) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING ${PERSON}`)
      .get(email.toLowerCase(), name, role, password, subject, now, createdBy) as unknown as PersonRow;
    this.#setRoles(row.id, roles);
    return this.#person(row);
  }

  #setRoles(person: number, roles: ProjectRoles): void {
    this.#database.prepare('DELETE FROM person_roles WHERE person = ?').run(person);
    const insert = this.#database.prepare('INSERT INTO person_roles (person, project, role) VALUES (?, ?, ?)');
    for (const [project, role] of Object.entries(roles)) insert.run(person, project, role);
  }

  #row(where: string, value: string | number): PersonRow | undefined {
    return this.#database.prepare(`SELECT ${PERSON} FROM people WHERE ${where}`).get(value) as unknown as PersonRow | undefined;
  }

  #found(id: number): PersonRow {
    const row = this.#row('id = ?', id);
    if (row) return row;
    throw new HeedError('not_found', `cannot change person ${id}: there is none`, { status: 404 });
  }

  #person({ password, ...row }: PersonRow): Person {
    const roles = this.#database.prepare('SELECT project, role FROM person_roles WHERE person = ? ORDER BY project').all(row.id);
    return { ...row, roles: Object.fromEntries(roles.map(({ project, role }) => [String(project), role as Role])), hasPassword: password !== '' };
  }

  #mustBeFree({ email, name }: Pick<Person, 'email' | 'name'>): void {
    if (this.#row('email = ?', email.toLowerCase()))
      throw new HeedError('exists', `cannot let ${email} in: who has this address is here already`, { status: 409 });
    if (this.#row('name = ?', name)) throw new HeedError('exists', `cannot let ${email} in: somebody is called '${name}' already`, { status: 409 });
    const { count } = this.#database.prepare('SELECT count(*) AS count FROM people').get() as { count: number };
    if (count >= MOST_PEOPLE) throw new HeedError('too_many_people', `cannot let ${email} in: there are ${MOST_PEOPLE} people`, { status: 507 });
  }

  #mustLeaveOwner({ id, role, email }: PersonRow): void {
    if (role !== 'owner' || this.#database.prepare("SELECT 1 FROM people WHERE role = 'owner' AND id <> ?").get(id)) return;
    throw new HeedError('last_owner', `cannot take the role of owner from ${email}: nobody would be left who lets others in`, { status: 409 });
  }

  #together<Result>(what: string, work: () => Result): Result {
    return this.#change(what, () => together(this.#database, work));
  }
}

function invitationOf({ roles, person, ...row }: InvitationRow): Invitation {
  const read = JSON.parse(roles) as Record<string, string>;
  const known = Object.fromEntries(Object.entries(read).filter((entry): entry is [string, Role] => isRole(entry[1])));
  return { ...row, roles: known, person: person ?? undefined };
}
