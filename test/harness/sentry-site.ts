import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A shop of another origin than Heed's, whose pages report by SDKs of Sentry. */
export interface Site extends AsyncDisposable {
  url: string;
}

/** One page of the site. */
export interface SitePage {
  /** Package of the SDK, which becomes a global, e.g. `sentry-browser-7`. */
  sdk?: { package: string; global: string };
  /** What runs before the application: sets the SDK up. */
  setUp?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** The same application on all pages. */
const APP = `
  function pay(cart) { return cart.missing.total; }
  async function order(cart) { throw new RangeError('no stock for cart ' + cart); }
  document.querySelector('#pay').addEventListener('click', () => pay({}));
  document.querySelector('#order').addEventListener('click', () => { void order(17); });
`;

/**
 * Serves pages by their paths, each with the bundle of its SDK, and passes `/tunnel` and `/mon/errors/…` on to Heed at `heed`, as a web server in front would.
 */
export async function startSite(heed: string, pages: Record<string, SitePage>): Promise<Site> {
  const bundles = new Map<string, Promise<string>>();
  const server = createServer((asked, answer) => {
    const { pathname } = new URL(asked.url ?? '/', 'http://site');
    if (pathname === '/tunnel') return pass(`${heed}/api/tunnel/`, asked, answer);
    if (pathname.startsWith('/mon/errors/')) return pass(heed + (asked.url ?? ''), asked, answer);
    if (pathname === '/app.js') return answer.setHeader('content-type', 'text/javascript').end(APP);
    const sdk = /^\/sdk\/(.+)\.js$/.exec(pathname);
    const wanted = Object.values(pages).find((page) => page.sdk?.package === sdk?.[1])?.sdk;
    if (wanted) {
      if (!bundles.has(wanted.package)) bundles.set(wanted.package, bundle(wanted));
      return void bundles.get(wanted.package)?.then((code) => answer.setHeader('content-type', 'text/javascript').end(code));
    }
    const setUp = /^\/set-up(\/.*)\.js$/.exec(pathname);
    if (setUp) return answer.setHeader('content-type', 'text/javascript').end(pages[setUp[1]].setUp ?? '');
    const page = pages[pathname];
    if (page === undefined) return answer.writeHead(404).end();
    for (const [name, value] of Object.entries(page.headers ?? {})) answer.setHeader(name, value);
    answer.setHeader('content-type', 'text/html').end(`<!doctype html><title>Shop</title><link rel="icon" href="data:,">
      <button id="pay">Pay</button><button id="order">Order</button>${page.body ?? ''}
      ${page.sdk ? `<script src="/sdk/${page.sdk.package}.js"></script>` : ''}
      ${page.setUp ? `<script src="/set-up${pathname}.js"></script>` : ''}<script src="/app.js"></script>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pass(to: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { host: _, ...headers } = asked.headers;
  const passed = request(to, { method: asked.method, headers }, (got) => {
    answer.writeHead(got.statusCode ?? 502, got.headers);
    got.pipe(answer);
  });
  passed.on('error', () => answer.writeHead(502).end());
  asked.pipe(passed);
}

async function bundle({ package: name, global }: NonNullable<SitePage['sdk']>): Promise<string> {
  const entry = 'entry';
  const made = await rolldown({
    input: entry,
    cwd: ROOT,
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? `import * as sdk from '${name}';\nglobalThis.${global} = sdk.default?.config ? sdk.default : sdk;` : undefined),
      },
    ],
  });
  const { output } = await made.generate({ format: 'iife' });
  return output[0].code;
}
