import type { ProjectRoles, Role, RoleEverywhere } from '../core/roles.ts';
import type { Scope } from '../core/scopes.ts';

/** Types of what the HTTP API answers of people and their sign-ins; the screens and the terminal read these. Times are milliseconds. */

/** `GET /api/v1/me`, and what signing in answers. */
export interface MeAnswer {
  /** `in`: `person` is signed in; `out`: it takes a sign-in; `open`: it takes none here; `token`: it takes the token of HEED_TOKEN. */
  state: 'in' | 'out' | 'open' | 'token';
  person: { id: number; name: string; email: string; role: RoleEverywhere; hasPassword: boolean } | null;
  /** What one may, in some project or in what belongs to none. */
  scopes: Scope[];
  /** Short names of the projects that one sees, oldest first; null for all. */
  projects: string[] | null;
  /** What the other way to sign in is called, at /sign-in/provider; empty without one. */
  provider: string;
}

/** `GET /api/v1/me/sessions`: the one used last first. */
export interface SessionsAnswer {
  sessions: { id: number; here: boolean; browser: string; address: string; created: number; used: number }[];
}

/** `GET /api/v1/people`: by name. */
export interface PeopleAnswer {
  people: PersonItem[];
  /** Links that still hold, which owners see. */
  invitations: InvitationItem[];
  roles: { role: Role; about: string }[];
}

export interface PersonItem {
  id: number;
  name: string;
  email: string;
  role: RoleEverywhere;
  /** By the short name of the project. */
  roles: ProjectRoles;
  /** False for who signs in elsewhere only. */
  hasPassword: boolean;
  created: number;
  createdBy: string;
  /** To the hour; null when not for long. */
  seen: number | null;
}

export interface InvitationItem {
  id: number;
  /** Empty for the first one, whose address is said when it is used. */
  email: string;
  role: RoleEverywhere;
  roles: ProjectRoles;
  /** It gives a new password to somebody who is here. */
  reset: boolean;
  created: number;
  createdBy: string;
  expires: number;
}

/** `POST /api/v1/invitations` and `POST /api/v1/people/<id>/link`: the only answer that has the link. */
export interface NewInvitationAnswer extends InvitationItem {
  url: string;
}

/** `POST /api/v1/invitations/read`: what a link is for. */
export interface InvitationAnswer {
  email: string;
  /** Who needs a new password; empty for who is invited. */
  name: string;
  reset: boolean;
  expires: number;
}

/** `GET /api/v1/audit`: the newest first. */
export interface AuditAnswer {
  notes: { id: number; time: number; actor: string; deed: string; object: string; address: string }[];
  /** `before` of the next page; null when that was all. */
  next: number | null;
}
