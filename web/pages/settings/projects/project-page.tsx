import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Project } from '../../../../src/api/contract.ts';
import { ApiProblem } from '../../../state/api.ts';
import { askProject } from '../../../state/projects.ts';
import { pageLink, route } from '../../../state/router.ts';
import { Skeleton } from '../../../widgets/skeleton.tsx';
import { projectLink, tabOf, TABS, type Tab } from './address.ts';
import { General } from './general.tsx';
import { Grouping } from './grouping.tsx';
import { Keys } from './keys.tsx';
import { Origins } from './origins.tsx';
import { Privacy } from './privacy.tsx';
import { SetUp } from './set-up.tsx';

/** What a tab shows and does: the project, and what to do when it was changed. */
export interface TabProps {
  project: Project;
  onChange: (project: Project) => void;
}

const VIEWS: Record<Tab, (props: TabProps) => JSX.Element> = {
  setup: SetUp,
  keys: Keys,
  grouping: Grouping,
  privacy: Privacy,
  origins: Origins,
  general: General,
};

/** One project. */
export function ProjectPage({ slug }: { slug: string }): JSX.Element {
  const [project, setProject] = useState<Project | null>(null);
  const [problem, setProblem] = useState('');
  const tab = tabOf(route.value.params);
  useEffect(() => {
    const stop = new AbortController();
    askProject(slug, stop.signal).then(setProject, (error: unknown) => {
      if (error instanceof ApiProblem) setProblem(error.message);
    });
    return () => stop.abort();
  }, []);
  useEffect(() => void (document.title = `${project?.name ?? slug} · Projects · Heed`), [project?.name]);
  if (problem !== '')
    return (
      <div class="empty" role="alert">
        <h1>{slug} cannot be shown</h1>
        <p>{problem}.</p>
        <a class="btn" href={projectLink('')}>
          All projects
        </a>
      </div>
    );
  if (!project) return <Skeleton rows={6} slow="Heed takes long to answer." />;
  const View = VIEWS[tab];
  return (
    <>
      <div class="list-head">
        <div class="page-head">
          <h1>
            <a class="dim" href={projectLink('')}>
              Projects
            </a>
            <span class="dim"> / </span>
            {project.name}
          </h1>
          <div class="btn-row">
            <a class="btn" href={pageLink('/errors', { project: project.slug })}>
              Its errors
            </a>
          </div>
        </div>
      </div>
      <nav class="tabs" aria-label="Parts of the project">
        {TABS.map(({ key, text }) => (
          <a key={key} href={projectLink(project.slug, key)} aria-current={key === tab ? 'page' : undefined}>
            {text}
          </a>
        ))}
      </nav>
      <div class="settings-body">
        <View project={project} onChange={setProject} />
      </div>
    </>
  );
}
