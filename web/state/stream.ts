/** How a stream stands: the last time it was known to be well, or not yet. */
export type StreamState = 'waiting' | 'open' | 'lost';

const PATIENCE = [1000, 2000, 5000, 10_000];

/**
 * Listens to server-sent events and comes back after every loss. A hidden page lets go, because browsers allow six
 * connections to a host over all tabs, and takes up again when it is seen.
 * @returns a function that ends it
 */
export function openStream(url: string, events: Record<string, (data: never) => void>, tell?: (state: StreamState) => void): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const close = (): void => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  };
  const open = (): void => {
    close();
    source = new EventSource(url);
    source.addEventListener('open', () => {
      failures = 0;
      tell?.('open');
    });
    source.addEventListener('error', () => {
      tell?.('lost');
      close();
      retry = setTimeout(open, PATIENCE[Math.min(failures++, PATIENCE.length - 1)]);
    });
    for (const [name, take] of Object.entries(events)) {
      source.addEventListener(name, (event) => take(JSON.parse(event.data as string) as never));
    }
  };
  const seen = (): void => {
    if (document.hidden) close();
    else if (!source) open();
  };

  document.addEventListener('visibilitychange', seen);
  seen();
  return () => {
    document.removeEventListener('visibilitychange', seen);
    close();
  };
}
