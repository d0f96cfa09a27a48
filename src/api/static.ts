import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { HeedError } from '../core/errors.ts';
import { securityHeaders } from './security/headers.ts';

/** Addresses of screens; each is answered with the one page, which reads its address itself. */
const PAGES: ReadonlySet<string> = new Set(['/', '/now', '/metrics']);

/**
 * Serves the built screens. Only files that are there when the server starts have a route, so no path of a request ever
 * becomes a path of a file. Vite puts a hash into the names below `assets/`: those may be kept for ever.
 */
export function serveScreens(app: FastifyInstance, folder: string): void {
  const root = resolve(folder);
  const file = join(root, 'index.html');
  const built = existsSync(file);
  const html = built ? readFileSync(file) : undefined;
  const headers = { ...securityHeaders(true), 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8' };

  // A hook and no routes, because Graphite's find is at /metrics too: with its `query` it is a question, without it the screen.
  app.addHook('onRequest', (request, reply, done) => {
    const [path] = request.url.split('?', 1);
    if ((request.method !== 'GET' && request.method !== 'HEAD') || !PAGES.has(path) || 'query' in (request.query as object)) return done();
    if (html === undefined) throw new HeedError('no_screens', `cannot show the screens: ${file} is missing; npm run build makes it`, { status: 503 });
    reply.code(200).headers(headers).send(html);
  });

  if (!built) return;
  app.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    cacheControl: false,
    globIgnore: ['index.html'],
    setHeaders: (reply, path) => {
      const kept = path.startsWith(join(root, 'assets'));
      reply.headers({ ...securityHeaders(true), 'cache-control': kept ? 'public, max-age=31536000, immutable' : 'no-cache' });
    },
  });
}
