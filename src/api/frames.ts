import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { QueryAnswer } from '../query/messages.ts';
import type { QueryService } from '../query/service.ts';
import type { FramesQuestion } from './contract.ts';
import { frameQuestion } from './routes/frame.ts';

/** Panels of one answer that are asked at a time, so that others have their turn. */
const UNDER_WAY = 4;

const encoder = new TextEncoder();

/**
 * Answers the panels of a question line by line, each as soon as it is ready. Questions wait while the client does not take what there is,
 * and are withdrawn when it goes away.
 */
export async function answerFrames(reply: FastifyReply, query: Pick<QueryService, 'render'>, { panels, ...window }: FramesQuestion): Promise<FastifyReply> {
  const { raw } = reply;
  const gone = new AbortController();
  raw.once('close', () => gone.abort());
  reply.hijack();
  raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  raw.flushHeaders();
  const waiting = [...panels.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !gone.signal.aborted; next = waiting.shift()) {
      const [panel, { targets, ...own }] = next;
      // A signal of its own for each, so that listeners do not gather on one.
      const answer = await query.render(frameQuestion({ ...window, ...own, target: targets }), { signal: AbortSignal.any([gone.signal]) });
      await writeLine(raw, lineOf(panel, answer), gone.signal);
    }
  };
  await Promise.all(Array.from({ length: UNDER_WAY }, work));
  raw.end();
  return reply;
}

/** The service's answer is JSON already; only its place is added. */
function lineOf(panel: number, { status, body }: QueryAnswer): Uint8Array {
  const head = encoder.encode(status < 400 ? `{"panel":${panel},"frame":` : `{"panel":${panel},`);
  const rest = status < 400 ? body : body.subarray(1);
  const line = new Uint8Array(head.length + rest.length + (status < 400 ? 2 : 1));
  line.set(head);
  line.set(rest, head.length);
  if (status < 400) line[line.length - 2] = 0x7d;
  line[line.length - 1] = 0x0a;
  return line;
}

async function writeLine(raw: ServerResponse, line: Uint8Array, gone: AbortSignal): Promise<void> {
  if (gone.aborted || raw.write(line)) return;
  await once(raw, 'drain', { signal: gone }).catch(() => undefined);
}
