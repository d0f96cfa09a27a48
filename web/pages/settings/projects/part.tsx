import type { JSX } from 'preact';
import { route } from '../../../state/router.ts';
import { definePart } from '../part.ts';
import { slugIn } from './address.ts';
import { ProjectList } from './list.tsx';
import { ProjectPage } from './project-page.tsx';

/** All projects, or the one that the address names. */
function Projects(): JSX.Element {
  const slug = slugIn(route.value.path);
  return slug === '' ? <ProjectList /> : <ProjectPage key={slug} slug={slug} />;
}

export default definePart({ path: '/settings/projects', title: 'Projects', order: 1, view: Projects });
