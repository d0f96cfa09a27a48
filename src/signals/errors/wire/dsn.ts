/** Where a client sends, and as whom: `https://<key>@host/<path>/<project>`. */
export interface Dsn {
  key: string;
  host: string;
  /** What stands before `/api/…` in the addresses it posts to: empty or `/mon/errors`. */
  path: string;
  project: string;
}

const MOST_DSN = 2048;

/** Reads a DSN; undefined when it is none. */
export function parseDsn(text: unknown): Dsn | undefined {
  if (typeof text !== 'string' || text.length > MOST_DSN) return undefined;
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username === '') return undefined;
  const way = url.pathname.replace(/\/{1,8}$/, '');
  const slash = way.lastIndexOf('/');
  const project = way.slice(slash + 1);
  if (slash < 0 || project === '') return undefined;
  return { key: url.username, host: url.host, path: way.slice(0, slash), project };
}
