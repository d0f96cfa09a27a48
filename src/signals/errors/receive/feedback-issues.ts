import type { Catalog } from '../../../store/catalog/catalog.ts';
import type { ErrorsStore } from '../../../store/errors/errors-store.ts';
import type { FeedbackStore, FeedbackTie } from '../../../store/feedback/feedback-store.ts';

const AT_ONCE = 1000;
/** Ties that one look writes; the rest with the next. */
const MOST_WRITTEN = 100;

/**
 * Numbers of the issues of feedback, 0 where none is known. Events are asked first: they know of issues that were taken apart. What
 * is found is remembered, as feedback outlives its event.
 */
export async function issuesOf(
  { errors, feedback }: { errors: Pick<ErrorsStore, 'issuesOfEvents'>; feedback: Pick<FeedbackStore, 'tie'> },
  project: number,
  ties: readonly FeedbackTie[],
): Promise<Map<number, number>> {
  const issues = new Map<number, number>();
  const learnt: Pick<FeedbackTie, 'id' | 'issue'>[] = [];
  for (let at = 0; at < ties.length; at += AT_ONCE) {
    const part = ties.slice(at, at + AT_ONCE);
    const found = await errors.issuesOfEvents(
      project,
      part.map(({ eventId }) => eventId),
    );
    for (const [index, { id, issue }] of part.entries()) {
      issues.set(id, found[index] || issue);
      if (found[index] !== 0 && found[index] !== issue) learnt.push({ id, issue: found[index] });
    }
  }
  // Where the disk is full it is looked for again.
  await feedback.tie(learnt.slice(0, MOST_WRITTEN)).catch(() => undefined);
  return issues;
}

/** Ties what nobody looked at while its event was kept; at most so many of a project at a time, the newest. */
export async function tieAll({
  errors,
  feedback,
  catalog,
}: {
  errors: Pick<ErrorsStore, 'issuesOfEvents'>;
  feedback: Pick<FeedbackStore, 'tie' | 'ties'>;
  catalog: Pick<Catalog, 'projects'>;
}): Promise<void> {
  for (const { id } of await catalog.projects()) {
    const project = Number(id);
    const ties = await feedback.ties({ project, untied: true, limit: AT_ONCE });
    if (ties.length > 0) await issuesOf({ errors, feedback }, project, ties);
  }
}
