import type { PeopleAnswer, PersonItem } from '../../api/contract-people.ts';
import { HeedError } from '../../core/errors.ts';
import { isRole, type Role, type Roles, ROLES } from '../../core/roles.ts';
import type { ServerClient } from '../client.ts';

const WORDS = Object.keys(ROLES).join(', ');

/** Roles as options give them: `--role`, and `--projects shop=member,blog=viewer`. @throws HeedError `bad_option` */
export function givenRoles(role: string, projects: string | undefined): Roles {
  if (role !== 'none' && !isRole(role)) throw new HeedError('bad_option', `cannot use --role '${role.slice(0, 40)}': there are ${WORDS}, and none`);
  const roles: Record<string, Role> = {};
  for (const part of (projects ?? '').split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const [slug, given, more] = part.split('=');
    if (given === undefined || more !== undefined || !isRole(given))
      throw new HeedError('bad_option', `cannot use --projects '${part.slice(0, 40)}': write it as shop=member; there are ${WORDS}`);
    roles[slug] = given;
  }
  return { role, roles };
}

/** Who has this address. @throws HeedError `not_found` */
export async function personOf(client: ServerClient, email: string): Promise<PersonItem> {
  const { people } = await client.json<PeopleAnswer>('/api/v1/people');
  const found = people.find((person) => person.email === email.trim().toLowerCase());
  if (found) return found;
  throw new HeedError('not_found', `cannot find '${email.slice(0, 60)}': nobody here has this address; heed people list tells who is`, { status: 404 });
}
