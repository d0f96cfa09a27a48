import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, resolve } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { People } from '../store/catalog/people.ts';
import { HeedError } from '../core/errors.ts';
import { securityHeaders } from './security/headers.ts';

/** Addresses of screens; each is answered with the one page, which reads its address itself. */
const PAGES: ReadonlySet<string> = new Set(['/', '/welcome', '/now', '/metrics', '/dashboards', '/errors', '/feedback', '/jobs', '/releases', '/settings']);
/** Addresses below a screen's that are it too. */
const PAGES_BELOW =
  /^\/(?:dashboards\/[a-z0-9-]{1,100}|errors\/[A-Za-z0-9-]{1,120}(?:\/events\/[a-z0-9]{1,40})?|jobs\/[^/]{1,120}\/[^/]{1,60}(?:\/runs\/[0-9a-f]{1,40})?|releases\/[^/]{1,800}|settings\/[a-z]{1,40}(?:\/[a-z0-9-]{1,100})?)$/;

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Whether a request is answered with the one page. */
export function isScreen({ method, url, query }: Pick<FastifyRequest, 'method' | 'url' | 'query'>): boolean {
  const [path] = url.split('?', 1);
  return (method === 'GET' || method === 'HEAD') && (PAGES.has(path) || PAGES_BELOW.test(path)) && !('query' in (query as object));
}

/** Whether it is for who has no password yet. */
export const isWelcome = (request: Pick<FastifyRequest, 'method' | 'url' | 'query'>): boolean =>
  isScreen(request) && request.url.split('?', 1)[0] === '/welcome';

/**
 * Serves the built screens from memory: a handful of files, read when the server starts, so no path of a request ever
 * becomes a path of a file. Vite puts a hash into the names below `assets/`: those may be kept for ever.
 */
export function serveScreens(app: FastifyInstance, folder: string, people: Pick<People, 'any'>): void {
  const root = resolve(folder);
  const page = join(root, 'index.html');
  const built = existsSync(page);
  const html = built ? readFileSync(page, 'utf8') : undefined;
  // Where nobody signs in the screens need not ask first who looks at them.
  const htmlWithPeople = html?.replace('<html ', '<html data-people ');
  const headers = { ...securityHeaders(true), 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8' };

  // A hook and no routes, because Graphite's find is at /metrics too: with its `query` it is a question, without it the screen.
  app.addHook('onRequest', async (request, reply): Promise<unknown> => {
    if (!isScreen(request)) return undefined;
    if (html === undefined) throw new HeedError('no_screens', `cannot show the screens: ${page} is missing; npm run build makes it`, { status: 503 });
    return reply
      .code(200)
      .headers(headers)
      .send((await people.any()) ? htmlWithPeople : html);
  });

  for (const entry of built ? readdirSync(root, { recursive: true, withFileTypes: true }) : []) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const url = `/${relative(root, path).replaceAll('\\', '/')}`;
    const bytes = readFileSync(path);
    const kept = {
      ...securityHeaders(true),
      'content-type': type,
      'cache-control': url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    app.get(url, { config: { open: true } }, (_request, reply) => reply.headers(kept).send(bytes));
  }
}
