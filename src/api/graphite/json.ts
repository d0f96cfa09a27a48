import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { readCallback } from '../../query/request.ts';
import { isOn, lastOf, type Params } from './params.ts';

/** Items written in one go, so that a long answer lets other requests through. */
const SLICE = 2000;

/** How far JSON is indented; `pretty` is for people's eyes. */
export const indentOf = (params: Params): number => (isOn(params, 'pretty') ? 2 : 0);

/** Sends a value as JSON, or as a call of the function that `jsonp` names. */
export function sendJson(reply: FastifyReply, params: Params, value: unknown): FastifyReply {
  return sendText(reply, params, JSON.stringify(value, null, indentOf(params)));
}

/** Sends a text that is JSON already. */
export function sendText(reply: FastifyReply, params: Params, json: string): FastifyReply {
  const callback = readCallback(lastOf(params, 'jsonp'));
  return callback === undefined ? reply.type('application/json').send(json) : reply.type('text/javascript; charset=utf-8').send(`${callback}(${json})`);
}

/** Sends a list whose items may be many; `toJson` gives the text of each, `head` and `tail` go around them. Only a list that eyes can take in is indented. */
export function sendList<Item>(
  reply: FastifyReply,
  params: Params,
  items: readonly Item[],
  toJson: (item: Item) => string,
  head = '[',
  tail = ']',
): FastifyReply {
  if (items.length <= SLICE) {
    const json = `${head}${items.map(toJson).join(',')}${tail}`;
    return sendText(reply, params, isOn(params, 'pretty') ? JSON.stringify(JSON.parse(json), null, indentOf(params)) : json);
  }
  return sendStream(reply, params, head, slices(items), toJson, tail);
}

/** Sends a list that comes in parts, without ever holding all of it. */
export function sendStream<Item>(
  reply: FastifyReply,
  params: Params,
  head: string,
  parts: AsyncIterable<readonly Item[]> | Iterable<readonly Item[]>,
  toJson: (item: Item) => string,
  tail: string,
): FastifyReply {
  const callback = readCallback(lastOf(params, 'jsonp'));
  async function* text(): AsyncGenerator<string> {
    yield callback === undefined ? head : `${callback}(${head}`;
    let separator = '';
    for await (const part of parts) {
      if (part.length === 0) continue;
      yield separator + part.map(toJson).join(',');
      separator = ',';
    }
    yield callback === undefined ? tail : `${tail})`;
  }
  return reply.type(callback === undefined ? 'application/json' : 'text/javascript; charset=utf-8').send(Readable.from(text()));
}

function* slices<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let i = 0; i < items.length; i += SLICE) yield items.slice(i, i + SLICE);
}
