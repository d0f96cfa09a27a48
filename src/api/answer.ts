import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { log } from '../core/log.ts';
import type { QueryAnswer } from '../query/messages.ts';
import type { RenderParams } from '../query/request.ts';
import type { QueryService } from '../query/service.ts';

/** Bytes of parts that clients have not taken yet, of all answers together; one that would add to more is cut off. */
const MAX_UNSENT = 384 << 20;
let unsent = 0;

/** Answers of more bytes give their memory back themselves. */
const LARGE = 1 << 14;

/**
 * Answers a question to the query service. A long answer goes out in parts while the rest is written; a client that goes away withdraws
 * its question. A large answer's memory goes back as soon as it is out: collecting it as garbage costs more than sending.
 */
export async function answerQuestion(reply: FastifyReply, query: Pick<QueryService, 'render'>, params: RenderParams): Promise<FastifyReply> {
  const { raw } = reply;
  const part = (begin: QueryAnswer): void => {
    if (!raw.headersSent) beginParts(reply, begin);
    writePart(raw, begin.body);
  };
  const { status, type, body } = await query.render(params, { signal: leaving(raw), part });
  if (!reply.sent) {
    // Pages of the same site may show pictures: a team's wiki beside us.
    if (type.startsWith('image/')) reply.header('cross-origin-resource-policy', 'same-site');
    if (body.length > LARGE) raw.once('finish', () => body.buffer.transfer(0));
    return reply.code(status).type(type).send(body);
  }
  // What is out cannot be taken back: a connection that breaks says that the answer is not whole.
  if (status >= 400) raw.destroy();
  else {
    writePart(raw, body);
    raw.end();
  }
  return reply;
}

function beginParts(reply: FastifyReply, { status, type }: QueryAnswer): void {
  reply.hijack();
  reply.raw.writeHead(status, { ...(reply.getHeaders() as Record<string, string>), 'content-type': type, 'cache-control': 'no-store' });
}

function writePart(raw: ServerResponse, body: Uint8Array<ArrayBuffer>): void {
  if (raw.destroyed) return;
  const { length } = body;
  if (unsent + length > MAX_UNSENT) {
    log.warn(`an answer was cut off: its client is slow, and answers to slow clients may hold ${MAX_UNSENT >> 20} MB together`);
    raw.destroy();
    return;
  }
  unsent += length;
  // Called as well when the connection breaks.
  raw.write(body, () => {
    unsent -= length;
    body.buffer.transfer(0);
  });
}

/** Answers what a question to the query service came to; a client that goes away withdraws it. */
export async function answerWhole(reply: FastifyReply, ask: (signal: AbortSignal) => Promise<QueryAnswer>): Promise<FastifyReply> {
  const { status, type, body } = await ask(leaving(reply.raw));
  return reply.code(status).type(type).send(body);
}

/** Aborts when the client's connection closes before the answer is out. */
function leaving(raw: ServerResponse): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
