import { signal } from '@preact/signals';

/** Where the reader is. Everything that makes up a view is in here, so that a link or a reload gives the same view. */
export interface Route {
  path: string;
  params: URLSearchParams;
}

function read(): Route {
  return { path: location.pathname === '/now' ? '/' : location.pathname, params: new URLSearchParams(location.search) };
}

export const route = signal<Route>(read());

/** Path and parameters as a link. Characters that expressions are made of stay readable. */
export function href(path: string, params: URLSearchParams | Record<string, string | string[]> = {}): string {
  const query = params instanceof URLSearchParams ? params : new URLSearchParams();
  if (!(params instanceof URLSearchParams)) {
    for (const [key, value] of Object.entries(params)) for (const one of [value].flat()) query.append(key, one);
  }
  const text = query.toString().replace(/%(?:28|29|2C|7B|7D|3A|2F|5B|5D|7C)/g, (code) => decodeURIComponent(code));
  return text === '' ? path : `${path}?${text}`;
}

/** Goes to a view; `replace` where the step is not worth a Back. */
export function go(url: string, replace = false): void {
  if (url === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', url);
  route.value = read();
}

/** Changes parameters of the present view. */
export function change(edit: (params: URLSearchParams) => void, replace = false): void {
  const params = new URLSearchParams(route.value.params);
  edit(params);
  go(href(route.value.path, params), replace);
}

/** The link to another page that keeps the time range. */
export function pageLink(path: string, extra: Record<string, string | string[]> = {}): string {
  const params = new URLSearchParams();
  for (const key of ['from', 'until']) {
    const value = route.value.params.get(key);
    if (value !== null) params.set(key, value);
  }
  for (const [key, value] of Object.entries(extra)) {
    params.delete(key);
    for (const one of [value].flat()) params.append(key, one);
  }
  return href(path, params);
}

/** Follows Back and Forward, and clicks on links to pages that `isPage` knows; all other links load as usual. */
export function startRouter(isPage: (path: string) => boolean): void {
  addEventListener('popstate', () => (route.value = read()));
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest?.('a');
    if (!link || link.target !== '' || link.hasAttribute('download') || link.origin !== location.origin || !isPage(link.pathname)) return;
    if (link.hash !== '' && link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    const moved = link.pathname !== location.pathname;
    go(link.pathname + link.search);
    if (moved) scrollTo(0, 0);
  });
}
