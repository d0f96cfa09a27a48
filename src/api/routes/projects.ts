import { HeedError } from '../../core/errors.ts';
import { sees } from '../../core/roles.ts';
import type { ProjectKey } from '../../core/project.ts';
import type { Project, ProjectKeyItem, RulesTrial } from '../contract.ts';
import type { Routes } from '../context.ts';
import { projectOf } from '../issues/find.ts';
import type { RouteSchema } from '../openapi.ts';
import type { ParametersSchema } from '../parameters.ts';
import { note } from '../people/note.ts';
import { removeProject } from '../projects/remove.ts';
import { checkRules, checkSettings, MOST_RULES } from '../projects/settings.ts';
import { shownProject } from '../projects/shown.ts';
import { tryRules } from '../projects/try-rules.ts';

const params: ParametersSchema = { type: 'object', properties: { project: { type: 'string', maxLength: 120, description: 'Slug or number.' } } };
const name = { type: 'string', minLength: 1, maxLength: 100, description: 'Name; its slug is made of it once and stays.' } as const;
const rules = {
  fingerprintRules: { type: 'string', maxLength: MOST_RULES, description: 'Rules of fingerprints, one a line, as Sentry writes them.' },
  stackRules: { type: 'string', maxLength: MOST_RULES, description: 'Rules of stack traces, one a line.' },
} as const;

const list: RouteSchema = { summary: 'All projects, oldest first.', answer: 'Project[]' };
const add: RouteSchema = { summary: 'Makes a project.', body: { type: 'object', properties: { name }, required: ['name'] }, answer: 'Project' };
const one: RouteSchema = { summary: 'A project with its keys and settings.', params, answer: 'Project' };
const change: RouteSchema = {
  summary: 'Changes a project; what is left out stays.',
  params,
  body: { type: 'object', properties: { name, settings: { type: 'object', description: 'ProjectSettings, or a part of them.' } } },
  answer: 'Project',
};
const remove: RouteSchema = { summary: 'Removes a project with its keys, jobs and issues.', params, answer: '{ issues }: how many went.' };
const trial: RouteSchema = {
  summary: 'What rules would make of the latest events. Nothing is saved.',
  params,
  body: { type: 'object', properties: rules },
  answer: 'RulesTrial',
};
const label = { type: 'string', minLength: 1, maxLength: 100, description: 'Whose key it is, e.g. phone app.' } as const;
const addKey: RouteSchema = { summary: 'Makes a key.', params, body: { type: 'object', properties: { label }, required: ['label'] }, answer: 'ProjectKeyItem' };
const changeKey: RouteSchema = {
  summary: 'Changes a key. What comes with a revoked one is refused.',
  params: { type: 'object', properties: { ...params.properties, key: { type: 'integer', description: 'Number of the key.' } } },
  body: {
    type: 'object',
    properties: {
      label,
      active: { type: 'boolean', description: 'False revokes it.' },
      mostPerMinute: { type: 'integer', minimum: 0, maximum: 1e9, description: 'Errors and the like a minute, each; 0 for no limit of its own.' },
    },
  },
  answer: 'ProjectKeyItem',
};

interface ByProject {
  Params: { project: string };
}
type KeyChange = Partial<Pick<ProjectKey, 'label' | 'active'> & { mostPerMinute: number }>;

export const projectsRoutes: Routes = (app, { deps, bound }) => {
  const { catalog, errors } = deps;
  app.get('/api/v1/projects', { schema: list }, async ({ caller: { person } }) =>
    (await catalog.projects()).filter(({ id }) => !person || sees(person, id)).map((project) => shownProject(project, bound)),
  );

  app.post<{ Body: { name: string } }>('/api/v1/projects', { schema: add, bodyLimit: 10_000 }, async (request, reply) => {
    const made = await catalog.addProject(request.body.name);
    await note(catalog.audit, request, 'project made', made.slug);
    reply.code(201);
    return shownProject(made, bound);
  });

  app.get<ByProject>('/api/v1/projects/:project', { schema: one }, async ({ params }) => shownProject(await projectOf(catalog, params.project), bound));

  app.put<ByProject & { Body: { name?: string; settings?: object } }>(
    '/api/v1/projects/:project',
    { schema: change, bodyLimit: 8 * MOST_RULES },
    async (request): Promise<Project> => {
      const { params, body } = request;
      const { id, slug, settings: now } = await projectOf(catalog, params.project);
      const settings = body.settings && (await checkSettings(body.settings, now));
      const changed = await catalog.changeProject(id, { name: body.name, settings });
      await note(
        catalog.audit,
        request,
        'project changed',
        `${slug}: ${Object.keys({ ...(body.name !== undefined && { name: '' }), ...settings }).join(', ')}`,
      );
      return shownProject(changed, bound);
    },
  );

  app.delete<ByProject>('/api/v1/projects/:project', { schema: remove }, async (request) => {
    const project = await projectOf(catalog, request.params.project);
    const issues = await removeProject(deps, project);
    await note(catalog.audit, request, 'project removed', project.slug);
    return { issues };
  });

  app.post<ByProject & { Body: { fingerprintRules?: string; stackRules?: string } }>(
    '/api/v1/projects/:project/rules',
    { schema: trial, config: { readsOnly: true }, bodyLimit: 8 * MOST_RULES },
    async ({ params, body }): Promise<RulesTrial> => {
      const project = await projectOf(catalog, params.project);
      return tryRules(errors, project, { ...project.settings, ...(await checkRules(body)) });
    },
  );

  app.post<ByProject & { Body: { label: string } }>(
    '/api/v1/projects/:project/keys',
    { schema: addKey, bodyLimit: 10_000 },
    async (request, reply): Promise<ProjectKeyItem> => {
      const { params, body } = request;
      const { id, slug } = await projectOf(catalog, params.project);
      const key = await catalog.addKey(id, body.label);
      await note(catalog.audit, request, 'key made', `${key.label} of ${slug}`);
      reply.code(201);
      return shownKey(params.project, key.id);
    },
  );

  app.put<{ Params: { project: string; key: number }; Body: KeyChange }>(
    '/api/v1/projects/:project/keys/:key',
    { schema: changeKey, bodyLimit: 10_000 },
    async (request): Promise<ProjectKeyItem> => {
      const { params } = request;
      const { mostPerMinute, ...rest } = request.body;
      const { id, slug } = await projectOf(catalog, params.project);
      const key = await catalog.changeKey(
        id,
        params.key,
        mostPerMinute === undefined ? rest : { ...rest, mostPerMinute: mostPerMinute === 0 ? null : mostPerMinute },
      );
      await note(catalog.audit, request, rest.active === false ? 'key revoked' : 'key changed', `${key.label} of ${slug}`);
      return shownKey(params.project, params.key);
    },
  );

  async function shownKey(project: string, key: number): Promise<ProjectKeyItem> {
    const found = shownProject(await projectOf(catalog, project), bound).keys.find(({ id }) => id === key);
    if (!found) throw new HeedError('not_found', `cannot answer: project ${project} has no key ${key}`, { status: 404 });
    return found;
  }
};
