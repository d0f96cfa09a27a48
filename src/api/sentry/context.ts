import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ReleaseMarkers } from '../../signals/errors/receive/release-markers.ts';
import type { Mapper } from '../../signals/errors/source-maps/start.ts';
import type { AttachmentsStore } from '../../store/attachments/attachments-store.ts';
import type { ArtifactsStore } from '../../store/artifacts/artifacts-store.ts';
import type { Catalog } from '../../store/catalog/catalog.ts';
import type { ErrorsStore } from '../../store/errors/errors-store.ts';
import type { FeedbackStore } from '../../store/feedback/feedback-store.ts';
import type { JobsStore } from '../../store/jobs/jobs-store.ts';

/** What Sentry's API is answered from. */
export interface SentryDeps {
  errors: ErrorsStore;
  catalog: Catalog;
  jobs: JobsStore;
  attachments: AttachmentsStore;
  feedback: FeedbackStore;
  /** What builds uploaded. */
  artifacts: ArtifactsStore;
  mapper: Pick<Mapper, 'find' | 'warm'>;
  /** Marks on charts. */
  markers: Pick<ReleaseMarkers, 'released' | 'deployed'>;
  /** Where the server really listens. */
  bound: { host: string; port: number };
}

/** A file of routes of Sentry's API. */
export type SentryRoutes = (app: FastifyInstance, deps: SentryDeps) => void;

/** A request with the parts of its address and its query string. */
export interface Asked {
  /** By name; `slug` is a project’s, or its number. */
  parts: Readonly<Record<string, string>>;
  query: URLSearchParams;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Adds a route under its addresses below /api/0, each with a slash at the end and without. */
export function route(
  app: FastifyInstance,
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  addresses: string | readonly string[],
  handler: (asked: Asked) => Promise<unknown>,
  bodyLimit?: number,
): void {
  for (const address of [addresses].flat()) {
    for (const url of [`/api/0${address}`, `/api/0${address.replace(/\/$/, '')}`]) {
      app.route({
        method,
        url,
        bodyLimit,
        handler: (request, reply) => handler({ parts: request.params as Record<string, string>, query: queryOf(request), request, reply }),
      });
    }
  }
}

function queryOf({ raw }: FastifyRequest): URLSearchParams {
  const url = raw.url ?? '';
  const begin = url.indexOf('?');
  return new URLSearchParams(begin < 0 ? '' : url.slice(begin + 1));
}

/** Addresses of releases: below an organisation, and the older ones below a project. */
export const releaseAddresses = (rest: string): readonly string[] => [
  `/organizations/:organization/releases/${rest}`,
  `/projects/:organization/:slug/releases/${rest}`,
];

/** A list's addresses: below an organisation, and where Sentry has it the old one without. */
export const issueAddresses = (rest: string): readonly string[] => [`/issues/:issue/${rest}`, `/organizations/:organization/issues/:issue/${rest}`];
