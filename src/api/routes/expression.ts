import { expressionTree } from '../../query/parse/tree.ts';
import type { Routes } from '../context.ts';
import type { ExpressionAnswer } from '../contract.ts';
import type { RouteSchema } from '../openapi.ts';

const schema: RouteSchema = {
  summary: 'How an expression is built: its calls, their arguments, and where each stands in the text.',
  querystring: {
    type: 'object',
    properties: { target: { type: 'string', minLength: 1, maxLength: 8192, description: 'An expression, as in /render.' } },
    required: ['target'],
  },
  answer: 'ExpressionAnswer',
};

export const expressionRoutes: Routes = (app) => {
  app.get<{ Querystring: { target: string } }>('/api/v1/expression', { schema }, async ({ query }): Promise<ExpressionAnswer> => expressionTree(query.target));
};
