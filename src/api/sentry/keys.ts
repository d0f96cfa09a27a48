import { HeedError } from '../../core/errors.ts';
import type { ProjectKey } from '../../core/project.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import { projectOf } from '../issues/find.ts';
import { note } from '../people/note.ts';
import { dsnOf } from '../state/dsn.ts';
import { baseOf } from '../base-address.ts';
import { type Asked, route, type SentryRoutes } from './context.ts';
import { linkPages } from './pages.ts';
import { iso } from './period.ts';

const LIST = '/projects/:organization/:slug/keys/';
const ONE = '/projects/:organization/:slug/keys/:key/';
const MINUTE = 60;

/** A project's keys in Sentry's shape. A limit of so many in a window is kept by the minute. */
export const keyRoutes: SentryRoutes = (app, { catalog, bound }) => {
  route(app, 'GET', LIST, async (asked) => {
    linkPages(asked, undefined);
    const project = await projectOf(catalog, asked.parts.slug);
    const status = asked.query.get('status');
    return project.keys.filter(({ active }) => status === null || active === (status === 'active')).map((key) => shown(project, key, asked));
  });
  route(app, 'POST', LIST, async (asked) => {
    const project = await projectOf(catalog, asked.parts.slug);
    const { name = 'Default', rateLimit } = bodyOf(asked);
    if (typeof name !== 'string') throw new HeedError('bad_parameter', 'cannot make a key: name must be a text');
    const made = await catalog.addKey(project.id, name);
    await note(catalog.audit, asked.request, 'key made', `${made.label} of ${project.slug}`);
    asked.reply.code(201);
    return shown(project, rateLimit === undefined ? made : await catalog.changeKey(project.id, made.id, { mostPerMinute: limitOf(rateLimit) }), asked);
  });
  route(app, 'GET', ONE, async (asked) => {
    const project = await projectOf(catalog, asked.parts.slug);
    return shown(project, keyOf(project, asked), asked);
  });
  route(app, 'PUT', ONE, async (asked) => {
    const project = await projectOf(catalog, asked.parts.slug);
    const { name, isActive, rateLimit } = bodyOf(asked);
    const change: Parameters<typeof catalog.changeKey>[2] = {};
    if (typeof name === 'string') change.label = name;
    if (typeof isActive === 'boolean') change.active = isActive;
    if (rateLimit !== undefined) change.mostPerMinute = limitOf(rateLimit);
    const changed = await catalog.changeKey(project.id, keyOf(project, asked).id, change);
    await note(catalog.audit, asked.request, change.active === false ? 'key revoked' : 'key changed', `${changed.label} of ${project.slug}`);
    return shown(project, changed, asked);
  });
  // It is revoked and stays known, so that what still comes with it is refused in words.
  route(app, 'DELETE', ONE, async (asked) => {
    const project = await projectOf(catalog, asked.parts.slug);
    const { label } = await catalog.changeKey(project.id, keyOf(project, asked).id, { active: false });
    await note(catalog.audit, asked.request, 'key revoked', `${label} of ${project.slug}`);
    return asked.reply.code(204).send();
  });

  function shown(project: CatalogProject, { key, label, created, active, mostPerMinute }: ProjectKey, { request }: Asked): Record<string, unknown> {
    const dsn = dsnOf({ ...project, key }, bound);
    const base = `${baseOf(request)}/api/${project.id}`;
    const none = Object.fromEntries(['unreal', 'cdn', 'playstation', 'integration', 'otlp_traces', 'otlp_logs'].map((what) => [what, '']));
    return {
      id: key,
      name: label,
      label,
      public: key,
      secret: key,
      projectId: Number(project.id),
      isActive: active,
      rateLimit: mostPerMinute === null ? null : { window: MINUTE, count: mostPerMinute },
      dsn: {
        ...none,
        public: dsn,
        secret: dsn,
        csp: `${base}/csp-report/?sentry_key=${key}`,
        security: `${base}/security/?sentry_key=${key}`,
        nel: `${base}/nel/?sentry_key=${key}`,
        minidump: `${base}/minidump/?sentry_key=${key}`,
        crons: `${base}/cron/___MONITOR_SLUG___/${key}/`,
      },
      browserSdkVersion: '',
      browserSdk: { choices: [] },
      dateCreated: iso(created),
      dynamicSdkLoaderOptions: { hasReplay: false, hasPerformance: false, hasDebug: false, hasFeedback: false, hasLogsAndMetrics: false },
    };
  }
};

function keyOf({ slug, keys }: CatalogProject, { parts }: Asked): ProjectKey {
  const found = keys.find(({ key }) => key === parts.key);
  if (!found) throw new HeedError('not_found', `cannot answer: project ${slug} has no key ${parts.key.slice(0, 40)}`, { status: 404 });
  return found;
}

const bodyOf = ({ request }: Asked): Record<string, unknown> => (request.body ?? {}) as Record<string, unknown>;

/** `{ window, count }`: so many in so many seconds; null or nothing for none. @throws HeedError `bad_parameter` */
function limitOf(given: unknown): number | null {
  const { window, count } = (given ?? {}) as { window?: unknown; count?: unknown };
  if (given === null || window === 0 || count === 0 || window === null || count === null) return null;
  if (typeof window !== 'number' || typeof count !== 'number' || window <= 0 || count < 0)
    throw new HeedError('bad_parameter', 'cannot limit the key: rateLimit is { window: seconds, count }, or null');
  return Math.max(1, Math.round((count * MINUTE) / window));
}
