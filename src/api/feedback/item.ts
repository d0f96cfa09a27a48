import type { Catalog } from '../../store/catalog/catalog.ts';
import type { ErrorsStore, Issue } from '../../store/errors/errors-store.ts';
import type { Feedback, FeedbackStore } from '../../store/feedback/feedback-store.ts';
import { issuesOf } from '../../signals/errors/receive/feedback-issues.ts';
import type { FeedbackItem } from '../contract-feedback.ts';

export interface FeedbackStores {
  catalog: Pick<Catalog, 'projects'>;
  errors: Pick<ErrorsStore, 'issue' | 'issuesOfEvents'>;
  feedback: Pick<FeedbackStore, 'tie'>;
}

/** Feedback as the API answers it, with the issues that it is about. What is of a project that is gone is left out. */
export async function feedbackItems(stores: FeedbackStores, found: readonly Feedback[]): Promise<FeedbackItem[]> {
  const slugs = new Map((await stores.catalog.projects()).map(({ id, slug }) => [Number(id), slug]));
  const issues = await issuesOfFeedback(stores, found);
  return found.flatMap((one): FeedbackItem[] => {
    const slug = slugs.get(one.project);
    if (slug === undefined) return [];
    const issue = issues.get(one.id);
    const { id, time, message, name, email, url, environment, release, browser, source, state, changed, changedBy, eventId } = one;
    const about = issue && { id: issue.id, shortId: issue.shortId, title: issue.title, state: issue.state };
    const told = { id, project: slug, time, message, name, email, url, environment, release, browser, source, state };
    return [{ ...told, changed: changed === 0 ? null : changed, changedBy, eventId, issue: about ?? null }];
  });
}

/** The issues of some feedback, by its number. An event may come after what is written about it. */
export async function issuesOfFeedback(stores: Omit<FeedbackStores, 'catalog'>, found: readonly Feedback[]): Promise<Map<number, Issue>> {
  const numbers = new Map<number, number>();
  for (const project of new Set(found.map((one) => one.project))) {
    const about = found.filter((one) => one.project === project && one.eventId !== '');
    for (const [id, number] of await issuesOf(stores, project, about)) numbers.set(id, number);
  }
  const issues = new Map<number, Issue>();
  const asked = new Map<number, Promise<Issue | undefined>>();
  for (const [id, number] of numbers) {
    if (number === 0) continue;
    // One that was merged into another is answered as that.
    if (!asked.has(number)) asked.set(number, stores.errors.issue(number));
    const issue = await asked.get(number);
    if (issue) issues.set(id, issue);
  }
  return issues;
}
