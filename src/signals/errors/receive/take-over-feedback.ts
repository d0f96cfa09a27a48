import type { Catalog } from '../../../store/catalog/catalog.ts';
import type { FactsStore, StoredFact } from '../../../store/facts/facts-store.ts';
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
  const projects = new Map((await catalog.projects()).map(({ slug, id }) => [slug, Number(id)]));
  const all = new Map<number, StoredFact>();
  for (let until = Number.MAX_SAFE_INTEGER; ;) {
    const found = await facts.find({ kind: KIND, until, limit: PAGE });
    for (const fact of found) all.set(fact.id, fact);
    const last = found.at(-1)?.time;
    if (last === undefined) break;
    // Of those of one millisecond that are on two pages none is left out: the next page begins with that one again.
    until = last + 1 < until ? last + 1 : last;
  }
  // The list is by number: what was written first is added first.
  const inOrder = [...all.values()].toSorted((a, b) => a.time - b.time || a.id - b.id);
  for (const { id, time, text, tags, data } of inOrder) {
    const project = projects.get(tags.project);
    if (project === undefined) continue;
    const said = (key: string): string => (typeof data?.[key] === 'string' ? data[key] : '');
    const { name, email, url, eventId } = { name: said('name'), email: said('email'), url: said('url'), eventId: said('eventId') };
    const unknown = { ownId: '', environment: '', release: '', browser: '', source: '' };
    await feedback.add({ project, key: `fact ${id}`, time, message: text, name, email, url, eventId, ...unknown });
  }
  const newest = inOrder.at(-1);
  if (newest) await facts.removeBefore(newest.time + 1, KIND);
}
