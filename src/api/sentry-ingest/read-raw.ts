import type { IncomingMessage } from 'node:http';
import { HeedError } from '../../core/errors.ts';

/** Bytes of all bodies that are on their way in together: what many slow clients send must not fill the memory. */
const MOST_TOGETHER = 96_000_000;
let together = 0;

/** What a first look at a body came to: whether it saw enough. */
type Look = (beginning: Uint8Array, isWhole: boolean) => boolean;

/**
 * The body as it is on the wire, in memory of its own. What `look` throws ends the reading.
 * @throws HeedError `body_too_large` (413), `busy` (429), `body_cut`
 */
export async function readRaw(request: IncomingMessage, most: number, look?: Look): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  let size = 0;
  try {
    return await new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
      const chunks: Buffer[] = [];
      let looked = look === undefined;
      const see = (isWhole: boolean): void => {
        looked ||= look?.(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks), isWhole) ?? true;
      };
      const end = (error: unknown): void => {
        request.off('data', onData).off('end', onEnd).off('error', end).off('close', onClose).pause();
        reject(error);
      };
      const onData = (chunk: Buffer): void => {
        size += chunk.length;
        together += chunk.length;
        if (size > most) return end(tooLarge(most));
        if (together > MOST_TOGETHER)
          return end(new HeedError('busy', 'cannot take the request: too many are being sent at once; send it again later', { status: 429 }));
        chunks.push(chunk);
        attempt(() => looked || see(false));
      };
      const onEnd = (): void =>
        attempt(() => {
          request.off('close', onClose);
          if (!looked) see(true);
          const body = new Uint8Array(size);
          let at = 0;
          for (const chunk of chunks) {
            body.set(chunk, at);
            at += chunk.length;
          }
          resolve(body);
        });
      const onClose = (): void => end(new HeedError('body_cut', 'cannot read the body: the connection was closed before its end'));
      const attempt = (work: () => unknown): void => {
        try {
          work();
        } catch (error) {
          end(error);
        }
      };
      request.on('data', onData).once('end', onEnd).once('error', end).once('close', onClose);
    });
  } finally {
    together -= size;
  }
}

/** A body that nobody wants is passed over if it is small; of a large one the connection ends. */
const MOST_PASSED_OVER = 1_000_000;

export function passOver(request: IncomingMessage): void {
  if (request.complete) return;
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MOST_PASSED_OVER) request.destroy();
  });
  request.on('error', () => undefined).resume();
}

const tooLarge = (most: number): HeedError =>
  new HeedError('body_too_large', `cannot read the body: it has more than ${most / 1e6} MB; send less at once`, { status: 413 });
