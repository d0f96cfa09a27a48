import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { HeedError } from '../../core/errors.ts';
import { readForm } from '../../signals/errors/wire/multipart.ts';
import { MOST_BUNDLE_BYTES, MOST_CHUNK_BYTES } from '../../store/artifacts/artifacts-store.ts';
import { baseOf } from '../base-address.ts';
import { route, type SentryRoutes } from './context.ts';

/** Chunks of one request; what frames them needs less than a kilobyte each. */
const MOST_CHUNKS = 4;
const MOST_REQUEST_BYTES = MOST_CHUNKS * (MOST_CHUNK_BYTES + 1024);

const unpack = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip);

/** These join a relative address with their own; all others need a whole one. */
const JOINS = /^sentry-cli\/[23]\./;

/** Pieces of what builds upload. Where it can be the address is relative, so that uploads go where the client asked, whatever stands before Heed. */
export const chunkUploadRoutes: SentryRoutes = (app, { artifacts }) => {
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_, body, done) => done(null, body));

  route(app, 'GET', '/organizations/:organization/chunk-upload/', async ({ parts, request }) => ({
    url: `${JOINS.test(request.headers['user-agent'] ?? '') ? '' : baseOf(request)}/api/0/organizations/${encodeURIComponent(parts.organization)}/chunk-upload/`,
    chunkSize: MOST_CHUNK_BYTES,
    chunksPerRequest: MOST_CHUNKS,
    maxFileSize: MOST_BUNDLE_BYTES,
    maxRequestSize: MOST_CHUNKS * MOST_CHUNK_BYTES,
    concurrency: 2,
    hashAlgorithm: 'sha1',
    compression: ['gzip'],
    accept: ['release_files', 'artifact_bundles', 'artifact_bundles_v2'],
  }));

  route(
    app,
    'POST',
    '/organizations/:organization/chunk-upload/',
    async ({ request: { body, headers } }) => {
      if (!Buffer.isBuffer(body)) throw new HeedError('bad_form', 'cannot take chunks: send multipart/form-data');
      for (const { name, filename, content } of readForm(body, headers['content-type'] ?? '').files) {
        if (name !== 'file' && name !== 'file_gzip') throw new HeedError('bad_form', `cannot take '${name.slice(0, 60)}': chunks are called file or file_gzip`);
        await artifacts.addChunk(filename, name === 'file' ? checked(content) : await unpacked(content));
      }
      return [];
    },
    MOST_REQUEST_BYTES,
  );
};

function checked(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= MOST_CHUNK_BYTES) return bytes;
  throw new HeedError('too_large', `cannot take a chunk of more than ${MOST_CHUNK_BYTES / 1024 ** 2} MB`, { status: 413 });
}

async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await unpack(bytes, { maxOutputLength: MOST_CHUNK_BYTES });
  } catch (error) {
    throw new HeedError('bad_chunk', `cannot unpack a chunk: it is not gzip, or larger than ${MOST_CHUNK_BYTES / 1024 ** 2} MB`, { cause: error });
  }
}
