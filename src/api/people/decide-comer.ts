import type { RoleEverywhere } from '../../core/roles.ts';
import { nameOf } from './invite.ts';
import type { Invitation, NewPerson, Person } from '../../store/catalog/people.ts';

/** What an OpenID provider says of somebody. */
export interface Comer {
  /** The provider's address and its name for them, which never changes. */
  subject: string;
  /** Lower case; empty when the provider does not say. */
  email: string;
  /** Whether the provider vouches for the address. */
  verified: boolean;
  name: string;
}

/** Whom Heed knows, by what was said of the comer. */
export interface KnownOfComer {
  bySubject: Person | undefined;
  byEmail: Person | undefined;
  /** A link for the address that still holds. */
  invitation: Invitation | undefined;
  /** Names of people, lower case. */
  names: ReadonlySet<string>;
  anybody: boolean;
}

export interface ComerRules {
  /** Whoever has an address there comes in without an invitation. */
  domains: readonly string[];
  /** And may this. */
  role: RoleEverywhere;
}

export type Refusal = 'not_invited' | 'not_verified' | 'nobody_yet';

export type Decision =
  | { do: 'enter'; person: Person }
  /** The person is known by the address, and by the subject from now on. */
  | { do: 'link'; person: Person }
  | { do: 'make'; person: Omit<NewPerson, 'createdBy'>; invitation: Invitation | undefined }
  | { do: 'refuse'; why: Refusal };

/** Behind the one sign; empty where there is none, or more. */
function domainOf(email: string): string {
  const [name, domain = '', more] = email.split('@');
  return name === '' || more !== undefined ? '' : domain;
}

/** What becomes of somebody who comes from an OpenID provider. */
export function decideComer({ email, verified, name }: Omit<Comer, 'subject'>, known: KnownOfComer, { domains, role }: ComerRules): Decision {
  if (known.bySubject) return { do: 'enter', person: known.bySubject };
  // The first owner comes by the link that only who runs the server has.
  if (!known.anybody) return { do: 'refuse', why: 'nobody_yet' };
  if (email === '' || !verified) return { do: 'refuse', why: 'not_verified' };
  if (known.byEmail) return { do: 'link', person: known.byEmail };
  const shown = nameOf(name);
  const called = shown !== '' && !known.names.has(shown.toLowerCase()) ? shown : email;
  const { invitation } = known;
  if (invitation) return { do: 'make', person: { email, name: called, role: invitation.role, roles: invitation.roles }, invitation };
  if (domains.includes(domainOf(email))) return { do: 'make', person: { email, name: called, role, roles: {} }, invitation };
  return { do: 'refuse', why: 'not_invited' };
}
