import type { QueryAnswer } from './messages.ts';
import { refusal } from './refusal.ts';
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
