import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { HeedError } from '../../core/errors.ts';
import type { Attachment, AttachmentsStore } from '../../store/attachments/attachments-store.ts';
import { attachmentItem } from './item.ts';

/** Bytes of a text that are shown. */
const MOST_SHOWN = 100_000;

/** To be saved, whatever it is: nothing of what others sent is run. */
export async function sendAttachment(reply: FastifyReply, store: AttachmentsStore, attachment: Attachment): Promise<FastifyReply> {
  const plain = attachment.name.replace(/[^\w .()-]/g, '_');
  return reply
    .headers({
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded(attachment.name)}`,
      'content-length': attachment.size,
    })
    .type('application/octet-stream')
    .send(await contentOf(store, attachment));
}

/** To be looked at: an image by its own bytes' type, or the beginning of a text as plain text. @throws HeedError `no_preview` (415) */
export async function sendPreview(reply: FastifyReply, store: AttachmentsStore, attachment: Attachment): Promise<FastifyReply> {
  const { preview } = attachmentItem(attachment);
  if (preview === '') throw new HeedError('no_preview', 'cannot show the attachment: it is no image and no text; download it', { status: 415 });
  const content = await contentOf(store, attachment);
  if (preview === 'image') return reply.type(attachment.image).header('content-length', attachment.size).send(content);
  return reply.type('text/plain; charset=utf-8').send(Readable.from(beginning(content)));
}

async function* beginning(content: Readable): AsyncGenerator<Buffer> {
  let left = MOST_SHOWN;
  for await (const part of content as AsyncIterable<Buffer>) {
    yield part.subarray(0, left);
    left -= part.length;
    if (left <= 0) return;
  }
}

async function contentOf(store: AttachmentsStore, attachment: Attachment): Promise<Readable> {
  const content = await store.open(attachment);
  if (content) return content;
  throw new HeedError('gone', 'cannot give the attachment: its file is missing or damaged', { status: 410 });
}

/** RFC 8187: what a header may hold of any text. */
const encoded = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
