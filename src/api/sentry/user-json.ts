import type { Person } from '../../store/catalog/people.ts';
import type { Token } from '../../store/catalog/tokens.ts';
import { iso } from './period.ts';

/** Sentry's user: a person, or a token as the integration that it is. */
export function userJson({ id, name, email, created }: Pick<Person, 'id' | 'name' | 'email' | 'created'>): Record<string, unknown> {
  return {
    id: String(id),
    name,
    username: email,
    email,
    avatarUrl: '',
    isActive: true,
    isSuspended: false,
    hasPasswordAuth: true,
    isManaged: false,
    dateJoined: iso(created),
    lastLogin: null,
    has2fa: false,
    lastActive: null,
    isSuperuser: false,
    isStaff: false,
    experiments: {},
    emails: email === '' ? [] : [{ id: String(id), email, is_verified: true }],
    avatar: { avatarType: 'letter_avatar', avatarUuid: null, avatarUrl: null },
  };
}

/** Whom a token stands for. */
export const userOfToken = ({ id, label, created }: Token): Record<string, unknown> => userJson({ id: -id, name: label, email: '', created });
