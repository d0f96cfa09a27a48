import type { EchoAnswer } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';

const schema: RouteSchema = {
  summary: 'The last lines as they came, oldest first, and what became of each.',
  querystring: {
    type: 'object',
    properties: {
      after: { type: 'integer', minimum: 0, default: 0, description: 'Only lines that came after the one with this id.' },
      limit: { type: 'integer', minimum: 1, maximum: 1000, default: 200, description: 'Only the last so many lines.' },
    },
  },
  answer: 'EchoAnswer',
};

export const echoRoutes: Routes = (app, { echo }) => {
  app.get<{ Querystring: { after: number; limit: number } }>('/api/v1/echo', { schema }, async ({ query }): Promise<EchoAnswer> => {
    const lines = (await echo.since(query.after)).slice(-query.limit);
    const taken = lines.filter((line) => line.taken).length;
    return { lines, taken, dropped: lines.length - taken };
  });
};
