import type { ChangesQuestion } from '../../query/changes/question.ts';
import { answerWhole } from '../answer.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';

const HALF_AN_HOUR = 30 * 60_000;

const schema: RouteSchema = {
  summary: 'Series that changed at a moment, the most unusual change first.',
  querystring: {
    type: 'object',
    properties: {
      at: { type: 'integer', minimum: 0, description: 'The moment, milliseconds since 1970.' },
      span: { type: 'integer', minimum: 60_000, maximum: 86_400_000, default: HALF_AN_HOUR, description: 'Time before and after to compare, milliseconds.' },
      pattern: { type: 'string', maxLength: 1024, default: '', description: "A glob of names to look at; all but Heed's own without it." },
      limit: { type: 'integer', minimum: 1, maximum: 200, default: 20, description: 'At most so many changes.' },
    },
    required: ['at'],
  },
  answer: 'ChangesAnswer',
};

export const changesRoutes: Routes = (app, { deps }) => {
  app.get<{ Querystring: ChangesQuestion }>('/api/v1/changes', { schema }, async ({ query }, reply) =>
    answerWhole(reply, (signal) => deps.changes(query, { signal })),
  );
};
