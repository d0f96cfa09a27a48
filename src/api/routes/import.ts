import { decodeFill, MAX_FILL_BYTES } from '../../core/fill-batch.ts';
import { HeedError } from '../../core/errors.ts';
import { formatTagged, parseTagged } from '../../core/tagged.ts';
import { checkName } from '../../intake/names.ts';
import type { ImportAnswer } from '../contract.ts';
import type { Routes } from '../context.ts';
import type { RouteSchema } from '../openapi.ts';

/** Requests whose bodies may be in memory at a time, 6 MB each as a rule. */
const MOST_AT_ONCE = 4;

const schema: RouteSchema = {
  summary: 'Writes points of the past where a series has none; the body is a batch as core/fill-batch.ts describes it. With dry=1 only says what it would do.',
  querystring: { type: 'object', properties: { dry: { type: 'boolean', default: false, description: 'Change nothing.' } } },
  answer: 'ImportAnswer',
};

export const importRoutes: Routes = (app, { deps }) => {
  let atOnce = 0;
  app.register(async (scope) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
    // Before the body is read, so that it need not be held.
    scope.addHook('onRequest', async (_, reply) => {
      if (atOnce >= MOST_AT_ONCE) throw new HeedError('busy', 'cannot take the batch: others are under way; send it again', { status: 503 });
      atOnce++;
      reply.raw.once('close', () => atOnce--);
    });
    scope.post<{ Querystring: { dry: boolean }; Body: unknown }>(
      '/api/v1/import',
      { schema, bodyLimit: MAX_FILL_BYTES },
      async ({ query: { dry }, body }): Promise<ImportAnswer> => {
        if (!Buffer.isBuffer(body)) throw new HeedError('bad_batch', 'cannot read the batch of points: send it as application/octet-stream');
        const batch = decodeFill(body);
        for (const { name } of batch.series) mustBeCanonical(name);
        const now = Date.now();
        return { now, ...(await deps.points.fillIn(batch, { dry })) };
      },
    );
  });
};

function mustBeCanonical(name: string): void {
  const tagged = parseTagged(name);
  const problem = checkName(name) ?? (tagged === undefined ? 'its tags are not as Graphite has them' : undefined);
  if (problem !== undefined) throw new HeedError('bad_name', `cannot take the batch of points: bad name ${JSON.stringify(name.slice(0, 200))}: ${problem}`);
  if (tagged && formatTagged(tagged) !== name)
    throw new HeedError('bad_name', `cannot take the batch of points: bad name ${JSON.stringify(name.slice(0, 200))}: write its tags in order of their keys`);
}
