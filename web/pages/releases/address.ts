import { usualProject } from '../../state/me.ts';
import { change, pageLink, route } from '../../state/router.ts';

export const PATH = '/releases';

/** Orders of the list; each is a column's. */
export const SORTS = ['date', 'adoption', 'crash_free', 'sessions', 'new'] as const;
export type Sort = (typeof SORTS)[number];

/** Issues of a release, by what became of them in it. */
export const ISSUES = ['new', 'regressed', 'resolved'] as const;
export type Issues = (typeof ISSUES)[number];

/** What the address says besides the time. */
export interface ReleasesAddress {
  /** The project's slug; empty for all. */
  project: string;
  environment: string;
  sort: Sort;
  /** Rows of the list. */
  limit: number;
  /** Of a release's page; empty for those that there are most reasons to look at. */
  issues: Issues | '';
}

const FEW = 25;
export const MANY = 100;

export function addressOf(params: URLSearchParams): ReleasesAddress {
  const sort = params.get('sort') as Sort;
  const issues = params.get('issues') as Issues;
  return {
    project: params.get('project') ?? usualProject(),
    environment: params.get('environment') ?? '',
    sort: SORTS.includes(sort) ? sort : 'date',
    limit: params.get('limit') === String(MANY) ? MANY : FEW,
    issues: ISSUES.includes(issues) ? issues : '',
  };
}

/** Changes what is shown; what is shown anyway stays out of the address. */
export function show(next: Partial<ReleasesAddress>): void {
  const { project, environment, sort, limit, issues } = { ...addressOf(route.value.params), ...next };
  change((params) => {
    for (const [key, value, plain] of [
      ['project', project, usualProject()],
      ['environment', environment, ''],
      ['sort', sort, 'date'],
      ['limit', String(limit), String(FEW)],
      ['issues', issues, ''],
    ]) {
      if (value === plain) params.delete(key);
      else params.set(key, value);
    }
  });
}

/** `/releases/shop%401.4.2`; undefined for the list. */
export function versionOf(path: string): string | undefined {
  const version = path.slice(PATH.length + 1);
  if (version === '') return undefined;
  try {
    return decodeURIComponent(version);
  } catch {
    return version;
  }
}

/** A release's page, with what is looked at where releases are; from elsewhere with the time that suits it. */
export const releaseLink = (version: string): string => link(`${PATH}/${encodeURIComponent(version)}`);

export const listLink = (): string => link(PATH);

function link(path: string): string {
  if (!route.value.path.startsWith(PATH)) return path;
  const { project, environment } = addressOf(route.value.params);
  return pageLink(path, { ...(project === usualProject() ? {} : { project }), ...(environment === '' ? {} : { environment }) });
}
