import type { CatalogProject } from '../../store/catalog/catalog.ts';
import type { Project } from '../contract.ts';
import type { ApiContext, Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';
import { dsnOf } from '../state/dsn.ts';

const list: RouteSchema = { summary: 'All projects, oldest first.', answer: 'Project[]' };
const add: RouteSchema = {
  summary: 'Makes a project.',
  body: {
    type: 'object',
    properties: { name: { type: 'string', minLength: 1, maxLength: 100, description: 'Name; its slug is made of it.' } },
    required: ['name'],
  },
  answer: 'Project',
};

export const projectsRoutes: Routes = (app, { deps, bound }) => {
  app.get('/api/v1/projects', { schema: list }, async () => (await deps.catalog.projects()).map((project) => shown(project, bound)));

  app.post<{ Body: { name: string } }>('/api/v1/projects', { schema: add, bodyLimit: 10_000 }, async ({ body }, reply) => {
    reply.code(201);
    return shown(await deps.catalog.addProject(body.name), bound);
  });
};

function shown(project: CatalogProject, bound: ApiContext['bound']): Project {
  return { ...project, dsn: dsnOf(project, bound) };
}
