import { causeOf, HeedError } from '../core/errors.ts';
import { log } from '../core/log.ts';
import type { QueryAnswer } from './messages.ts';
import type { RenderParams } from './request.ts';

/** The answer that says why there is none. */
export function refusal(params: RenderParams, error: unknown): QueryAnswer {
  if (!(error instanceof HeedError)) log.error({ err: error, targets: params.target?.slice(0, 10) }, 'bug: a question failed');
  const { code, message, status } = error instanceof HeedError ? error : { code: 'internal', message: `cannot answer: ${causeOf(error)}`, status: 500 };
  const json = params.format?.[0] === 'frame';
  const body = new TextEncoder().encode(json ? JSON.stringify({ error: { code, message } }) : `${message}\n`);
  return { status, type: json ? 'application/json' : 'text/plain; charset=utf-8', body };
}
