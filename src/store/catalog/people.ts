import type { ProjectRoles, RoleEverywhere } from '../../core/roles.ts';

/** People who sign in, and links by which they come; part of the catalog. All times are milliseconds since 1970. */
export interface People {
  /** Whether there is anybody: from then on nobody is let in without a sign-in or a token. */
  any(): Promise<boolean>;
  /** All, by name. */
  list(): Promise<Person[]>;
  find(id: number): Promise<Person | undefined>;
  /** In any case of its letters. */
  byEmail(email: string): Promise<(Person & { password: string }) | undefined>;
  /** The one that an OpenID provider calls so. */
  bySubject(subject: string): Promise<Person | undefined>;
  /**
   * Lets in who comes from an OpenID provider, without a password.
   * @throws HeedError `exists` (409) when the address or the name is taken, `too_many_people` (507) above 500
   */
  add(person: NewPerson & { subject: string }): Promise<Person>;
  /**
   * Changes what somebody may.
   * @throws HeedError `not_found` (404), `last_owner` (409) when nobody would be left who lets others in
   */
  changeRoles(id: number, roles: Pick<Person, 'role' | 'roles'>): Promise<Person>;
  /** Ends all sessions too. @throws HeedError `not_found` (404) */
  setPassword(id: number, password: string): Promise<void>;
  /** @throws HeedError `not_found` (404) */
  setSubject(id: number, subject: string): Promise<void>;
  /** With sessions and links. @throws HeedError `not_found` (404), `last_owner` (409) */
  remove(id: number): Promise<void>;

  /** Links that still hold at `now`, the newest first. */
  invitations(now: number): Promise<Invitation[]>;
  /**
   * Remembers a link by the SHA-256 of its code; an earlier one for the same address no longer holds.
   * @throws HeedError `exists` (409) when the address is somebody's who is here, `too_many_people` (507) above 500 links
   */
  invite(invitation: Omit<Invitation, 'id' | 'created'>, hash: string): Promise<Invitation>;
  /** The one that holds at `now`. */
  invitation(hash: string, now: number): Promise<Invitation | undefined>;
  /** Resolves to whether it was there. */
  withdraw(id: number): Promise<boolean>;
  /**
   * Uses a link up: makes the person, or gives a new password to the one whom it is for, whose sessions end.
   * @throws HeedError `not_found` (404) when it no longer holds, `exists` (409) when the address or the name is taken
   */
  accept(hash: string, said: { email: string; name: string; password: string }, now: number): Promise<Person>;
}

export interface Person {
  id: number;
  /** Lower case. */
  email: string;
  /** What people are called on screens; nobody else is called so. */
  name: string;
  role: RoleEverywhere;
  /** By the number of the project. */
  roles: ProjectRoles;
  /** False for who signs in elsewhere only. */
  hasPassword: boolean;
  created: number;
  createdBy: string;
}

export type NewPerson = Pick<Person, 'email' | 'name' | 'role' | 'roles' | 'createdBy'>;

export interface Invitation {
  id: number;
  /** Empty for the first one, whose address is said when it is used. */
  email: string;
  role: RoleEverywhere;
  roles: ProjectRoles;
  /** Whose password it sets; undefined when it makes somebody. */
  person: number | undefined;
  created: number;
  createdBy: string;
  expires: number;
}

export const MOST_PEOPLE = 500;
export const MOST_INVITATIONS = 500;
