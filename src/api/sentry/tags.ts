import { HeedError } from '../../core/errors.ts';
import type { ErrorsStore, TagCounts } from '../../store/errors/errors-store.ts';
import { issueOf } from '../issues/find.ts';
import { issueAddresses, route, type SentryRoutes } from './context.ts';
import { limitOf, linkPages, offsetOf } from './pages.ts';
import { tagJson, tagValueJson } from './tag-json.ts';

const MOST_VALUES = 1000;
const TOP = 10;

/** How the values of a tag are sorted, and by what. */
const SORTS: Readonly<Record<string, (value: TagCounts['values'][number]) => number>> = {
  count: ({ count }) => count,
  '-count': ({ count }) => count,
  date: ({ lastSeen }) => lastSeen,
  '-last_seen': ({ lastSeen }) => lastSeen,
  age: ({ firstSeen }) => firstSeen,
  '-first_seen': ({ firstSeen }) => firstSeen,
};

export const tagRoutes: SentryRoutes = (app, { errors }) => {
  route(app, 'GET', issueAddresses('tags/'), async ({ parts }) => {
    const { id } = await issueOf(errors, parts.issue);
    const tags = await errors.tags(id, TOP);
    return tags.map(({ key, total, values }) => ({
      ...tagJson(key),
      totalValues: total,
      uniqueValues: values.length < TOP ? values.length : null,
      topValues: values.map((value) => tagValueJson(key, value)),
    }));
  });

  route(app, 'GET', issueAddresses('tags/:key/'), async ({ parts }) => {
    const { key, total, values } = await valuesOf(errors, parts);
    const topValues = values.slice(0, TOP).map((value) => tagValueJson(key, value));
    return { ...tagJson(key), totalValues: total, uniqueValues: values.length < MOST_VALUES ? values.length : null, topValues };
  });

  route(app, 'GET', issueAddresses('tags/:key/values/'), async (asked) => {
    const { parts, query } = asked;
    const sort = query.get('sort') || 'count';
    if (!Object.hasOwn(SORTS, sort)) throw new HeedError('bad_parameter', 'Invalid sort: write count, date or age');
    const offset = offsetOf(query, MOST_VALUES);
    const limit = limitOf(query);
    const { key, values } = await valuesOf(errors, parts);
    const sorted = values.toSorted((a, b) => SORTS[sort](b) - SORTS[sort](a));
    linkPages(asked, offset + limit < sorted.length ? `0:${offset + limit}:0` : undefined);
    return sorted.slice(offset, offset + limit).map((value) => tagValueJson(key, value));
  });
};

/** @throws HeedError `not_found` for a tag that no event of the issue has */
async function valuesOf(errors: ErrorsStore, parts: Readonly<Record<string, string>>): Promise<TagCounts> {
  const { id } = await issueOf(errors, parts.issue);
  const found = await errors.tagValues(id, parts.key, MOST_VALUES);
  if (found.values.length > 0) return found;
  throw new HeedError('not_found', 'cannot answer: no event of the issue has this tag', { status: 404 });
}
