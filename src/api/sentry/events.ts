import { HeedError } from '../../core/errors.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { ErrorsStore, FoundEvent } from '../../store/errors/errors-store.ts';
import { mapEvent } from '../../signals/errors/source-maps/map-event.ts';
import { parseSearch } from '../issue-search/parse.ts';
import { eventIdOf } from '../attachments/find.ts';
import { issueOf, projectOf } from '../issues/find.ts';
import { issueAddresses, route, type SentryDeps, type SentryRoutes } from './context.ts';
import { eventJson, listedEvent, rawEvent } from './event-json.ts';
import { newestEvents } from '../issues/newest-events.ts';
import { cursorOf, limitOf, linkPages, offsetOf } from './pages.ts';

/** How far back the events of a project are listed. */
const MOST_OFFSET = 1000;
const MOST_FULL = 20;

/** Events of an issue and of a project. */
export const eventRoutes: SentryRoutes = (app, deps) => {
  const { errors, catalog } = deps;
  route(app, 'GET', issueAddresses('events/'), async (asked) => {
    const { parts, query } = asked;
    const { id, project } = await issueOf(errors, parts.issue);
    const page = await errors.events({ issue: id, terms: parseSearch(query.get('query') ?? ''), limit: mostOf(query), cursor: cursorOf(query) });
    linkPages(asked, page.next);
    return listed(
      errors,
      page.events.map(({ eventId }) => ({ issue: id, eventId })),
      project,
      query,
    );
  });

  route(app, 'GET', issueAddresses('events/:event/'), async ({ parts }) => {
    const { id, project } = await issueOf(errors, parts.issue);
    const which = parts.event === 'recommended' ? 'latest' : parts.event;
    return mappedJson(deps, existing(await errors.event(id, which === 'latest' || which === 'oldest' ? which : eventIdOf(which))), project);
  });

  route(app, 'GET', '/projects/:organization/:slug/events/', async (asked) => {
    const { parts, query } = asked;
    const project = Number((await projectOf(catalog, parts.slug)).id);
    const limit = mostOf(query);
    const offset = offsetOf(query, MOST_OFFSET);
    const newest = await newestEvents(errors, project, offset + limit + 1);
    linkPages(asked, newest.length > offset + limit && offset + limit <= MOST_OFFSET ? `0:${offset + limit}:0` : undefined);
    return listed(errors, newest.slice(offset, offset + limit), project, query);
  });

  route(app, 'GET', '/projects/:organization/:slug/events/:event/', async ({ parts }) => {
    const project = Number((await projectOf(catalog, parts.slug)).id);
    return mappedJson(deps, existing(await errors.eventById(project, eventIdOf(parts.event))), project);
  });

  route(app, 'GET', '/projects/:organization/:slug/events/:event/json/', async ({ parts }) => {
    const project = Number((await projectOf(catalog, parts.slug)).id);
    return rawEvent(existing(await errors.eventById(project, eventIdOf(parts.event))), project);
  });

  route(app, 'GET', '/organizations/:organization/eventids/:event/', async ({ parts }) => {
    const { found, project } = await eventAnywhere(errors, await catalog.projects(), eventIdOf(parts.event));
    return {
      organizationSlug: parts.organization,
      projectSlug: project.slug,
      groupId: String(found.issue),
      eventId: found.event.event_id,
      event: await mappedJson(deps, found, Number(project.id)),
    };
  });
};

/** A single event is told as its source maps tell it. */
async function mappedJson(deps: SentryDeps, found: FoundEvent, project: number): Promise<Record<string, unknown>> {
  const { event } = await mapEvent(found.event, project, deps);
  return eventJson({ ...found, event }, project);
}

const isFull = (query: URLSearchParams): boolean => ['1', 'true'].includes(query.get('full') ?? '');

/** Whole events may be megabytes each. */
const mostOf = (query: URLSearchParams): number => (isFull(query) ? Math.min(MOST_FULL, limitOf(query)) : limitOf(query));

/** One after the other, so that no more than one is in memory beside the answer; those that are gone meanwhile are left out. */
async function listed(errors: ErrorsStore, rows: readonly { issue: number; eventId: string }[], project: number, query: URLSearchParams): Promise<unknown[]> {
  const shown: unknown[] = [];
  for (const { issue, eventId } of rows) {
    const found = await errors.event(issue, eventId);
    if (found) shown.push(isFull(query) ? eventJson(found, project) : listedEvent(found, project));
  }
  return shown;
}

/** @throws HeedError `not_found` */
function existing(found: FoundEvent | undefined): FoundEvent {
  if (found) return found;
  throw new HeedError('not_found', 'cannot answer: there is no such event, or it is no longer kept', { status: 404 });
}

async function eventAnywhere(errors: ErrorsStore, projects: readonly CatalogProject[], id: string): Promise<{ found: FoundEvent; project: CatalogProject }> {
  for (const project of projects) {
    const found = await errors.eventById(Number(project.id), id);
    if (found) return { found, project };
  }
  throw new HeedError('not_found', 'cannot answer: there is no such event, or it is no longer kept', { status: 404 });
}
