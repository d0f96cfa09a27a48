import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { HeedError } from '../core/errors.ts';
import { securityHeaders } from './security/headers.ts';

/** Addresses of screens; each is answered with the one page, which reads its address itself. */
export const PAGES = ['/', '/now', '/metrics'] as const;

/**
 * Serves the built screens. Only files that are there when the server starts have a route, so no path of a request ever
 * becomes a path of a file. Vite puts a hash into the names below `assets/`: those may be kept for ever.
 */
export function serveScreens(app: FastifyInstance, folder: string): void {
  const root = resolve(folder);
  const page = join(root, 'index.html');
  if (!existsSync(page)) {
    for (const path of PAGES) {
      app.get(path, () => {
        throw new HeedError('no_screens', `cannot show the screens: ${page} is missing; npm run build makes it`, { status: 503 });
      });
    }
    return;
  }
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
  const html = readFileSync(page);
  for (const path of PAGES) {
    app.get(path, (_, reply) => reply.headers(securityHeaders(true)).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(html));
  }
}
