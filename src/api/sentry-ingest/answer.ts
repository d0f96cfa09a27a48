import type { FastifyReply } from 'fastify';
import type { Taken } from '../../signals/errors/receive/intake.ts';
import type { AnswerAs } from './doors.ts';
import { headerText, rateLimits } from './headers.ts';

/** One transparent point. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Answers what was taken; where too much came, how long to hold back. */
export function answerTaken(reply: FastifyReply, as: AnswerAs, { id, limited, kept }: Taken): FastifyReply {
  if (limited.length > 0) reply.header('x-sentry-rate-limits', rateLimits(limited));
  if (!kept) {
    const message = 'cannot keep what was sent: the project sends too much; find what fails so often, or sample in the SDK';
    reply.header('retry-after', String(Math.max(...limited.map(({ seconds }) => seconds)))).header('x-sentry-error', headerText(message));
    return reply.code(429).send({ detail: message });
  }
  if (as === 'pixel') return reply.type('image/gif').send(PIXEL);
  if (as === 'accepted') return reply.code(202).send({});
  if (as === 'crash_id') return reply.type('text/plain; charset=utf-8').send((id ?? '').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
  // Some clients cannot bear an empty body.
  return reply.send(as === 'nothing' || id === undefined ? {} : { id });
}
