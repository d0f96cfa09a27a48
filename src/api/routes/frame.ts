import type { RenderParams } from '../../query/request.ts';
import { answerQuestion } from '../answer.ts';
import type { Routes } from '../context.ts';
import type { ParametersSchema } from '../parameters.ts';
import type { RouteSchema } from '../openapi.ts';

/** Parameters of a question for rows; times and targets are read as /render reads them. */
export const FRAME_PARAMETERS = {
  target: {
    type: 'array',
    items: { type: 'string' },
    maxItems: 100,
    minLength: 1,
    maxLength: 8192,
    description: 'What to draw, as in /render; may be repeated.',
  },
  from: { type: 'string', maxLength: 100, description: 'Begin of the window, as in /render, e.g. -1h.' },
  until: { type: 'string', maxLength: 100, description: 'End of the window, as in /render.' },
  tz: { type: 'string', maxLength: 100, description: 'Time zone by which times of day are read.' },
  maxDataPoints: { type: 'integer', minimum: 1, maximum: 100_000, description: 'At most so many values in a row.' },
} as const satisfies ParametersSchema['properties'];

export interface FrameQuery {
  target: string[];
  from?: string;
  until?: string;
  tz?: string;
  maxDataPoints?: number;
}

const schema: RouteSchema = {
  summary: 'Rows of numbers on a regular grid, for charts.',
  querystring: { type: 'object', properties: FRAME_PARAMETERS, required: ['target'] },
  answer: 'FrameAnswer',
};

/** The question as the query service reads it. */
export function frameQuestion(query: FrameQuery): RenderParams {
  const given = Object.entries(query) as [string, string | number | string[]][];
  return { ...Object.fromEntries(given.map(([name, value]) => [name, [value].flat().map(String)])), format: ['frame'] };
}

export const frameRoutes: Routes = (app, { deps }) => {
  app.get<{ Querystring: FrameQuery }>('/api/v1/frame', { schema }, async ({ query }, reply) => answerQuestion(reply, deps.query, frameQuestion(query)));
};
