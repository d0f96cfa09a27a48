import type { JobAnswer, JobItem, JobsAnswer, RunItem } from '../../api/contract-jobs.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { formatCount, formatDuration } from '../../core/numbers.ts';
import { ServerClient } from '../client.ts';
import { ago } from '../issues/issue-words.ts';
import { columns, printable, styleFor, type Style } from '../terminal.ts';

const STATES = { failing: 'bad', late: 'warn', ok: 'ok', waiting: 'none', muted: 'none' } as const;
const RUNS = { in_progress: 'none', ok: 'ok', error: 'bad', timeout: 'bad', missed: 'bad' } as const;

export default defineCommand({
  name: 'jobs',
  about: 'Lists jobs with how they fare, or the runs of one; where one is failing the exit code is 1.',
  args: [{ name: '[job]', about: 'PROJECT/JOB, for its runs.' }],
  options: [
    { flags: '--project <slug>', about: 'Only of this project.' },
    { flags: '--json', about: 'Print the answer as JSON.' },
  ],
  examples: ['heed jobs', 'heed jobs shop/nightly', "heed jobs --json | jq -r '.jobs[] | [.slug, .state] | @tsv'"],
  async run({ args: [named], options, io }) {
    const client = new ServerClient(io);
    const style = styleFor(io);
    if (named !== undefined) {
      const [project, slug, ...rest] = named.split('/');
      if (!slug || rest.length > 0) throw new HeedError('bad_option', `cannot show job '${named.slice(0, 60)}': write PROJECT/JOB, e.g. default/nightly`);
      const answer = await client.json<JobAnswer>(`/api/v1/jobs/${encodeURIComponent(project)}/${encodeURIComponent(slug)}`);
      io.stdout.write(options.json ? `${JSON.stringify(answer)}\n` : columns(answer.runs.map((run) => runRow(run, answer, client.url, style))));
      return answer.job.state === 'failing' ? EXIT.failed : EXIT.ok;
    }
    const question = typeof options.project === 'string' ? `?${new URLSearchParams({ project: options.project })}` : '';
    const answer = await client.json<JobsAnswer>(`/api/v1/jobs${question}`);
    if (options.json) io.stdout.write(`${JSON.stringify(answer)}\n`);
    else {
      io.stdout.write(columns(answer.jobs.map((job) => jobRow(job, answer.now, client.url, style))));
      if (answer.jobs.length === 0) io.stderr.write('heed: no job yet; heed job -- ./backup.sh makes the first\n');
    }
    if (answer.jobs.length === 0) return EXIT.notFound;
    return answer.jobs.some(({ state }) => state === 'failing') ? EXIT.failed : EXIT.ok;
  },
});

function jobRow(job: JobItem, now: number, server: string, style: Style): string[] {
  const last = job.runs.at(-1);
  const next = job.environments.map(({ expected }) => expected ?? Infinity).reduce((a, b) => Math.min(a, b), Infinity);
  return [
    style.state(STATES[job.state]),
    style.bold(printable(`${job.project}/${job.slug}`)),
    printable(job.words),
    last ? `last ${ago(last.started, now)}` : '',
    next > now && next !== Infinity ? style.dim(`next in ${formatDuration(next - now)}`) : style.dim(printable(job.settings.schedule)),
    style.dim(`${server}/jobs/${job.project}/${job.slug}`),
  ];
}

function runRow(run: RunItem, { job, now }: JobAnswer, server: string, style: Style): string[] {
  const counts = [run.ok === null ? '' : `${formatCount(run.ok)} ok`, run.failed === null ? '' : `${formatCount(run.failed)} failed`];
  return [
    style.state(RUNS[run.status]),
    run.status.replace('_', ' '),
    ago(run.started, now),
    run.durationMs === null ? '' : formatDuration(run.durationMs),
    printable(run.environment),
    counts.filter((text) => text !== '').join(', '),
    style.dim(`${server}/jobs/${job.project}/${job.slug}/runs/${run.id}`),
  ];
}
