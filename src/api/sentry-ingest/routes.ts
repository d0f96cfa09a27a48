import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HeedError, mustNot } from '../../core/errors.ts';
import { MOST_SENT, type Received } from '../../signals/errors/receive/messages.ts';
import { TokenBucket } from '../../core/token-bucket.ts';
import type { ErrorsIntake } from '../../signals/errors/receive/intake.ts';
import type { AuthSources } from '../../signals/errors/wire/auth.ts';
import type { CatalogProject } from '../../store/catalog/projects.ts';
import type { ApiContext } from '../context.ts';
import { answerError } from '../errors.ts';
import { userFeedbackJson } from '../sentry/user-feedback.ts';
import { answerTaken } from './answer.ts';
import { clientAddress } from '../security/client-address.ts';
import { DOORS, type DoorRoute } from './doors.ts';
import { dsnInBody } from './dsn-in-body.ts';
import { ERROR_PAGE_SCRIPT } from './error-page.ts';
import { findProject, type Sender } from './find-project.ts';
import { CORS, headerText, HOLD_ALL, PREFLIGHT } from './headers.ts';
import { mustComeFrom } from './origins.ts';
import { passOver, readRaw } from './read-raw.ts';

/** Requests of a project that are read at all, as times of the events that are kept in a minute: within one, and at once. */
const REQUESTS_PER_EVENT = 10;
const BURST_PER_EVENT = 2;
/** Where few events are kept, so many still. */
const LEAST_BURST = 100;
const TOO_MANY = 'cannot take the request: the project sends too many; find what fails so often, or sample in the SDK';

type Ask = FastifyRequest<{ Params: Record<string, string | undefined>; Querystring: Record<string, string | string[] | undefined> }>;

/**
 * The routes that Sentry's clients send to. They answer the key of a project, to everybody and from any origin. All is done before
 * Fastify would read a body, as the route decides what it is and not the Content-Type, of which clients send any or none.
 */
export async function sentryIngest(scope: FastifyInstance, { deps }: ApiContext): Promise<void> {
  const requests = new Map<string, TokenBucket>();

  scope.addHook('onRequest', async (_, reply) => {
    reply.headers(CORS);
  });
  scope.setErrorHandler((error, request, reply) => {
    const { status, answer } = answerError(error);
    const { message } = answer.error;
    if ((status === 401 || status === 403) && answer.error.code !== 'foreign_origin') deps.intake.strange();
    if (status === 429) reply.header('retry-after', HOLD_ALL['retry-after']);
    if (answer.error.code === 'rate_limited') reply.headers(HOLD_ALL);
    // What is still to come of a body is not waited for.
    if (status === 413) reply.header('connection', 'close');
    else passOver(request.raw);
    return reply.code(status).header('x-sentry-error', headerText(message)).send({ detail: message });
  });

  const handler = (): never => mustNot('the hook answers');
  for (const url of new Set(DOORS.map((door) => door.url)))
    scope.options(url, { config: { byKey: true }, onRequest: async (_, reply) => reply.headers(PREFLIGHT).code(204).send() }, handler);
  for (const door of DOORS)
    scope.route({ method: door.method, url: door.url, config: { byKey: true }, onRequest: (request, reply) => take(door, request as Ask, reply), handler });
  scope.get<{ Querystring: { dsn?: string } }>('/api/embed/error-page', { config: { byKey: true } }, async ({ query }, reply) => {
    findProject(await deps.catalog.projects(), { dsn: query.dsn }, undefined);
    return reply.type('text/javascript; charset=utf-8').send(ERROR_PAGE_SCRIPT);
  });

  async function take(door: DoorRoute, request: Ask, reply: FastifyReply): Promise<FastifyReply> {
    const { raw } = request;
    const projects = await deps.catalog.projects();
    const { pid, monitor, event, key: keyInPath, slug } = request.params;
    const [, query = ''] = (raw.url ?? '').split(/\?(.*)/s, 2);
    const dsn = door.dsnInQuery ? (new URLSearchParams(query).get('dsn') ?? undefined) : undefined;
    const sources = {
      xSentryAuth: one(raw.headers['x-sentry-auth']),
      query: keyInPath === undefined ? query : `sentry_key=${encodeURIComponent(keyInPath)}`,
      authorization: raw.headers.authorization,
      dsn,
    };
    const find = (by: AuthSources, id: string | undefined): Sender => {
      const found = findProject(projects, by, id);
      if (slug !== undefined && slug !== found.project.slug && slug !== found.project.id)
        throw new HeedError('wrong_project', 'cannot accept the report: the key is of another project', { status: 403 });
      mustBeOwnPage(found.project, raw.headers);
      return found;
    };
    let sender: Sender | undefined;
    // The key of a request that has none elsewhere stands in the first line of the envelope.
    if (!door.dsnInBody || namesKey(sources)) sender = find(sources, pid);
    // No error is thrown for these: making one costs more than all else that is done for them.
    if (sender !== undefined && !isWithinLimits(sender, door)) {
      passOver(raw);
      return reply.code(429).headers(HOLD_ALL).header('x-sentry-error', TOO_MANY).send({ detail: TOO_MANY });
    }
    if (door.door === 'nel') return answerNel(request, reply);
    const encoding = one(raw.headers['content-encoding'])?.trim().toLowerCase();
    const body = await readRaw(raw, MOST_SENT, (beginning, isWhole) => {
      if (sender !== undefined) return true;
      const found = dsnInBody(beginning, isWhole, encoding);
      if (found === undefined) return false;
      sender = find({ dsn: `http://${found.key}@x/${found.project}` }, pid ?? found.project);
      if (!isWithinLimits(sender, door)) throw new HeedError('rate_limited', TOO_MANY, { status: 429 });
      return true;
    }).catch((error: unknown) => {
      if (sender !== undefined && error instanceof HeedError) deps.intake.dropped(sender.project.slug, REFUSALS[error.code] ?? {});
      throw error;
    });
    const { project, key, credentials } = sender ?? mustNot('the key was looked for');
    const received: Received = {
      door: door.door,
      project: { id: Number(project.id), slug: project.slug },
      ...(key.mostPerMinute === null ? {} : { key: { id: key.id, mostPerMinute: key.mostPerMinute } }),
      body,
      encoding,
      contentType: raw.headers['content-type'],
      query,
      monitor,
      event,
      received: Date.now(),
      address: clientAddress(raw),
      userAgent: raw.headers['user-agent'],
      client: credentials.client,
    };
    const taken = await deps.intake.take(received, project.settings);
    const written = door.as !== 'feedback' || taken.feedback === undefined ? undefined : await deps.feedback.find(taken.feedback);
    if (!written) return answerTaken(reply, door.as, taken);
    // Whoever has a DSN may write; of issues they are told nothing.
    return reply.send(userFeedbackJson(written, undefined));
  }

  function mustBeOwnPage({ slug, settings }: CatalogProject, headers: IncomingHttpHeaders): void {
    try {
      mustComeFrom(settings.origins, headers);
    } catch (error) {
      deps.intake.dropped(slug, { foreign_origin: 1 });
      throw error;
    }
  }

  /** Before the body is read: who sends far too much costs next to nothing then. */
  function isWithinLimits({ project }: Sender, { door }: DoorRoute): boolean {
    // A check-in that is lost is an alarm.
    if (door === 'check_in') return true;
    const now = Date.now();
    let bucket = requests.get(project.id);
    if (bucket === undefined) {
      const { mostPerMinute } = deps.config.errorsOptions;
      bucket = new TokenBucket(mostPerMinute * REQUESTS_PER_EVENT, now, Math.max(mostPerMinute * BURST_PER_EVENT, LEAST_BURST));
      requests.set(project.id, bucket);
    }
    if (bucket.take(1, now) === 1) return true;
    deps.intake.dropped(project.slug, { rate_limited: 1 });
    return false;
  }

  function answerNel(request: Ask, reply: FastifyReply): FastifyReply {
    deps.intake.notKept('nel');
    passOver(request.raw);
    return reply.code(200).send({});
  }
}

/** A proxy's password in `Authorization` is no key. */
const namesKey = ({ xSentryAuth, query, authorization }: { xSentryAuth?: string; query: string; authorization?: string }): boolean =>
  /sentry_key/i.test(`${xSentryAuth ?? ''} ${query}`) || /^(?:sentry|dsn)\s/i.test(authorization ?? '');

/** As what a body is counted that was not read to its end. */
const REFUSALS: Record<string, Parameters<ErrorsIntake['dropped']>[1]> = {
  body_too_large: { too_large: 1 },
  busy: { queue_full: 1 },
  body_cut: { bad_request: 1 },
};

const one = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header);
