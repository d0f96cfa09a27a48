import type { Catalog } from '../../store/catalog/catalog.ts';
import type { ErrorsStore, Issue } from '../../store/errors/errors-store.ts';
import type { Feedback, FeedbackStore } from '../../store/feedback/feedback-store.ts';
import type { FeedbackItem } from '../contract-feedback.ts';

export interface FeedbackStores {
  catalog: Pick<Catalog, 'projects'>;
  errors: Pick<ErrorsStore, 'issue' | 'eventById'>;
  feedback: Pick<FeedbackStore, 'tie'>;
}

/** Feedback as the API answers it, with the issues that it is about. What is of a project that is gone is left out. */
export async function feedbackItems(stores: FeedbackStores, found: readonly Feedback[]): Promise<FeedbackItem[]> {
  const slugs = new Map((await stores.catalog.projects()).map(({ id, slug }) => [Number(id), slug]));
  const known = new Map<number, Promise<Issue | undefined>>();
  const items = found.map(async (one): Promise<FeedbackItem | undefined> => {
    const slug = slugs.get(one.project);
    if (slug === undefined) return undefined;
    const issue = await issueOf(stores, one, known);
    const { id, time, message, name, email, url, environment, release, browser, source, state, changed, changedBy, eventId } = one;
    const about = issue && { id: issue.id, shortId: issue.shortId, title: issue.title, state: issue.state };
    const told = { id, project: slug, time, message, name, email, url, environment, release, browser, source, state };
    return { ...told, changed: changed === 0 ? null : changed, changedBy, eventId, issue: about ?? null };
  });
  return (await Promise.all(items)).filter((item) => item !== undefined);
}

/** The issue of its event. An event may come after what is written about it; once it is known, its issue stays known, also when it is merged into another. */
export async function issueOf(
  { errors, feedback }: Omit<FeedbackStores, 'catalog'>,
  { id, project, eventId, issue }: Feedback,
  known = new Map<number, Promise<Issue | undefined>>(),
): Promise<Issue | undefined> {
  if (eventId === '') return undefined;
  let number = issue;
  if (number === 0) {
    number = (await errors.eventById(project, eventId))?.issue ?? 0;
    if (number === 0) return undefined;
    // Where the disk is full it is looked for again.
    await feedback.tie(id, number).catch(() => undefined);
  }
  let asked = known.get(number);
  if (!asked) known.set(number, (asked = errors.issue(number)));
  return asked;
}
