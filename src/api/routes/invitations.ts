import { HeedError } from '../../core/errors.ts';
import { MOST_PASSWORD } from '../../core/password.ts';
import { rolesText } from '../../core/roles.ts';
import type { InvitationAnswer, MeAnswer, NewInvitationAnswer } from '../contract-people.ts';
import type { Routes } from '../context.ts';
import { actorOf } from '../issues/actor.ts';
import { baseOf } from '../base-address.ts';
import { checkedEmail, checkedName, INVITATION, linkOf, newCode, SHORT } from '../people/invite.ts';
import { invitationItem, readRoles } from '../people/item.ts';
import { note } from '../people/note.ts';
import { meOf, signIn } from '../people/sign-in.ts';
import type { RouteSchema } from '../openapi.ts';
import { mustBeGoodPassword } from '../security/passwords.ts';
import { hashOf } from '../security/tokens.ts';

const code = { type: 'string', minLength: 43, maxLength: 43, description: 'What the link ends in.' } as const;
const email = { type: 'string', maxLength: 254, description: 'E-mail address.' } as const;
const id = { type: 'integer', description: 'Its number.' } as const;
export const ROLE_PARAMETERS = {
  role: { type: 'string', maxLength: 60, description: 'owner, member or viewer everywhere; none for roles in projects only.' },
  roles: { type: 'object', description: 'Roles in projects beside that, e.g. {"shop":"member"}.' },
} as const;

const invite: RouteSchema = {
  summary: 'Makes a link by which somebody comes, good for a week. Only this answer tells it.',
  body: { type: 'object', properties: { email, ...ROLE_PARAMETERS }, required: ['email', 'role'] },
  answer: 'NewInvitationAnswer',
};
const withdraw: RouteSchema = { summary: 'Takes a link back.', params: { type: 'object', properties: { id } }, answer: '{ removed }' };
const reset: RouteSchema = {
  summary: 'Makes a link by which somebody who is here chooses a new password, good for a day. Only this answer tells it.',
  params: { type: 'object', properties: { id } },
  answer: 'NewInvitationAnswer',
};
const read: RouteSchema = { summary: 'What a link is for.', body: { type: 'object', properties: { code }, required: ['code'] }, answer: 'InvitationAnswer' };
const accept: RouteSchema = {
  summary: 'Uses a link up and signs in; the answer sets a cookie.',
  body: {
    type: 'object',
    properties: {
      code,
      email: { ...email, default: '' },
      name: { type: 'string', maxLength: 100, default: '', description: 'What one is called; not asked for a new password.' },
      password: { type: 'string', maxLength: MOST_PASSWORD, description: 'Text of 10 to 200 characters.' },
    },
    required: ['code', 'password'],
  },
  answer: 'MeAnswer',
};

/** Links by which people come, or choose a new password. */
export const invitationsRoutes: Routes = (app, context) => {
  const { passwords, streams } = context;
  const { catalog } = context.deps;
  const { people, audit } = catalog;

  app.post<{ Body: { email: string; role: string; roles?: object } }>('/api/v1/invitations', { schema: invite, bodyLimit: 50_000 }, async (request, reply) => {
    const projects = await catalog.projects();
    const address = checkedEmail(request.body.email);
    const asked = readRoles(request.body.role, (request.body.roles ?? {}) as Record<string, unknown>, projects);
    if (asked.role !== 'owner' && !(await people.any()))
      throw new HeedError('first_owner', `cannot invite ${address} as ${asked.role}: the first who comes must be an owner, or nobody could let others in`);
    const { code: made, hash } = newCode();
    const invitation = await people.invite(
      { email: address, ...asked, person: undefined, createdBy: actorOf(request), expires: Date.now() + INVITATION },
      hash,
    );
    const item = invitationItem(invitation, projects);
    await note(audit, request, 'invited', `${address} as ${rolesText(item)}`);
    reply.code(201);
    return { ...item, url: linkOf(baseOf(request), made) } satisfies NewInvitationAnswer;
  });

  app.delete<{ Params: { id: number } }>('/api/v1/invitations/:id', { schema: withdraw }, async (request) => {
    const { id: number } = request.params;
    const found = (await people.invitations(Date.now())).find((one) => one.id === number);
    if (!found || !(await people.withdraw(number))) throw new HeedError('not_found', `cannot take back link ${number}: there is none`, { status: 404 });
    await note(audit, request, 'link taken back', found.email);
    return { removed: invitationItem(found, await catalog.projects()) };
  });

  app.post<{ Params: { id: number } }>('/api/v1/people/:id/link', { schema: reset, bodyLimit: 1000 }, async (request, reply) => {
    const person = await people.find(request.params.id);
    if (!person) throw new HeedError('not_found', `cannot make a link: there is no person ${request.params.id}`, { status: 404 });
    const { code: made, hash } = newCode();
    const { id: number, email: address, role, roles } = person;
    const invitation = await people.invite({ email: address, role, roles, person: number, createdBy: actorOf(request), expires: Date.now() + SHORT }, hash);
    await note(audit, request, 'link for a new password made', address);
    reply.code(201);
    return {
      ...invitationItem(invitation, await catalog.projects()),
      url: linkOf(baseOf(request), made),
    } satisfies NewInvitationAnswer;
  });

  const mustHold = async (given: string): Promise<InvitationAnswer> => {
    const found = await people.invitation(hashOf(given), Date.now());
    if (!found) throw new HeedError('not_found', 'cannot use this link: it was used already, was taken back or is too old; ask for a new one', { status: 404 });
    const person = found.person === undefined ? undefined : await people.find(found.person);
    return { email: found.email, name: person?.name ?? '', reset: person !== undefined, expires: found.expires };
  };

  app.post<{ Body: { code: string } }>('/api/v1/invitations/read', { schema: read, config: { open: true }, bodyLimit: 1000 }, async ({ body }) =>
    mustHold(body.code),
  );

  app.post<{ Body: { code: string; email: string; name: string; password: string } }>(
    '/api/v1/invitations/accept',
    { schema: accept, config: { open: true }, bodyLimit: 10_000 },
    async (request, reply): Promise<MeAnswer> => {
      const { body } = request;
      const link = await mustHold(body.code);
      const said = { email: checkedEmail(link.email || body.email), name: link.reset ? link.name : checkedName(body.name) };
      mustBeGoodPassword(body.password, said);
      const person = await people.accept(hashOf(body.code), { ...said, password: await passwords.hash(body.password) }, Date.now());
      streams.endOf({ person: person.id });
      await signIn(catalog, person, request, reply);
      await note(audit, request, link.reset ? 'password changed by a link' : 'came by a link', person.email, person.name);
      return meOf(context, person, 'in');
    },
  );
};
