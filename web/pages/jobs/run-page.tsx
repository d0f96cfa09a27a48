import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { RunAnswer } from '../../../src/api/contract-jobs.ts';
import { askRun } from '../../state/jobs.ts';
import { useKeys } from '../../state/keys.ts';
import { go } from '../../state/router.ts';
import { copyText } from '../../state/toast.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Skeleton } from '../../widgets/skeleton.tsx';
import { Glyph } from '../../widgets/state.tsx';
import { plural } from '../../words/number.ts';
import { iso, moment } from '../../words/time.ts';
import { jobLink, listLink, parameter } from './address.ts';
import { useAsked } from '../../state/asked.ts';
import { Triage } from './triage.tsx';
import { recordsOf, runAsMarkdown, took, wentOf } from './words.ts';

const MANY = '1000';
/** After its end a little may still be told of a run. */
const TOLD_LATE = 60_000;

const isOver = ({ run, now }: RunAnswer): boolean => run.ended !== null && now - run.ended > TOLD_LATE;

/** A run: how it went, what failed in it by file and record, what it was and what it printed. */
export function RunPage({ project, slug, run }: { project: string; slug: string; run: string }): JSX.Element {
  const [file, limit] = [parameter('file'), parameter('all') === '' ? '' : MANY];
  const { answer, problem } = useAsked(JSON.stringify([file, limit]), (signal) => askRun(project, slug, run, { file, limit }, signal), isOver);
  useEffect(() => void (document.title = `${slug} · Run · Heed`), [slug]);
  useKeys([{ keys: 'Escape', about: 'back to the job', run: () => go(jobLink(project, slug)) }]);
  if (!answer) {
    return (
      <div class="page">
        {problem ? (
          <div class="empty" role="alert">
            <h1>The run cannot be shown</h1>
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
  const { job, errors, output } = answer;
  const went = wentOf(answer.run);
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <div class="crumbs">
            <a href={listLink()}>Jobs</a>
            <Icon name="right" small />
            <a href={jobLink(job.project, job.slug)}>{job.name}</a>
          </div>
          <h1 class="error-title">Run of {moment(answer.run.started, answer.now)}</h1>
        </div>
        <div class="btn-row">
          <button type="button" class="btn" onClick={() => void copyText(runAsMarkdown(answer, location.href), 'Copied as Markdown')}>
            <Icon name="copy" small />
            Copy as Markdown
          </button>
        </div>
      </div>
      <section class="verdict small" data-s={went.state} aria-label="Verdict">
        <Glyph state={went.state} />
        <p class="says">{verdictOf(answer)}</p>
      </section>
      <div class="cols">
        <div class="stack">
          {errors.events > 0 && <Triage answer={answer} />}
          {output !== '' && (
            <section class="panel" aria-labelledby="h-output">
              <div class="panel-head">
                <h2 id="h-output">Output</h2>
                <span class="meta">its end</span>
              </div>
              <pre class="code message job-output" tabIndex={0} aria-label="End of the output">
                {output}
              </pre>
            </section>
          )}
        </div>
        <div class="stack">
          <Facts answer={answer} />
        </div>
      </div>
    </div>
  );
}

function verdictOf({ run, errors }: RunAnswer): string {
  const { text } = wentOf(run);
  if (run.status === 'missed')
    return run.unwatched ? 'It did not begin as planned, as far as Heed knows: Heed itself did not run then.' : 'It did not begin as planned.';
  const lasted = run.durationMs === null ? '' : ` after ${took(run.durationMs)}`;
  const where = errors.allFiles > 1 ? ` in ${plural(errors.allFiles, 'file')}` : '';
  const failed = errors.events === 0 ? 'no error was told of it' : `${plural(errors.events, 'error')}${where}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${lasted}; ${failed}.`;
}

function Facts({ answer: { run, now } }: { answer: RunAnswer }): JSX.Element {
  const facts: [name: string, value: string][] = [
    ['Records', recordsOf(run)],
    ['Command', run.command],
    ['Files', run.files.join(', ')],
    ['Host', run.host],
    ['Environment', run.environment],
    ['Release', run.release],
    ['Exit code', run.exitCode === null ? '' : String(run.exitCode)],
    ['Took', run.durationMs === null ? '' : took(run.durationMs)],
    ['Run', run.id],
  ];
  return (
    <section class="panel" aria-labelledby="h-about">
      <div class="panel-head">
        <h2 id="h-about">About the run</h2>
      </div>
      <div class="panel-body">
        <dl class="kv">
          <dt>{run.status === 'missed' ? 'Planned' : 'Began'}</dt>
          <dd>
            <time title={iso(run.started)}>{moment(run.started, now)}</time>
          </dd>
          {facts
            .filter(([, value]) => value !== '')
            .map(([name, value]) => (
              <>
                <dt key={name}>{name}</dt>
                <dd key={`${name} value`}>{value}</dd>
              </>
            ))}
        </dl>
      </div>
    </section>
  );
}
