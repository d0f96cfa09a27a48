import type { AttachmentsStore } from '../../store/attachments/attachments-store.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { Catalog } from '../../store/catalog/catalog.ts';
import type { ErrorsStore } from '../../store/errors/errors-store.ts';
import type { FeedbackStore } from '../../store/feedback/feedback-store.ts';
import type { JobsStore } from '../../store/jobs/jobs-store.ts';

const PAGE = 500;

/**
 * Its keys are refused first, so that no more comes; then its releases, jobs, attachments, feedback and issues go, and itself last: where that fails half way, it is done again.
 * @returns how many issues went
 */
export async function removeProject(
  {
    catalog,
    errors,
    jobs,
    attachments,
    feedback,
  }: { catalog: Catalog; errors: ErrorsStore; jobs: JobsStore; attachments: AttachmentsStore; feedback: FeedbackStore },
  { id }: CatalogProject,
): Promise<number> {
  await catalog.retireProject(id);
  await errors.removeReleases(Number(id));
  await jobs.removeProject(Number(id));
  await attachments.removeProject(Number(id));
  await feedback.removeProject(Number(id));
  const removed = await removeIssues(errors, Number(id));
  await catalog.removeProject(id);
  return removed;
}

async function removeIssues(errors: ErrorsStore, project: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const { issues } = await errors.issues({ project, terms: [], sort: 'date', from: 0, until: Date.now(), slots: 1, limit: PAGE });
    if (issues.length === 0) return removed;
    removed += await errors.removeIssues(issues.map((issue) => issue.id));
  }
}
