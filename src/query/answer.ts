import { causeOf, HeedError } from '../core/errors.ts';
import { log } from '../core/log.ts';
import type { QueryAnswer } from './messages.ts';
import { render, type RenderOptions } from './render.ts';
import type { RenderParams } from './request.ts';

/** Answers a question whatever comes of it: rows, or a status and the reason. Our own format gets errors as JSON, Graphite's plain text. */
export async function answerRender(params: RenderParams, options: RenderOptions): Promise<QueryAnswer> {
  try {
    return { status: 200, ...(await render(params, options)) };
  } catch (error) {
    return refusal(params, error);
  }
}

/** The answer that says why there is none. */
export function refusal(params: RenderParams, error: unknown): QueryAnswer {
  if (!(error instanceof HeedError)) log.error({ err: error, targets: params.target?.slice(0, 10) }, 'bug: a question failed');
  const { code, message, status } = error instanceof HeedError ? error : { code: 'internal', message: `cannot answer: ${causeOf(error)}`, status: 500 };
  const json = params.format?.[0] === 'frame';
  const body = new TextEncoder().encode(json ? JSON.stringify({ error: { code, message } }) : `${message}\n`);
  return { status, type: json ? 'application/json' : 'text/plain; charset=utf-8', body };
}
