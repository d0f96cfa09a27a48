import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Code } from '../../widgets/code.tsx';
import { Seg } from '../../widgets/seg.tsx';

const WAYS = [
  { key: 'heed', text: 'Any command' },
  { key: 'curl', text: 'curl' },
  { key: 'node', text: 'Node' },
  { key: 'python', text: 'Python' },
  { key: 'ruby', text: 'Ruby' },
] as const;
type Way = (typeof WAYS)[number]['key'];

/** What to paste so that a job tells of its runs. */
export function SetUp({ dsn, slug = 'nightly-import' }: { dsn: string; slug?: string }): JSX.Element {
  const [way, setWay] = useState<Way>('heed');
  return (
    <div class="stack job-setup">
      <Seg name="Way" options={WAYS} value={way} onChange={setWay} />
      <Code name={`Set up by ${way}`} text={textOf(way, dsn, slug)} />
    </div>
  );
}

function textOf(way: Way, dsn: string, slug: string): string {
  const url = URL.canParse(dsn) ? new URL(dsn) : undefined;
  const door = url ? `${url.origin}/api${url.pathname}/cron/${slug}/${url.username}/` : '…';
  const init = `# heed job sets SENTRY_DSN, HEED_JOB_NAME and HEED_JOB_RUN\n`;
  switch (way) {
    case 'heed':
      return `export HEED_URL=${location.origin}\nheed job --name ${slug} --schedule '0 2 * * *' --file orders.csv -- ./import.sh orders.csv\n# in import.sh, for each record that fails\nheed job record --file orders.csv --record 17 'no such customer'`;
    case 'curl':
      return `# in the crontab\n0 2 * * * curl -fsS '${door}?status=in_progress' && ./import.sh && curl -fsS '${door}?status=ok' || curl -fsS '${door}?status=error'`;
    case 'node':
      return `${init}Sentry.init({ initialScope: { tags: { job: process.env.HEED_JOB_NAME, 'job.run': process.env.HEED_JOB_RUN } } })\nSentry.captureException(error, { contexts: { job: { file, record } } })`;
    case 'python':
      return `${init}sentry_sdk.set_context('job', {'name': os.environ['HEED_JOB_NAME'], 'run': os.environ['HEED_JOB_RUN'], 'file': file, 'record': record})\nsentry_sdk.capture_exception(error)`;
    default:
      return `${init}Sentry.set_tags(job: ENV['HEED_JOB_NAME'], 'job.run': ENV['HEED_JOB_RUN'])\nSentry.capture_exception(error, tags: { 'job.file': file, 'job.record': record })`;
  }
}
