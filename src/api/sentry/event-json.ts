import type { ErrorEvent } from '../../core/error-event.ts';
import { RECIPES } from '../../core/error-grouping.ts';
import { describeEvent, userTag } from '../../signals/errors/event/title.ts';
import type { FoundEvent } from '../../store/errors/errors-store.ts';
import { entriesOf } from './entries.ts';
import { iso } from './period.ts';

/** An event of a list, in Sentry's shape. */
export function listedEvent({ issue, event }: Pick<FoundEvent, 'issue' | 'event'>, project: number): Record<string, unknown> {
  const { title, location, culprit, metadata } = describeEvent(event);
  return {
    id: event.event_id,
    'event.type': event.type,
    groupID: String(issue),
    eventID: event.event_id,
    projectID: String(project),
    message: event.logentry?.formatted ?? '',
    title,
    location: location === '' ? null : location,
    culprit,
    user: event.user ?? null,
    tags: tagsOf(event),
    platform: event.platform,
    dateCreated: iso(event.timestamp),
    crashFile: null,
    metadata,
  };
}

/** A whole event, in Sentry's shape. */
export function eventJson(found: FoundEvent, project: number): Record<string, unknown> {
  const { event, hashes, previous, next } = found;
  return {
    ...listedEvent(found, project),
    type: event.type,
    dateReceived: iso(event.received),
    entries: entriesOf(event),
    contexts: event.contexts ?? {},
    context: event.extra ?? {},
    packages: event.modules ?? {},
    sdk: event.sdk ? { name: event.sdk.name, version: event.sdk.version } : null,
    dist: event.dist ?? null,
    release: event.release === undefined ? null : { version: event.release },
    size: JSON.stringify(event).length,
    errors: (event.errors ?? []).map(({ type, name, value }) => ({ type, message: name, data: value === undefined ? {} : { value } })),
    occurrence: null,
    _meta: {},
    fingerprints: hashes,
    groupingConfig: { id: RECIPES[0], enhancements: '' },
    userReport: null,
    sdkUpdates: [],
    resolvedWith: [],
    nextEventID: next === '' ? null : next,
    previousEventID: previous === '' ? null : previous,
    ...(event.start_timestamp === undefined
      ? {}
      : { startTimestamp: event.start_timestamp / 1000, endTimestamp: event.timestamp / 1000, measurements: event.measurements ?? null }),
  };
}

/** The client's tags and those that Sentry makes of other parts. */
function tagsOf(event: ErrorEvent): { key: string; value: string }[] {
  const made = { level: event.level, environment: event.environment, release: event.release, dist: event.dist, user: userTag(event.user) };
  const more = { transaction: event.transaction, url: event.request?.url, server_name: event.server_name, logger: event.logger };
  const tags = new Map<string, string>();
  for (const [key, value] of [...Object.entries({ ...made, ...more }), ...event.tags]) if (value && !tags.has(key)) tags.set(key, value);
  return [...tags].map(([key, value]) => ({ key, value })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** An event as clients send it: times are seconds. */
export function rawEvent({ issue, event }: Pick<FoundEvent, 'issue' | 'event'>, project: number): Record<string, unknown> {
  const { timestamp, received, start_timestamp: started, exception, breadcrumbs, threads, ...rest } = event;
  return {
    ...rest,
    timestamp: timestamp / 1000,
    received: received / 1000,
    ...(started === undefined ? {} : { start_timestamp: started / 1000 }),
    ...(exception ? { exception: { values: exception } } : {}),
    ...(threads ? { threads: { values: threads } } : {}),
    ...(breadcrumbs
      ? { breadcrumbs: { values: breadcrumbs.map((crumb) => (crumb.timestamp === undefined ? crumb : { ...crumb, timestamp: crumb.timestamp / 1000 })) } }
      : {}),
    project,
    group_id: issue,
  };
}
