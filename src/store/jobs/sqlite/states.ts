import type { JobSettings } from '../../../core/job.ts';
import type { JobEnvironment } from '../jobs-store.ts';

/** How a job fares in an environment. */
export interface Standing {
  state: JobEnvironment['state'];
  since: number;
  failures: number;
  successes: number;
}

/** How it fares after a run that ended: it fails after so many failures in a row, and is well after so many successes. */
export function afterRun(
  before: Standing,
  went: 'well' | 'badly',
  { failureThreshold, recoveryThreshold }: Pick<JobSettings, 'failureThreshold' | 'recoveryThreshold'>,
  now: number,
): Standing {
  const failures = went === 'badly' ? before.failures + 1 : 0;
  const successes = went === 'well' ? before.successes + 1 : 0;
  const state =
    before.state === 'failing'
      ? successes >= recoveryThreshold
        ? 'ok'
        : 'failing'
      : failures >= failureThreshold
        ? 'failing'
        : went === 'well'
          ? 'ok'
          : before.state;
  return { state, since: state === before.state ? before.since : now, failures, successes };
}
