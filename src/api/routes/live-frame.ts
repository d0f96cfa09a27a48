import { causeOf, HeedError } from '../../core/errors.ts';
import type { ErrorAnswer, FrameAnswer } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { followFrame, type Look } from '../live/follow.ts';
import type { RouteSchema } from '../openapi.ts';
import { FRAME_PARAMETERS, frameQuestion, type FrameQuery } from './frame.ts';

/** Bytes of an answer that is followed: each is read again on the main thread. */
const MOST_BYTES = 1_000_000;

const { target, from, tz } = FRAME_PARAMETERS;
const schema: RouteSchema = {
  summary: 'Live rows: a first `frame` event with the whole window, then what changed, within two seconds or a fifth of a step.',
  querystring: {
    type: 'object',
    properties: {
      target,
      from: { ...from, default: '-10min' },
      tz,
      maxDataPoints: {
        type: 'integer',
        minimum: 1,
        maximum: 5000,
        default: 1000,
        description: 'At most so many values in a row; as the chart asked, so that grids are the same.',
      },
    },
    required: ['target'],
  },
  answer: 'Server-sent events: `frame` with FrameAnswer, `problem` with ErrorAnswer.',
  type: 'text/event-stream',
};

export const liveFrameRoutes: Routes = (app, { deps, streams }) => {
  app.get<{ Querystring: FrameQuery }>('/api/v1/live/frame', { schema, exposeHeadRoute: false }, async ({ query }, reply) => {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    // A signal of its own for each look, so that listeners do not gather on one that lives for hours.
    const ask = (): Promise<Look> => look(deps.query, query, AbortSignal.any([gone.signal]));
    const first = await ask();
    if (!first.ok) {
      const { code, message } = first.problem.error;
      throw new HeedError(code, message, { status: first.status });
    }
    void followFrame(streams.open(reply), first.frame, ask, gone.signal);
  });
};

async function look(service: ApiDeps['query'], query: FrameQuery, signal: AbortSignal): Promise<Look> {
  const { status, body } = await service.render(frameQuestion(query), { signal });
  if (body.length > MOST_BYTES)
    return failed('too_many_points', 'cannot follow this live: the answer is too large; ask for fewer rows or a shorter window', 400);
  try {
    const answer = JSON.parse(new TextDecoder().decode(body)) as FrameAnswer | ErrorAnswer;
    return 'error' in answer ? { ok: false, problem: answer, status } : { ok: true, frame: answer };
  } catch (error) {
    return failed('internal', `cannot read the answer: ${causeOf(error)}`, 500);
  }
}

function failed(code: string, message: string, status: number): Look {
  return { ok: false, problem: { error: { code, message } }, status };
}
