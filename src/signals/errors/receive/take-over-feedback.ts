import type { Catalog } from '../../../store/catalog/catalog.ts';
import type { FactsStore } from '../../../store/facts/facts-store.ts';
import type { FeedbackStore } from '../../../store/feedback/feedback-store.ts';

const KIND = 'feedback';
const PAGE = 500;

/** Before Heed had a list of feedback it was kept as facts: these move over, once. Stopped half way, it goes on at the next start. */
export async function takeOverFeedback({
  facts,
  feedback,
  catalog,
}: {
  facts: Pick<FactsStore, 'find' | 'removeBefore'>;
  feedback: Pick<FeedbackStore, 'add'>;
  catalog: Pick<Catalog, 'projects'>;
}): Promise<void> {
  let oldest = Number.MAX_SAFE_INTEGER;
  let newest: number | undefined;
  const projects = new Map((await catalog.projects()).map(({ slug, id }) => [slug, Number(id)]));
  for (;;) {
    const found = await facts.find({ kind: KIND, until: oldest, limit: PAGE });
    if (found.length === 0) break;
    newest ??= found[0].time;
    for (const { id, time, text, tags, data } of found) {
      const project = projects.get(tags.project);
      if (project === undefined) continue;
      const said = (key: string): string => (typeof data?.[key] === 'string' ? data[key] : '');
      const { name, email, url, eventId } = { name: said('name'), email: said('email'), url: said('url'), eventId: said('eventId') };
      const unknown = { ownId: '', environment: '', release: '', browser: '', source: '' };
      await feedback.add({ project, key: `fact ${id}`, time, message: text, name, email, url, eventId, ...unknown });
    }
    // Of those of one millisecond that are on two pages, none is left out: the next page begins with that one again.
    const last = found.at(-1)?.time ?? 0;
    oldest = last + 1 < oldest ? last + 1 : last;
  }
  if (newest !== undefined) await facts.removeBefore(newest + 1, KIND);
}
