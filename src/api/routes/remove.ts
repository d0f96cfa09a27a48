import type { RemoveAnswer } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';

/** Names that a dry run counts one by one; more are told as `more`. */
const MOST_COUNTED = 100_000;

const schema: RouteSchema = {
  summary: 'Forgets all series whose names match a glob, or that a tag expression selects; with dry=1 only counts them.',
  querystring: {
    type: 'object',
    properties: {
      pattern: {
        type: 'string',
        minLength: 1,
        maxLength: 1024,
        description: 'Glob of whole names, as in /metrics/find, e.g. stats.timers.old.*, or a tag expression, e.g. host=web1',
      },
      dry: { type: 'boolean', default: false, description: 'Change nothing.' },
    },
    required: ['pattern'],
  },
  answer: 'RemoveAnswer',
};

export const removeRoutes: Routes = (app, { deps }) => {
  app.delete<{ Querystring: { pattern: string; dry: boolean } }>('/api/v1/series', { schema }, async ({ query: { pattern, dry } }): Promise<RemoveAnswer> => {
    if (!dry) return { series: await deps.points.remove([pattern]), more: false };
    const found = await deps.reader.select(selectorOf(pattern), MOST_COUNTED + 1);
    return { series: Math.min(found.length, MOST_COUNTED), more: found.length > MOST_COUNTED };
  });
};

/** As the store's `remove` reads a pattern; `disk;host=a` is a name, `host=a` an expression. */
function selectorOf(pattern: string): { glob: string } | { tags: string[] } {
  return pattern.includes('=') && !pattern.includes(';') ? { tags: [pattern] } : { glob: pattern };
}
