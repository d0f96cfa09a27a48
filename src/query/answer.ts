import { type LookContext, lookForChanges } from './changes/look.ts';
import type { ChangesQuestion } from './changes/question.ts';
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

/** Answers a question after changes, as JSON. */
export async function answerChanges(question: ChangesQuestion, context: LookContext): Promise<QueryAnswer> {
  try {
    const body = new TextEncoder().encode(JSON.stringify(await lookForChanges(question, context)));
    return { status: 200, type: 'application/json', body };
  } catch (error) {
    return refusal({ format: ['frame'] }, error);
  }
}
