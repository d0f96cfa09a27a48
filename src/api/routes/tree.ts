import type { TreeAnswer } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';

/** Nodes of one level that are counted at most. */
const MOST = 100_000;

const schema: RouteSchema = {
  summary: 'One level of the tree of names, sorted; the root without a path.',
  querystring: {
    type: 'object',
    properties: {
      path: { type: 'string', maxLength: 1024, default: '', description: 'Dotted path of the node whose children are asked for.' },
      limit: { type: 'integer', minimum: 1, maximum: 10_000, default: 2000, description: 'At most so many nodes; `total` tells how many there are.' },
    },
  },
  answer: 'TreeAnswer',
};

export const treeRoutes: Routes = (app, { deps }) => {
  app.get<{ Querystring: { path: string; limit: number } }>('/api/v1/tree', { schema }, async ({ query }): Promise<TreeAnswer> => {
    const { path, limit } = query;
    const glob = path === '' ? '*' : `${path}.*`;
    const nodes = await deps.reader.find(glob, { limit: limit + 1, counts: true });
    const total = nodes.length > limit ? (await deps.reader.find(glob, { limit: MOST })).length : nodes.length;
    return { path, nodes: nodes.slice(0, limit), total };
  });
};
