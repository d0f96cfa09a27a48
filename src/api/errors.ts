import { randomUUID } from 'node:crypto';
import type { FastifyError } from 'fastify';
import { HeedError } from '../core/errors.ts';
import { log } from '../core/log.ts';
import type { ErrorAnswer } from './contract.ts';

/**
 * What a client is told about an error: ours as they are, Fastify's own (too large a body, bad JSON) in our words, and
 * of anything else only an id by which the log's entry is found.
 */
export function answerError(error: unknown): { status: number; answer: ErrorAnswer } {
  if (error instanceof HeedError) return { status: error.status, answer: { error: { code: error.code, message: error.message } } };
  const { statusCode = 500, code = '', message = '' } = (error ?? {}) as Partial<FastifyError>;
  if (statusCode === 413) return refused(413, 'too_large', 'cannot read the request: its body is too large');
  if (statusCode === 415) return refused(415, 'bad_type', 'cannot read the request: send JSON with content-type application/json');
  if (statusCode >= 400 && statusCode < 500 && code.startsWith('FST_')) return refused(statusCode, 'bad_request', `cannot read the request: ${message}`);
  // Node's own parse errors of JSON bodies come with a status and no code.
  if (statusCode === 400) return refused(400, 'bad_request', 'cannot read the request: its body is not valid JSON');
  const id = randomUUID();
  log.error({ err: error, id }, 'bug: a request failed');
  return refused(500, 'internal', `cannot answer: an error of ours; the log has it under ${id}`);
}

function refused(status: number, code: string, message: string): { status: number; answer: ErrorAnswer } {
  return { status, answer: { error: { code, message } } };
}
