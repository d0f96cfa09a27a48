import type { JobItem, RunAnswer, RunItem } from '../../../src/api/contract-jobs.ts';
import type { StateName } from '../../widgets/state.tsx';
import { plural, thousands } from '../../words/number.ts';
import { lasting } from '../../words/time.ts';

const JOBS: Readonly<Record<JobItem['state'], StateName>> = { failing: 'bad', late: 'warn', ok: 'ok', waiting: 'none', muted: 'none' };
const RUNS: Readonly<Record<RunItem['status'], { state: StateName; text: string }>> = {
  in_progress: { state: 'none', text: 'running' },
  ok: { state: 'ok', text: 'ok' },
  error: { state: 'bad', text: 'failed' },
  timeout: { state: 'bad', text: 'took too long' },
  missed: { state: 'bad', text: 'missed' },
};

export const stateOfJob = ({ state }: Pick<JobItem, 'state'>): StateName => JOBS[state];

/** How a run went, with what is peculiar about it. */
export function wentOf({ status, timedOut, exitCode, failed }: Pick<RunItem, 'status' | 'timedOut' | 'exitCode' | 'failed'>): {
  state: StateName;
  text: string;
} {
  const { state, text } = RUNS[status];
  if (status === 'error' && exitCode !== null) return { state, text: `failed with ${exitCode}` };
  if (status === 'ok' && timedOut) return { state: 'warn', text: 'ok, too slow' };
  if (status === 'ok' && failed) return { state: 'warn', text: `ok, ${plural(failed, 'record')} failed` };
  return { state, text };
}

/** `612 ms`, `5 min 20 s`. */
export const took = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : lasting(ms));

/** Records as far as they were told: `1,200 ok, 3 failed of 5,000`. */
export function recordsOf({ ok, failed, total }: Pick<RunItem, 'ok' | 'failed' | 'total'>): string {
  const parts = [ok === null ? '' : `${thousands(ok)} ok`, failed === null ? '' : `${thousands(failed)} failed`].filter((part) => part !== '').join(', ');
  return total === null ? parts : `${parts === '' ? 'none yet' : parts} of ${thousands(total)}`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** What failed in a run, to paste into a ticket. */
export function runAsMarkdown({ job, run, errors }: RunAnswer, address: string): string {
  const rows = errors.records.map(({ file, record, title, shortId }) => `| ${cell(file)} | ${cell(record)} | ${cell(title)} | ${shortId} |`);
  const left = errors.allRecords - errors.records.length;
  return [
    `## ${job.name}: ${wentOf(run).text}`,
    '',
    `Run ${run.id} of ${new Date(run.started).toISOString()}${run.durationMs === null ? '' : `, ${took(run.durationMs)}`}. ${address}`,
    ...(run.command === '' ? [] : ['', `    ${run.command}`]),
    '',
    '| file | record | error | issue |',
    '|---|---|---|---|',
    ...rows,
    ...(left > 0 ? ['', `${thousands(left)} more.`] : []),
    '',
  ].join('\n');
}
