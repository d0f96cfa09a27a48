import { KIND_NAMES } from '../../core/series.ts';
import type { SearchAnswer } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';

const schema: RouteSchema = {
  summary: 'Series whose names contain all the words, best first.',
  querystring: {
    type: 'object',
    properties: {
      q: { type: 'string', maxLength: 1024, description: 'Words, in any order.' },
      limit: { type: 'integer', minimum: 1, maximum: 10_000, default: 50, description: 'At most so many names.' },
    },
    required: ['q'],
  },
  answer: 'SearchAnswer',
};

export const searchRoutes: Routes = (app, { deps }) => {
  app.get<{ Querystring: { q: string; limit: number } }>('/api/v1/search', { schema }, async ({ query }): Promise<SearchAnswer> => {
    const begun = performance.now();
    const found = await deps.reader.search(query.q, query.limit + 1);
    return {
      series: found.slice(0, query.limit).map(({ name, kind }) => ({ name, kind: KIND_NAMES[kind] })),
      more: found.length > query.limit,
      ms: performance.now() - begun,
    };
  });
};
