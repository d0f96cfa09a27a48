import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { JobItem } from '../../../src/api/contract-jobs.ts';
import { Spark } from '../../charts/spark.tsx';
import { askJobs } from '../../state/jobs.ts';
import { seenProjects, usualProject } from '../../state/me.ts';
import { go } from '../../state/router.ts';
import { ProjectMenu } from '../../widgets/project-menu.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { Glyph } from '../../widgets/state.tsx';
import { plural } from '../../words/number.ts';
import { agoText, iso, lasting } from '../../words/time.ts';
import { jobLink, parameter, runLink, show } from './address.ts';
import { useAsked } from '../../state/asked.ts';
import { SetUp } from './set-up.tsx';
import { RunStrip } from './strip.tsx';
import { stateOfJob, took, wentOf } from './words.ts';
import { Problem } from '../../widgets/problem.tsx';

/** All jobs: how each fares, how its latest runs went, and when it is to run next. */
export function JobsList(): JSX.Element {
  const project = parameter('project') || usualProject();
  const { answer, problem } = useAsked(project, (signal) => askJobs(project, signal));
  useEffect(() => void (document.title = 'Jobs · Heed'));
  const failing = answer?.jobs.filter(({ state }) => state === 'failing').length ?? 0;
  return (
    <div class="main">
      <div class="list-head">
        <h1 class="sr">Jobs</h1>
        <div class="row list-tools">
          <ProjectMenu value={project} onChange={(value) => show({ project: value })} />
          {answer && answer.jobs.length > 0 && (
            <span class="dim">
              {plural(answer.jobs.length, 'job')}
              {failing > 0 ? `, ${failing} failing` : ''}
            </span>
          )}
        </div>
      </div>
      <Problem text={problem?.message ?? ''} list />
      {!answer && !problem && <Skeleton rows={8} slow="Heed takes long to answer." />}
      {answer?.jobs.length === 0 && <NoJob project={project} />}
      {answer && answer.jobs.length > 0 && (
        <div class="panel plain">
          <table class="table jobs">
            <thead>
              <tr>
                <th>Job</th>
                <th class="p2 strip-col">
                  <span class="strip-ends">
                    <span>30 runs ago</span>
                    <span>latest</span>
                  </span>
                </th>
                <th class="n">Last run</th>
                <th class="n p2">Took</th>
                <th class="n p2">Next</th>
              </tr>
            </thead>
            <tbody>
              {answer.jobs.map((job) => (
                <Row key={`${job.project} ${job.slug}`} job={job} time={answer.now} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Row({ job, time }: { job: JobItem; time: number }): JSX.Element {
  const { project, slug, name, words, runs, environments, running } = job;
  const last = runs.at(-1);
  const durations = runs.map(({ durationMs }) => durationMs);
  const latest = durations.findLast((ms) => ms !== null);
  const expected = environments.flatMap((one) => one.expected ?? []).toSorted((a, b) => a - b)[0];
  const takeRow = (event: MouseEvent): void => {
    if ((event.target as Element).closest('a, button') || getSelection()?.isCollapsed === false) return;
    go(jobLink(project, slug));
  };
  return (
    <tr onClick={takeRow}>
      <td class="grow">
        <div>
          <a class="name" href={jobLink(project, slug)} title={`${project}/${slug}`}>
            {name}
          </a>{' '}
          <span class="dim">{project}</span>
        </div>
        <span class="sub">
          <span class="state small" data-s={stateOfJob(job)}>
            <Glyph state={stateOfJob(job)} />
          </span>{' '}
          {words}
          {running > 0 && words !== 'running for the first time' ? `, ${running === 1 ? 'running' : `${running} running`}` : ''}
        </span>
      </td>
      <td class="p2 strip-col">
        <RunStrip runs={runs} />
      </td>
      <td class="n">
        {last === undefined ? (
          <span class="dim">none</span>
        ) : (
          <>
            <a href={runLink(project, slug, last.id)} title={iso(last.started)}>
              {agoText(last.started, time)}
            </a>
            <span class="sub">{wentOf(last).text}</span>
          </>
        )}
      </td>
      <td class="n p2">
        {latest === undefined || latest === null ? <span class="dim">none</span> : took(latest)}
        <Spark values={durations} />
      </td>
      <td class="n p2 dim">{expected === undefined ? 'by hand' : expected > time ? `in ${lasting(expected - time)}` : 'due'}</td>
    </tr>
  );
}

function NoJob({ project }: { project: string }): JSX.Element {
  const known = seenProjects.value.find(({ slug }) => slug === project) ?? seenProjects.value.at(0);
  return (
    <div class="empty first-event">
      <h2>No job has told of a run yet</h2>
      <p>
        A job is whatever runs by a schedule or by hand: a backup, an import. It shows here with its first run, and with what failed in it by input file and
        record.
      </p>
      <SetUp dsn={known?.dsn ?? 'DSN'} />
      <span class="wait" role="status">
        Waiting for the first run
      </span>
    </div>
  );
}
