import { computed, effect, signal } from '@preact/signals';
import type { NowAnswer } from '../../src/api/contract.ts';
import type { AuditAnswer, InvitationAnswer, MeAnswer, NewInvitationAnswer, PeopleAnswer, PersonItem, SessionsAnswer } from '../../src/api/contract-people.ts';
import type { ProjectRoles, RoleEverywhere } from '../../src/core/roles.ts';
import type { Scope } from '../../src/core/scopes.ts';
import { askJson, sendJson, signedOut } from './api.ts';
import { now, reach } from './now.ts';

/** Whether there was anybody who signs in when the page was loaded: the server writes it into the page. */
export const peopleSignIn = document.documentElement.dataset.people !== undefined;

/** Who looks at the screens; null before the first answer, and where nobody signs in. */
export const me = signal<MeAnswer | null>(null);

/** Whether who looks may do something somewhere. */
export const may = (scope: Scope): boolean => (peopleSignIn ? (me.value?.scopes.includes(scope) ?? false) : true);

/** The projects that who looks may see. */
export const seenProjects = computed((): NowAnswer['projects'] => {
  const all = now.value?.projects ?? [];
  const seen = me.value?.projects;
  return seen ? all.filter(({ slug }) => seen.includes(slug)) : all;
});

/** What is shown where the address names no project: all (empty), or the first for who does not see all. */
export const usualProject = (): string => me.value?.projects?.[0] ?? '';

const sent = async <Answer>(...call: Parameters<typeof sendJson>): Promise<Answer> => (await sendJson(...call)).json() as Promise<Answer>;

export async function askMe(): Promise<void> {
  const answer = await askJson<MeAnswer>('/api/v1/me');
  // What was shown stays: after a sign-in the screen goes on where it was.
  if (answer.state === 'out' && (me.peek() || !peopleSignIn)) signedOut.value = true;
  else me.value = answer;
}

/** A stream that is lost may be lost because the session ended. */
export function followMe(): void {
  effect(() => {
    // What cannot be asked now is asked when the stream is lost again.
    if (reach.value.state === 'lost') askMe().catch(() => undefined);
  });
}

export const signIn = (email: string, password: string): Promise<MeAnswer> => sent('POST', '/api/v1/session', { email, password });
export const signOut = (): Promise<Response> => sendJson('DELETE', '/api/v1/session');
export const changePassword = (old: string, next: string): Promise<MeAnswer> => sent('PUT', '/api/v1/me/password', { old, new: next });
export const askSessions = (signal?: AbortSignal): Promise<SessionsAnswer> => askJson('/api/v1/me/sessions', signal);
export const endOtherSessions = (): Promise<{ signedOut: number }> => sent('DELETE', '/api/v1/me/sessions');

export const readInvitation = (code: string): Promise<InvitationAnswer> => sent('POST', '/api/v1/invitations/read', { code });
export const acceptInvitation = (said: { code: string; email: string; name: string; password: string }): Promise<MeAnswer> =>
  sent('POST', '/api/v1/invitations/accept', said);

/** What somebody may, by the short names of projects. */
export interface GivenRoles {
  role: RoleEverywhere;
  roles: ProjectRoles;
}

export const askPeople = (signal?: AbortSignal): Promise<PeopleAnswer> => askJson('/api/v1/people', signal);
export const invite = (email: string, given: GivenRoles): Promise<NewInvitationAnswer> => sent('POST', '/api/v1/invitations', { email, ...given });
export const takeBack = (id: number): Promise<Response> => sendJson('DELETE', `/api/v1/invitations/${id}`);
export const changeRoles = (id: number, given: GivenRoles): Promise<PersonItem> => sent('PUT', `/api/v1/people/${id}`, given);
export const linkFor = (id: number): Promise<NewInvitationAnswer> => sent('POST', `/api/v1/people/${id}/link`);
export const removePerson = (id: number): Promise<Response> => sendJson('DELETE', `/api/v1/people/${id}`);

export const askAudit = (before: number | null, signal?: AbortSignal): Promise<AuditAnswer> =>
  askJson(before === null ? '/api/v1/audit' : `/api/v1/audit?before=${before}`, signal);
