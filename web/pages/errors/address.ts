import { usualProject } from '../../state/me.ts';
import { change, pageLink, route } from '../../state/router.ts';

export const PATH = '/errors';

/** Orders of the list; each is a column's. */
export const SORTS = ['date', 'new', 'trends', 'freq', 'user'] as const;
export type Sort = (typeof SORTS)[number];

/** What is looked for until something else is. */
export const DEFAULT_QUERY = 'is:unresolved';

/** What the list's address says. */
export interface ListAddress {
  query: string;
  sort: Sort;
  /** The project's slug; empty for all. */
  project: string;
  /** Short id of the issue whose panel is open. */
  issue: string;
}

export function listAddress(params: URLSearchParams): ListAddress {
  const sort = params.get('sort') as Sort;
  return {
    query: params.get('q') ?? DEFAULT_QUERY,
    sort: SORTS.includes(sort) ? sort : 'date',
    project: params.get('project') ?? usualProject(),
    issue: params.get('issue') ?? '',
  };
}

/** Changes what the list shows; what it shows anyway stays out of its address. */
export function show(next: Partial<ListAddress>, replace = false): void {
  const { query, sort, project, issue } = { ...listAddress(route.value.params), ...next };
  change((params) => {
    for (const [key, value, plain] of [
      ['q', query, DEFAULT_QUERY],
      ['sort', sort, 'date'],
      ['project', project, usualProject()],
      ['issue', issue, ''],
    ]) {
      if (value === plain) params.delete(key);
      else params.set(key, value);
    }
  }, replace);
}

/** The list with a search; the project is kept. */
export function listLink(query: string): string {
  const { project } = listAddress(route.value.params);
  return pageLink(PATH, { ...(query === DEFAULT_QUERY ? {} : { q: query }), ...(project === usualProject() ? {} : { project }) });
}

/** The way back to the list as it was left. */
let lastList = PATH;

export function rememberList(): void {
  lastList = location.pathname + location.search;
}

export const backToList = (): string => (lastList.startsWith(PATH) ? lastList : PATH);

/** Parts of an issue's page. */
export const VIEWS = ['event', 'events', 'tags', 'activity'] as const;
export type View = (typeof VIEWS)[number];

/** `/errors/SHOP-1A/events/<event>`: the issue and the event, the latest where none is named; undefined for the list. */
export function issueAddress(path: string): { issue: string; event: string } | undefined {
  const [issue = '', , event = 'latest'] = path.slice(PATH.length + 1).split('/');
  return issue === '' ? undefined : { issue, event };
}

export function viewOf(params: URLSearchParams): View {
  const view = params.get('view') as View;
  return VIEWS.includes(view) ? view : 'event';
}

export function issueLink(shortId: string, event = '', extra: Record<string, string> = {}): string {
  return pageLink(`${PATH}/${encodeURIComponent(shortId)}${event === '' ? '' : `/events/${event}`}`, extra);
}
