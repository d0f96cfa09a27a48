import { HeedError } from '../../core/errors.ts';
import { ROLES, type Role, rolesText } from '../../core/roles.ts';
import type { AuditAnswer, PeopleAnswer, PersonItem } from '../contract-people.ts';
import type { Routes } from '../context.ts';
import { invitationItem, personItem, readRoles } from '../people/item.ts';
import { note } from '../people/note.ts';
import type { RouteSchema } from '../openapi.ts';
import type { ParametersSchema } from '../parameters.ts';
import { ROLE_PARAMETERS } from './invitations.ts';

const params: ParametersSchema = { type: 'object', properties: { id: { type: 'integer', description: 'Number of the person.' } } };

const list: RouteSchema = { summary: 'Who is here, and for owners who is invited.', answer: 'PeopleAnswer' };
const change: RouteSchema = {
  summary: 'Changes what somebody may.',
  params,
  body: { type: 'object', properties: ROLE_PARAMETERS, required: ['role'] },
  answer: 'PersonItem',
};
const remove: RouteSchema = { summary: 'Keeps somebody out from now on. What they did stays under their name.', params, answer: '{ removed }' };
const audit: RouteSchema = {
  summary: 'Who did what about access and set-up, the newest first.',
  querystring: {
    type: 'object',
    properties: {
      before: { type: 'integer', minimum: 1, description: 'Only before this number, which `next` tells.' },
      limit: { type: 'integer', minimum: 1, maximum: 1000, default: 100, description: 'At most so many.' },
    },
  },
  answer: 'AuditAnswer',
};

/** People who sign in: who they are and what each may; and who did what. */
export const peopleRoutes: Routes = (app, { deps: { catalog }, streams }) => {
  const { people, sessions } = catalog;

  app.get('/api/v1/people', { schema: list }, async ({ caller }): Promise<PeopleAnswer> => {
    const now = Date.now();
    const projects = await catalog.projects();
    const items = (await people.list()).map(async (person) => personItem(person, projects, (await sessions.of(person.id, now))[0]?.used));
    const mayInvite = caller.person ? caller.person.role === 'owner' : !caller.token || caller.token.scopes.includes('org:admin');
    return {
      people: await Promise.all(items),
      invitations: mayInvite ? (await people.invitations(now)).map((invitation) => invitationItem(invitation, projects)) : [],
      roles: Object.entries(ROLES).map(([role, about]) => ({ role: role as Role, about })),
    };
  });

  app.put<{ Params: { id: number }; Body: { role: string; roles?: object } }>(
    '/api/v1/people/:id',
    { schema: change, bodyLimit: 50_000 },
    async (request): Promise<PersonItem> => {
      const projects = await catalog.projects();
      const asked = readRoles(request.body.role, (request.body.roles ?? {}) as Record<string, unknown>, projects);
      const person = await people.changeRoles(request.params.id, asked);
      // What is open was opened by what they might before.
      streams.endOf({ person: person.id });
      const item = personItem(person, projects, (await sessions.of(person.id, Date.now()))[0]?.used);
      await note(catalog.audit, request, 'role changed', `${person.email} is ${rolesText(item)}`);
      return item;
    },
  );

  app.delete<{ Params: { id: number } }>('/api/v1/people/:id', { schema: remove }, async (request) => {
    const person = await people.find(request.params.id);
    if (!person) throw new HeedError('not_found', `cannot remove person ${request.params.id}: there is none`, { status: 404 });
    await people.remove(person.id);
    streams.endOf({ person: person.id });
    await note(catalog.audit, request, 'person removed', person.email);
    return { removed: personItem(person, await catalog.projects(), undefined) };
  });

  app.get<{ Querystring: { before?: number; limit: number } }>(
    '/api/v1/audit',
    { schema: audit },
    async ({ query: { before, limit } }): Promise<AuditAnswer> => {
      const notes = await catalog.audit.list({ before, limit: limit + 1 });
      return { notes: notes.slice(0, limit), next: notes.length > limit ? notes[limit - 1].id : null };
    },
  );
};
