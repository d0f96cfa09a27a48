import { HeedError } from '../../core/errors.ts';
import { actorOf } from '../issues/actor.ts';
import { issueOf } from '../issues/find.ts';
import { issueAddresses, route, type SentryRoutes } from './context.ts';
import { linkPages } from './pages.ts';
import { iso } from './period.ts';

const MOST_HASHES = 100;

/** Hashes of an issue, and PUT of some of them: they leave it together. */
export const hashRoutes: SentryRoutes = (app, { errors }) => {
  route(app, 'GET', issueAddresses('hashes/'), async (asked) => {
    const { id } = await issueOf(errors, asked.parts.issue);
    linkPages(asked, undefined);
    return (await errors.hashes(id)).map(({ hash, title, lastSeen, events, mergedFrom }) => ({
      id: hash,
      latestEvent: { groupID: String(id), title, dateCreated: iso(lastSeen) },
      mergedBySeer: false,
      seerMatchDistance: null,
      eventCount: events,
      mergedFrom: mergedFrom === '' ? null : mergedFrom,
    }));
  });

  route(app, 'PUT', issueAddresses('hashes/'), async ({ parts, query, request, reply }) => {
    const { id } = await issueOf(errors, parts.issue);
    const hashes = [...new Set(query.getAll('id'))];
    if (hashes.length === 0 || hashes.length > MOST_HASHES || !hashes.every((hash) => /^[0-9a-f]{32}$/i.test(hash)))
      throw new HeedError('bad_parameter', 'Invalid id: write hashes of the issue as ?id=… with 32 hex digits each, at most 100');
    const lower = hashes.map((hash) => hash.toLowerCase());
    const { id: made, shortId } = await errors.unmerge(id, lower, actorOf(request));
    return reply.code(202).send({ groupId: String(made), shortId });
  });
};
