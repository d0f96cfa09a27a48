import type { FastifyRequest } from 'fastify';
import type { Scope } from '../../core/scopes.ts';

/** What a request does with what is at its address. */
export type Deed = 'read' | 'change' | 'remove';

/** Scopes of which a token needs one, by deed. What is left out needs `org:admin`. */
type Needs = Partial<Record<Deed, readonly Scope[]>>;

const METRICS: Needs = { read: ['metrics:read'], change: ['metrics:write'], remove: ['metrics:write'] };
const EVENTS: Needs = { read: ['event:read'], change: ['event:write'], remove: ['event:admin'] };
const PROJECTS: Needs = { read: ['project:read'], change: ['project:write'], remove: ['project:admin'] };
const RELEASES: Needs = {
  read: ['project:releases', 'project:read'],
  change: ['project:releases', 'project:write'],
  remove: ['project:releases', 'project:admin'],
};
const JOBS: Needs = { read: ['event:read', 'project:read'], change: ['project:write'], remove: ['project:admin'] };
const NUMBERS: Needs = { read: ['org:read', 'project:read', 'event:read'] };
const ORGANIZATION: Needs = { read: ['org:read', 'project:read', 'event:read', 'project:releases'] };
const NEW_PROJECT: Needs = { read: ['org:read', 'project:read'], change: ['project:write'] };

/** Who may what, by route as Fastify names it; the first that fits holds. A route that fits none is an administrator's. */
export const ROUTE_SCOPES: readonly [RegExp, Needs][] = [
  [/^\/api\/v1\/(?:now|echo|live|live\/frame|tree|search|frames?|facts|variables|changes|expression|counters|openapi\.json)$/, METRICS],
  [/^\/api\/v1\/dashboards(?:\/|$)/, METRICS],
  [/^\/api\/annotations(?:\/|$)/, METRICS],
  // Graphite takes marks at its root too.
  [/^\/$/, METRICS],
  [/^\/(?:render|metrics|functions|events|composer|cli|browser|graphlot|dashboard|version)(?:\/|$)/, METRICS],
  [/^\/tags(?!\/(?:delSeries|tagSeries|tagMultiSeries)\/?$)(?:\/|$)/, METRICS],
  [/^\/api\/v1\/(?:issues|errors|feedback)(?:\/|$)/, EVENTS],
  [/^\/api\/v1\/projects\/:project\/events\//, EVENTS],
  [/^\/api\/v1\/projects(?:\/|$)/, PROJECTS],
  [/^\/api\/v1\/releases(?:\/|$)/, RELEASES],
  [/^\/api\/v1\/jobs(?:\/|$)/, JOBS],
  [/^\/api\/v1\/people$/, { read: ['org:read'] }],
  [/^\/api\/0\/organizations\/:organization\/(?:issues|eventids|shortids|events-stats|events-timeseries)(?:\/|$)/, EVENTS],
  [/^\/api\/0\/projects\/:organization\/:slug\/(?:issues|events|user-feedback)(?:\/|$)/, EVENTS],
  [/^\/api\/0\/issues\//, EVENTS],
  [/^\/api\/0\/(?:organizations\/:organization|projects\/:organization\/:slug)\/monitors(?:\/|$)/, JOBS],
  [/^\/api\/0\/(?:organizations\/:organization|projects\/:organization\/:slug)\/(?:releases|repos|chunk-upload|artifactbundle)(?:\/|$)/, RELEASES],
  [/^\/api\/0\/(?:organizations\/:organization\/(?:sessions|stats_v2)|projects\/:organization\/:slug\/stats)\/?$/, NUMBERS],
  [/^\/api\/0\/(?:organizations\/:organization\/projects|teams\/:organization\/:team\/projects)\/?$/, NEW_PROJECT],
  [/^\/api\/0\/organizations(?:\/:organization(?:\/(?:teams|environments))?)?\/?$/, ORGANIZATION],
  [
    /^\/api\/0\/(?:organizations\/:organization\/(?:members|users)|teams\/:organization\/:team\/members|projects\/:organization\/:slug\/members)(?:\/|$)/,
    { read: ['org:read', 'project:read'] },
  ],
  [/^\/api\/0\/projects(?:\/|$)/, PROJECTS],
];

const ADMIN: readonly Scope[] = ['org:admin'];

/** Scopes of which a token needs one for this deed at this route. */
export const scopesFor = (route: string, deed: Deed): readonly Scope[] => ROUTE_SCOPES.find(([pattern]) => pattern.test(route))?.[1][deed] ?? ADMIN;

/** What a request does. */
export function deedOf({ method, routeOptions }: Pick<FastifyRequest, 'method' | 'routeOptions'>): Deed {
  if (method === 'DELETE') return 'remove';
  return method === 'GET' || method === 'HEAD' || routeOptions.config.readsOnly ? 'read' : 'change';
}

/** Sentry's API tells everybody who is let in who they are, and what it has not. */
export const isForEverybody = (route: string): boolean => /^\/api\/0(?:\/\*?|\/users\/me\/?)?$/.test(route);
