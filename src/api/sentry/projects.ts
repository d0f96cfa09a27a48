import { RECIPES } from '../../core/error-grouping.ts';
import type { CatalogProject } from '../../store/catalog/catalog.ts';
import { projectOf } from '../issues/find.ts';
import { dsnOf } from '../state/dsn.ts';
import { baseOf, route, type SentryDeps, type SentryRoutes } from './context.ts';
import { organization } from './organization.ts';
import { linkPages } from './pages.ts';
import { iso } from './period.ts';
import { PROJECT_SETTINGS } from './project-settings.ts';

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
const TEAM = { id: '1', slug: 'heed', name: 'Heed' };

function project({ id, slug, name, created }: CatalogProject): Record<string, unknown> {
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

function clientKey(found: CatalogProject, bound: SentryDeps['bound'], base: string): Record<string, unknown> {
  const { id, key, created } = found;
  const dsn = dsnOf(found, bound);
  const security = `${base}/api/${id}/security/?sentry_key=${key}`;
  const none = Object.fromEntries(['minidump', 'unreal', 'crons', 'cdn', 'playstation', 'integration', 'otlp_traces', 'otlp_logs'].map((what) => [what, '']));
  return {
    id: key,
    name: 'Default',
    label: 'Default',
    public: key,
    secret: key,
    projectId: Number(id),
    isActive: true,
    rateLimit: null,
    dsn: { ...none, public: dsn, secret: dsn, csp: security, security, nel: security },
    browserSdkVersion: '',
    browserSdk: { choices: [] },
    dateCreated: iso(created),
    dynamicSdkLoaderOptions: { hasReplay: false, hasPerformance: false, hasDebug: false, hasFeedback: false, hasLogsAndMetrics: false },
  };
}

export const projectRoutes: SentryRoutes = (app, { errors, catalog, bound }) => {
  route(app, 'GET', ['/organizations/:organization/projects/', '/projects/'], async (asked) => {
    linkPages(asked, undefined);
    return (await catalog.projects()).map(project);
  });
  route(app, 'GET', '/projects/:organization/:slug/', async ({ parts, request }) => {
    const found = await projectOf(catalog, parts.slug);
    const number = Number(found.id);
    const [[version], environments] = await Promise.all([
      errors.complete(number, 'release', '', 1),
      errors.complete(number, 'environment', '', MOST_ENVIRONMENTS),
    ]);
    return {
      ...project(found),
      ...PROJECT_SETTINGS,
      groupingConfig: RECIPES[0],
      latestRelease: version === undefined ? null : { version },
      environments,
      organization: organization(baseOf(request), found.created),
    };
  });
  route(app, 'GET', '/projects/:organization/:slug/keys/', async (asked) => {
    linkPages(asked, undefined);
    return [clientKey(await projectOf(catalog, asked.parts.slug), bound, baseOf(asked.request))];
  });
};
