import type { FastifyReply } from 'fastify';
import type { QueryAnswer } from '../query/messages.ts';

/** Answers of more bytes give their memory back themselves. */
const LARGE = 1 << 18;

/** Sends what the query service answered. A large one's memory goes back as soon as it is out: collecting it as garbage costs more than sending. */
export function sendAnswer(reply: FastifyReply, { status, type, body }: QueryAnswer): FastifyReply {
  if (body.length > LARGE) reply.raw.once('finish', () => body.buffer.transfer(0));
  return reply.code(status).type(type).send(body);
}

/** Aborts when the client's connection closes before the answer is out; after it nobody listens. */
export function leaving(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}
