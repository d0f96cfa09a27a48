import { change, href, pageLink, route } from '../../state/router.ts';

export const PATH = '/jobs';

/** What the path names: nothing for the list. */
export interface JobsPlace {
  project?: string;
  slug?: string;
  run?: string;
}

export function placeOf(path: string): JobsPlace {
  const [, project, slug, run] = /^\/jobs\/([^/]+)\/([^/]+)(?:\/runs\/([0-9a-f]+))?$/.exec(path) ?? [];
  return project === undefined ? {} : { project: decoded(project), slug: decoded(slug), run };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const listLink = (): string => pageLink(PATH);
export const jobLink = (project: string, slug: string): string => `${PATH}/${encodeURIComponent(project)}/${encodeURIComponent(slug)}`;
export const runLink = (project: string, slug: string, run: string, file = ''): string =>
  href(`${jobLink(project, slug)}/runs/${run}`, file === '' ? {} : { file });

export const parameter = (name: string): string => route.value.params.get(name) ?? '';

/** Changes what is shown; what is empty stays out of the address. */
export function show(next: Record<string, string>): void {
  change((params) => {
    for (const [key, value] of Object.entries(next)) {
      if (value === '') params.delete(key);
      else params.set(key, value);
    }
  });
}
