import type { JSX } from 'preact';
import { route } from '../../state/router.ts';
import { definePage } from '../page.ts';
import { PATH, placeOf } from './address.ts';
import { JobPage } from './job-page.tsx';
import { JobsList } from './list.tsx';
import { RunPage } from './run-page.tsx';

/** The list, or the job or run that the address names. */
function Jobs(): JSX.Element {
  const { path } = route.value;
  const { project, slug, run } = placeOf(path);
  if (project === undefined || slug === undefined) return <JobsList />;
  return run === undefined ? <JobPage key={path} project={project} slug={slug} /> : <RunPage key={path} project={project} slug={slug} run={run} />;
}

export default definePage({ path: PATH, title: 'Jobs', icon: 'jobs', key: 'j', order: 5, flush: true, deep: true, view: Jobs });
