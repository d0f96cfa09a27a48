import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { usualProject } from '../../state/me.ts';
import { route } from '../../state/router.ts';
import { PickMenu } from '../../widgets/pick-menu.tsx';
import { ProjectMenu } from '../../widgets/project-menu.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { thousands } from '../../words/number.ts';
import { addressOf, MANY, show, type Sort } from './address.ts';
import { NoRelease } from './empty.tsx';
import { ReleaseRow } from './release-row.tsx';
import { useReleases, useWeek } from './releases.ts';
import { Problem } from '../../widgets/problem.tsx';

/** All releases: how each fares, who uses it, how often it crashes. */
export function ReleasesList(): JSX.Element {
  useWeek();
  const { project, environment, sort } = addressOf(route.value.params);
  const { answer, problem } = useReleases();
  useEffect(() => void (document.title = 'Releases · Heed'));
  const none = answer?.total === 0;
  const head = (key: Sort, text: string, about: string, css: string): JSX.Element => (
    <th class={css} aria-sort={sort === key ? (key === 'crash_free' ? 'ascending' : 'descending') : undefined}>
      <button type="button" class="plain" title={about} onClick={() => show({ sort: key })}>
        {text}
      </button>
    </th>
  );
  return (
    <div class="main">
      <div class="list-head">
        <h1 class="sr">Releases</h1>
        <div class="row list-tools">
          <ProjectMenu value={project} onChange={(value) => show({ project: value })} />
          <PickMenu
            name="Environment"
            all="All environments"
            options={answer?.environments ?? []}
            value={environment}
            onChange={(value) => show({ environment: value })}
          />
          {answer && !none && (
            <span class="dim">
              {answer.releases.length < answer.total ? `${thousands(answer.releases.length)} of ` : ''}
              {thousands(answer.total)} {answer.total === 1 ? 'release' : 'releases'}
            </span>
          )}
        </div>
      </div>
      <Problem text={problem?.message ?? ''} list />
      {!answer && !problem && <Skeleton rows={8} slow="Heed takes long to answer." />}
      {none && <NoRelease filtered={project !== usualProject() || environment !== ''} />}
      {answer && !none && (
        <div class="panel plain">
          <table class="table releases">
            <thead>
              <tr>
                {head('date', 'Release', 'Newest first', '')}
                {head('adoption', 'Adoption', 'Share of the sessions of the last 24 hours; most first', 'p2')}
                {head('crash_free', 'Crash-free', 'Share of sessions without a crash; lowest first', 'n')}
                {head('sessions', 'Sessions', 'Most sessions first', 'n p2')}
                {head('new', 'New issues', 'Most new issues first', 'n')}
                <th class="p3">Deployed to</th>
                <th class="n p2">Age</th>
              </tr>
            </thead>
            <tbody>
              {answer.releases.map((release) => (
                <ReleaseRow key={release.version} release={release} />
              ))}
            </tbody>
          </table>
          {answer.releases.length < Math.min(answer.total, MANY) && (
            <div class="panel-foot">
              <button type="button" class="plain link" onClick={() => show({ limit: MANY })}>
                Show more
              </button>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
