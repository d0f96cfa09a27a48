import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { JobAnswer, RunItem } from '../../../src/api/contract-jobs.ts';
import { askJob } from '../../state/jobs.ts';
import { useKeys } from '../../state/keys.ts';
import { go } from '../../state/router.ts';
import { Icon } from '../../widgets/icon.tsx';
import { PickMenu } from '../../widgets/pick-menu.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { Glyph, State } from '../../widgets/state.tsx';
import { agoText, iso } from '../../words/time.ts';
import { listLink, parameter, runLink, show } from './address.ts';
import { useAsked } from '../../state/asked.ts';
import { JobSettings } from './job-settings.tsx';
import { SetUp } from './set-up.tsx';
import { RunStrip } from './strip.tsx';
import { recordsOf, stateOfJob, took, wentOf } from './words.ts';

/** A job: how it fares, its runs, what is expected of it, and how its program tells. */
export function JobPage({ project, slug }: { project: string; slug: string }): JSX.Element {
  const [environment, before] = [parameter('environment'), parameter('before')];
  const { answer, problem, again } = useAsked(JSON.stringify([environment, before]), (signal) => askJob(project, slug, { environment, before }, signal));
  useEffect(() => void (document.title = `${slug} · Jobs · Heed`), [slug]);
  useKeys([{ keys: 'Escape', about: 'back to the list', run: () => go(listLink()) }]);
  if (!answer) {
    return (
      <div class="page">
        {problem ? (
          <div class="empty" role="alert">
            <h1>{slug} cannot be shown</h1>
            <p>{problem.message}.</p>
            <a class="btn" href={listLink()}>
              All jobs
            </a>
          </div>
        ) : (
          <Skeleton rows={10} slow="Heed takes long to answer." />
        )}
      </div>
    );
  }
  const { job, dsn } = answer;
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <div class="crumbs">
            <a href={listLink()}>Jobs</a>
            <Icon name="right" small />
            <span>{job.project}</span>
          </div>
          <h1 class="error-title">{job.name}</h1>
        </div>
        <div class="btn-row">
          <PickMenu
            name="Environment"
            all="All environments"
            options={job.environments.map(({ name }) => name)}
            value={environment}
            onChange={(value) => show({ environment: value, before: '' })}
          />
        </div>
      </div>
      <section class="verdict small" data-s={stateOfJob(job)} aria-label="Verdict">
        <Glyph state={stateOfJob(job)} />
        <p class="says">{`${job.words.charAt(0).toUpperCase()}${job.words.slice(1)}.`}</p>
      </section>
      <div class="cols">
        <div class="stack">
          <section class="panel" aria-labelledby="h-runs">
            <div class="panel-head">
              <h2 id="h-runs">Runs</h2>
              <span class="push job-strip">
                <RunStrip runs={job.runs} />
              </span>
            </div>
            <Runs answer={answer} />
          </section>
        </div>
        <div class="stack">
          <JobSettings key={`${job.project} ${job.slug}`} job={job} onChange={again} />
          <section class="panel" aria-labelledby="h-how">
            <div class="panel-head">
              <h2 id="h-how">How it tells</h2>
            </div>
            <div class="panel-body">
              <SetUp dsn={dsn} slug={job.slug} />
            </div>
          </section>
        </div>
      </div>
    </div>
  );
}

function Runs({ answer: { job, runs, next, now } }: { answer: JobAnswer }): JSX.Element {
  if (runs.length === 0) return <p class="panel-body mid">No run of it is known here.</p>;
  const row = (run: RunItem): JSX.Element => (
    <tr key={run.id}>
      <td>
        <State state={wentOf(run).state}>
          <a href={runLink(job.project, job.slug, run.id)}>{wentOf(run).text}</a>
        </State>
      </td>
      <td class="n">
        <time title={iso(run.started)}>{agoText(run.started, now)}</time>
      </td>
      <td class="n">{run.durationMs === null ? <span class="dim">none</span> : took(run.durationMs)}</td>
      <td class="p2 dim">{run.environment}</td>
      <td class="n p2">{recordsOf(run) || <span class="dim">none</span>}</td>
    </tr>
  );
  return (
    <>
      <table class="table">
        <thead>
          <tr>
            <th>Went</th>
            <th class="n">Began</th>
            <th class="n">Took</th>
            <th class="p2">Environment</th>
            <th class="n p2">Records</th>
          </tr>
        </thead>
        <tbody>{runs.map(row)}</tbody>
      </table>
      {(next !== null || parameter('before') !== '') && (
        <div class="panel-foot">
          {parameter('before') !== '' && (
            <button type="button" class="plain link" onClick={() => show({ before: '' })}>
              Latest runs
            </button>
          )}
          {next !== null && (
            <button type="button" class="plain link" onClick={() => show({ before: String(next) })}>
              Earlier runs
            </button>
          )}
        </div>
      )}
    </>
  );
}
