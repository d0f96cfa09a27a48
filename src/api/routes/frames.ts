import { HeedError } from '../../core/errors.ts';
import { answerFrames } from '../frames.ts';
import type { FramesQuestion } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';
import { FRAME_PARAMETERS } from './frame.ts';

const MOST_PANELS = 100;

const { from, until, tz, target, maxDataPoints } = FRAME_PARAMETERS;
const schema: RouteSchema = {
  summary: 'Rows of many panels, one line of JSON each, in the order they are ready.',
  body: {
    type: 'object',
    properties: {
      from: { ...from, default: '-1h' },
      until: { ...until, default: 'now' },
      tz,
      panels: {
        type: 'array',
        items: { type: 'object' },
        maxItems: MOST_PANELS,
        description: '{ targets, maxDataPoints, from?, until? } each, as in /api/v1/frame.',
      },
    },
    required: ['panels'],
  },
  answer: 'FramesLine, one a line; a panel without rows has an `error`.',
  type: 'application/x-ndjson',
};

export const framesRoutes: Routes = (app, { deps: { query } }) => {
  app.post<{ Body: Omit<FramesQuestion, 'panels'> & { panels: Record<string, unknown>[] } }>(
    '/api/v1/frames',
    { schema, config: { readsOnly: true } },
    async ({ body }, reply) => answerFrames(reply, query, { ...body, panels: body.panels.map(readPanel) }),
  );
};

function readPanel({ targets, maxDataPoints: points, ...window }: Record<string, unknown>, i: number): FramesQuestion['panels'][number] {
  const bad = (what: string): never => {
    throw new HeedError('bad_parameter', `cannot read the request: panels[${i}].${what}`);
  };
  if (!Array.isArray(targets) || targets.length > target.maxItems) return bad(`targets must be a list of at most ${target.maxItems}`);
  for (const one of targets as unknown[])
    if (typeof one !== 'string' || one.length < target.minLength || one.length > target.maxLength)
      return bad(`targets must hold texts of at most ${target.maxLength} characters`);
  if (!Number.isInteger(points) || (points as number) < maxDataPoints.minimum || (points as number) > maxDataPoints.maximum)
    return bad(`maxDataPoints must be a whole number from ${maxDataPoints.minimum} to ${maxDataPoints.maximum}`);
  const time = (name: 'from' | 'until'): { [key in typeof name]?: string } => {
    const value = window[name];
    if (value === undefined) return {};
    return typeof value === 'string' && value.length <= from.maxLength ? { [name]: value } : bad(`${name} must be a time, as in /render`);
  };
  return { targets: targets as string[], maxDataPoints: points as number, ...time('from'), ...time('until') };
}
