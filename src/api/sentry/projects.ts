import { HeedError } from '../../core/errors.ts';
import { RECIPES } from '../../core/error-grouping.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import { projectOf } from '../issues/find.ts';
import { note } from '../people/note.ts';
import { removeProject } from '../projects/remove.ts';
import { checkSettings } from '../projects/settings.ts';
import { baseOf } from '../base-address.ts';
import { route, type SentryRoutes } from './context.ts';
import { organization } from './organization.ts';
import { linkPages } from './pages.ts';
import { iso } from './period.ts';
import { projectSettings, readProjectChange } from './project-settings.ts';

/** What Heed has not, and clients ask of a project all the same. */
const WITHOUT = [
  'hasFeedbacks',
  'hasFlags',
  'hasMinifiedStackTrace',
  'hasMonitors',
  'hasNewFeedbacks',
  'hasProfiles',
  'hasReplays',
  'hasSessions',
  'hasInsightsHttp',
  'hasInsightsDb',
  'hasInsightsAssets',
  'hasInsightsAppStart',
  'hasInsightsScreenLoad',
  'hasInsightsVitals',
  'hasInsightsCaches',
  'hasInsightsQueues',
  'hasInsightsAgentMonitoring',
  'hasInsightsMCP',
  'hasLogs',
  'hasTraceMetrics',
  'hasUserReports',
  'isBookmarked',
  'firstTransactionEvent',
];
const MOST_ENVIRONMENTS = 100;
/** Sentry's projects belong to teams; here is one of all. */
export const TEAM = { id: '1', slug: 'heed', name: 'Heed' };
const TEAM_DETAILS = {
  ...TEAM,
  isMember: true,
  teamRole: 'admin',
  flags: { 'idp:provisioned': false },
  access: ['project:read', 'project:write', 'event:read', 'event:write'],
  hasAccess: true,
  isPending: false,
  memberCount: 1,
  avatar: { avatarType: 'letter_avatar', avatarUuid: null },
};

/** A project in Sentry's shape. */
export function projectJson({ id, slug, name, created }: CatalogProject): Record<string, unknown> {
  return {
    ...Object.fromEntries(WITHOUT.map((what) => [what, false])),
    id,
    slug,
    name,
    platform: null,
    dateCreated: iso(created),
    isMember: true,
    hasAccess: true,
    features: [],
    firstEvent: null,
    access: ['project:read', 'event:read', 'event:write'],
    team: TEAM,
    teams: [TEAM],
    platforms: [],
    environments: [],
    latestRelease: null,
    status: 'active',
    isPublic: false,
    isInternal: false,
    color: '#5a6acf',
    avatar: { avatarType: 'letter_avatar', avatarUuid: null, avatarUrl: null },
  };
}

export const projectRoutes: SentryRoutes = (app, { errors, catalog, jobs, attachments, feedback }) => {
  route(app, 'GET', ['/organizations/:organization/projects/', '/projects/'], async (asked) => {
    linkPages(asked, undefined);
    return (await catalog.projects()).map(projectJson);
  });
  route(app, 'GET', '/projects/:organization/:slug/', async ({ parts, request }) => details(await projectOf(catalog, parts.slug), baseOf(request)));
  route(app, 'PUT', '/projects/:organization/:slug/', async ({ parts, request }) => {
    const found = await projectOf(catalog, parts.slug);
    const change = readProjectChange((request.body ?? {}) as Record<string, unknown>);
    const settings = await checkSettings(change.settings, found.settings);
    const changed = await catalog.changeProject(found.id, { ...change, settings });
    await note(catalog.audit, request, 'project changed', found.slug);
    return details(changed, baseOf(request));
  });
  route(app, 'DELETE', '/projects/:organization/:slug/', async ({ parts, request, reply }) => {
    const found = await projectOf(catalog, parts.slug);
    await removeProject({ catalog, errors, jobs, attachments, feedback }, found);
    await note(catalog.audit, request, 'project removed', found.slug);
    return reply.code(204).send();
  });
  // Sentry's projects are made within a team; here all teams are one.
  route(app, 'POST', ['/teams/:organization/:team/projects/', '/organizations/:organization/projects/'], async ({ request, reply }) => {
    const { name } = (request.body ?? {}) as { name?: unknown };
    if (typeof name !== 'string') throw new HeedError('bad_parameter', 'cannot make a project: give its name');
    const made = await catalog.addProject(name);
    await note(catalog.audit, request, 'project made', made.slug);
    reply.code(201);
    return details(made, baseOf(request));
  });
  route(app, 'GET', ['/organizations/:organization/teams/', '/projects/:organization/:slug/teams/'], async (asked) => {
    linkPages(asked, undefined);
    const all = asked.parts.slug === undefined ? await catalog.projects() : [await projectOf(catalog, asked.parts.slug)];
    return [{ ...TEAM_DETAILS, dateCreated: iso(all[0].created), projects: all.map(projectJson) }];
  });
  route(app, 'GET', ['/projects/:organization/:slug/environments/', '/organizations/:organization/environments/'], async ({ parts }) => {
    const number = parts.slug === undefined ? null : Number((await projectOf(catalog, parts.slug)).id);
    return (await errors.complete(number, 'environment', '', MOST_ENVIRONMENTS)).map((name, index) => ({ id: String(index + 1), name, isHidden: false }));
  });

  async function details(found: CatalogProject, base: string): Promise<Record<string, unknown>> {
    const number = Number(found.id);
    const [[version], environments] = await Promise.all([
      errors.complete(number, 'release', '', 1),
      errors.complete(number, 'environment', '', MOST_ENVIRONMENTS),
    ]);
    return {
      ...projectJson(found),
      ...projectSettings(found.settings),
      groupingConfig: RECIPES[0],
      latestRelease: version === undefined ? null : { version },
      environments,
      organization: organization(base, found.created),
    };
  }
};
