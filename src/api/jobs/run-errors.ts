import type { ErrorsStore, Issue } from '../../store/errors/errors-store.ts';
import type { RunErrorsQuestion } from '../../store/errors/jobs.ts';
import type { RunErrorsItem } from '../contract-jobs.ts';

/** What failed in a run, with names of issues. */
export async function runErrorsItem(errors: Pick<ErrorsStore, 'runErrors' | 'issue'>, question: RunErrorsQuestion): Promise<RunErrorsItem> {
  const found = await errors.runErrors(question);
  const issues = new Map<number, Issue | undefined>();
  for (const { issue } of [...found.issues, ...found.records]) if (!issues.has(issue)) issues.set(issue, await errors.issue(issue));
  return {
    ...found,
    issues: found.issues.map(({ issue, ...counts }) => {
      const { shortId = '', title = '', level = 'error', state = 'unresolved' } = issues.get(issue) ?? {};
      return { shortId, title, level, state, ...counts };
    }),
    records: found.records.map(({ issue, ...record }) => ({ ...record, shortId: issues.get(issue)?.shortId ?? '' })),
  };
}
