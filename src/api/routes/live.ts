import { HeedError } from '../../core/errors.ts';
import type { LiveTopic } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';

const TOPICS: readonly LiveTopic[] = ['now', 'echo'];

const schema: RouteSchema = {
  summary: 'Live: `now` events with NowAnswer each second, `echo` events with EchoLine[] as lines arrive.',
  querystring: {
    type: 'object',
    properties: { topics: { type: 'string', maxLength: 100, default: 'now', description: 'List of topics: now, echo.' } },
  },
  answer: 'Server-sent events.',
  type: 'text/event-stream',
};

export const liveRoutes: Routes = (app, { hub, streams }) => {
  app.get<{ Querystring: { topics: string } }>('/api/v1/live', { schema, exposeHeadRoute: false }, ({ query }, reply) => {
    const topics = new Set(query.topics.split(',') as LiveTopic[]);
    for (const topic of topics)
      if (!TOPICS.includes(topic)) throw new HeedError('bad_parameter', `cannot follow '${topic}': topics are ${TOPICS.join(' and ')}`);
    hub.add(
      streams.open(reply, (stream) => hub.remove(stream)),
      topics,
    );
  });
};
