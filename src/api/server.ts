import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import { CounterLane } from '../core/counters.ts';
import { formatAddress } from '../core/config/values.ts';
import { causeOf, HeedError } from '../core/errors.ts';
import type { ApiContext, Routes } from './context.ts';
import type { ApiDeps } from './deps.ts';
import { answerError } from './errors.ts';
import { graphiteRoutes } from './graphite/routes.ts';
import { LiveHub } from './live/hub.ts';
import { ApiDescription, type RouteSchema } from './openapi.ts';
import { COMPILERS } from './parameters.ts';
import { OpenStreams } from './live/streams.ts';
import { dashboardRoutes } from './routes/dashboards.ts';
import { attachmentsRoutes } from './routes/attachments.ts';
import { dashboardTextRoutes } from './routes/dashboard-texts.ts';
import { changesRoutes } from './routes/changes.ts';
import { doctorRoutes } from './routes/doctor.ts';
import { echoRoutes } from './routes/echo.ts';
import { errorCountsRoutes } from './routes/error-counts.ts';
import { expressionRoutes } from './routes/expression.ts';
import { factsRoutes } from './routes/facts.ts';
import { feedbackRoutes } from './routes/feedback.ts';
import { frameRoutes } from './routes/frame.ts';
import { framesRoutes } from './routes/frames.ts';
import { healthRoutes } from './routes/health.ts';
import { invitationsRoutes } from './routes/invitations.ts';
import { importRoutes } from './routes/import.ts';
import { issueRoutes } from './routes/issue.ts';
import { issuesRoutes } from './routes/issues.ts';
import { issuesCompleteRoutes } from './routes/issues-complete.ts';
import { jobsRoutes } from './routes/jobs.ts';
import { liveRoutes } from './routes/live.ts';
import { liveFrameRoutes } from './routes/live-frame.ts';
import { maintenanceRoutes } from './routes/maintenance.ts';
import { nowRoutes } from './routes/now.ts';
import { peopleRoutes } from './routes/people.ts';
import { projectsRoutes } from './routes/projects.ts';
import { providerRoutes } from './routes/provider.ts';
import { releasesRoutes } from './routes/releases.ts';
import { removeRoutes } from './routes/remove.ts';
import { searchRoutes } from './routes/search.ts';
import { sessionRoutes } from './routes/session.ts';
import { issueTraceRoutes } from './routes/issue-trace.ts';
import { similarIssuesRoutes } from './routes/similar-issues.ts';
import { tokensRoutes } from './routes/tokens.ts';
import { treeRoutes } from './routes/tree.ts';
import { variablesRoutes } from './routes/variables.ts';
import { sentryRoutes } from './sentry/routes.ts';
import { CHALLENGE, mustBeOwnOrigin } from './security/access.ts';
import { limitConnections } from './security/connections.ts';
import { Provider } from './people/provider.ts';
import { firstLink } from './people/invite.ts';
import { Gate } from './security/gate.ts';
import { Passwords } from './security/passwords.ts';
import { securityHeaders } from './security/headers.ts';
import { plainIngestAddress } from './sentry-ingest/address.ts';
import { sentryIngest } from './sentry-ingest/routes.ts';
import { EchoState } from './state/echo.ts';
import { NowState } from './state/now.ts';
import { Pulse } from './state/pulse.ts';
import { isWelcome, serveScreens } from './static.ts';

const DESCRIPTION: RouteSchema = { summary: 'This description.', answer: 'An OpenAPI 3.1 document.' };

const ROUTES: readonly Routes[] = [
  nowRoutes,
  echoRoutes,
  liveRoutes,
  treeRoutes,
  searchRoutes,
  frameRoutes,
  liveFrameRoutes,
  dashboardRoutes,
  dashboardTextRoutes,
  framesRoutes,
  variablesRoutes,
  changesRoutes,
  expressionRoutes,
  removeRoutes,
  importRoutes,
  factsRoutes,
  projectsRoutes,
  issuesRoutes,
  issuesCompleteRoutes,
  issueRoutes,
  issueTraceRoutes,
  similarIssuesRoutes,
  attachmentsRoutes,
  errorCountsRoutes,
  releasesRoutes,
  jobsRoutes,
  feedbackRoutes,
  doctorRoutes,
  tokensRoutes,
  sessionRoutes,
  peopleRoutes,
  invitationsRoutes,
  providerRoutes,
  maintenanceRoutes,
  healthRoutes,
];

/** Bytes of a request's body, where a route does not say otherwise. */
const BODY_LIMIT = 1_000_000;

/** Serves the screens and the HTTP API where the config says. */
export async function startApi(deps: ApiDeps): Promise<{ url: string; firstLink: string | undefined; close(): Promise<void> }> {
  const { app, context } = await buildApi(deps);
  const { host, port } = deps.config.http;
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw new HeedError('cannot_listen', `cannot listen on http ${formatAddress(deps.config.http)}: ${causeOf(error)}`);
  }
  context.bound.port = (app.server.address() as AddressInfo).port;
  const url = `http://${formatAddress(context.bound)}`;
  return { url, firstLink: await firstLink(deps.catalog, deps.config, context.bound), close: () => app.close() };
}

/** The server before it listens, and all that it answers; tests ask it by `inject`. */
export async function buildApi(deps: ApiDeps): Promise<{ app: FastifyInstance; context: ApiContext; routes: readonly RouteOptions[] }> {
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    // A request must be whole in 30 s, its head in 10 (trust.md A2 27).
    requestTimeout: 30_000,
    // A socket on which nothing moves, e.g. whose reader takes nothing of an answer; live streams beat more often.
    connectionTimeout: 60_000,
    http: { headersTimeout: 10_000, connectionsCheckingInterval: 2000, maxHeaderSize: 16_384 },
    keepAliveTimeout: 15_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 1024 },
    rewriteUrl: ({ url = '/' }) => plainIngestAddress(url),
    schemaController: { compilersFactory: COMPILERS },
  });
  limitConnections(app.server);
  app.removeContentTypeParser('text/plain');

  const context = makeContext(deps);
  const description = new ApiDescription(deps.version);
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(route);
    description.add(route);
  });
  guard(app, deps, context.gate);

  for (const add of ROUTES) add(app, context);
  app.get('/api/v1/openapi.json', { schema: DESCRIPTION }, () => description.document());
  const { query, reader, points, facts, dashboards } = deps;
  app.register(graphiteRoutes, { query, reader, facts, dashboards, remove: (patterns: string[]) => points.remove(patterns) });
  const { errors, catalog, jobs, attachments, feedback, artifacts, mapper, intake } = deps;
  app.register(sentryRoutes, { errors, catalog, jobs, attachments, feedback, artifacts, mapper, markers: intake.releases, bound: context.bound });
  app.register(sentryIngest, context);
  serveScreens(app, deps.webFolder, deps.catalog.people);

  app.addHook('preClose', async () => context.streams.close());
  app.addHook('onClose', async () => context.pulse.stop());
  await app.ready();
  return { app, context, routes };
}

function makeContext(deps: ApiDeps): ApiContext {
  const bound = { ...deps.config.http };
  const pulse = new Pulse(deps.counters, deps.catalog);
  const now = new NowState(deps, pulse, bound);
  const echo = new EchoState(deps.receiver, deps.config);
  const hub = new LiveHub({ now: () => now.answer(), echo: (after) => echo.since(after) });
  return {
    deps,
    pulse,
    now,
    echo,
    hub,
    streams: new OpenStreams(),
    gate: new Gate(deps, deps.config),
    passwords: new Passwords(),
    provider: new Provider(deps.config.oidc),
    bound,
  };
}

/** What holds for every request, whatever answers it: access, origin, headers, errors, counting. */
function guard(app: FastifyInstance, { counters }: ApiDeps, gate: Gate): void {
  const lane = new CounterLane(counters, 'main');
  app.decorateRequest('caller');
  app.addHook('onRequest', async (request, reply) => {
    lane.add('http.requests');
    reply.headers(securityHeaders(false));
    request.caller = {};
    const { open, readsOnly, byKey } = request.routeOptions.config;
    if (byKey) return;
    if (!open && !isWelcome(request)) request.caller = await gate.admit(request);
    if (!readsOnly && request.method !== 'GET' && request.method !== 'HEAD') mustBeOwnOrigin(request.headers);
  });
  app.addHook('onSend', async (_, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  app.addHook('onResponse', async (_, reply) => {
    if (reply.statusCode >= 400) lane.add('http.errors');
  });
  app.setErrorHandler((error, _, reply) => {
    const { status, answer } = answerError(error);
    // Browsers ask for the token then and send it from there on, live streams included; where people sign in they are shown the screen for it.
    if (status === 401 && answer.error.code === 'no_access') reply.header('www-authenticate', CHALLENGE);
    return reply.code(status).send(answer);
  });
  app.setNotFoundHandler(() => {
    throw new HeedError('not_found', 'cannot answer: there is nothing at this address', { status: 404 });
  });
}
