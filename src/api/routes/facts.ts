import { HeedError } from '../../core/errors.ts';
import type { FactsAnswer } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';

const MOST_TAGS = 10;

const schema: RouteSchema = {
  summary: 'Things that happened, newest first.',
  querystring: {
    type: 'object',
    properties: {
      kind: { type: 'string', maxLength: 100, description: 'Only this kind, e.g. event or service_check.' },
      from: { type: 'integer', description: 'Not before this time, milliseconds since 1970.' },
      until: { type: 'integer', description: 'Before this time, milliseconds since 1970.' },
      tag: { type: 'array', items: { type: 'string' }, maxItems: MOST_TAGS, maxLength: 1000, description: 'key=value that it must have; may be repeated.' },
      limit: { type: 'integer', minimum: 1, maximum: 1000, default: 100, description: 'At most so many.' },
    },
  },
  answer: 'FactsAnswer',
};

interface Query {
  kind?: string;
  from?: number;
  until?: number;
  tag?: string[];
  limit: number;
}

export const factsRoutes: Routes = (app, { deps }) => {
  app.get<{ Querystring: Query }>('/api/v1/facts', { schema }, async ({ query: { tag = [], ...question } }): Promise<FactsAnswer> => {
    return { facts: await deps.facts.find({ ...question, tags: Object.fromEntries(tag.map(pairOf)) }) };
  });
};

function pairOf(tag: string): [key: string, value: string] {
  const equals = tag.indexOf('=');
  if (equals < 1) throw new HeedError('bad_parameter', `cannot read tag '${tag}': write key=value`);
  return [tag.slice(0, equals), tag.slice(equals + 1)];
}
