import type { FastifyInstance } from 'fastify';
import { HeedError } from '../../core/errors.ts';
import type { SentryDeps, SentryRoutes } from './context.ts';
import { attachmentRoutes } from './attachments.ts';
import { eventRoutes } from './events.ts';
import { eventsStatsRoutes } from './events-stats.ts';
import { tellSentry } from './failure.ts';
import { hashRoutes } from './hashes.ts';
import { keyRoutes } from './keys.ts';
import { issueBulkRoutes } from './issue-bulk.ts';
import { issueDetailRoutes } from './issue-detail.ts';
import { issueListRoutes } from './issue-list.ts';
import { memberRoutes } from './members.ts';
import { monitorRoutes } from './monitors.ts';
import { noteRoutes } from './notes.ts';
import { organizationRoutes } from './organization.ts';
import { projectRoutes } from './projects.ts';
import { assembleRoutes } from './assemble.ts';
import { chunkUploadRoutes } from './chunk-upload.ts';
import { deployRoutes } from './deploys.ts';
import { releaseRoutes } from './releases.ts';
import { sessionRoutes } from './sessions.ts';
import { shortIdRoutes } from './short-ids.ts';
import { statsRoutes } from './stats.ts';
import { userFeedbackRoutes } from './user-feedback.ts';
import { tagRoutes } from './tags.ts';

const ROUTES: readonly SentryRoutes[] = [
  organizationRoutes,
  memberRoutes,
  projectRoutes,
  keyRoutes,
  issueListRoutes,
  issueBulkRoutes,
  issueDetailRoutes,
  eventRoutes,
  attachmentRoutes,
  tagRoutes,
  hashRoutes,
  noteRoutes,
  shortIdRoutes,
  statsRoutes,
  eventsStatsRoutes,
  releaseRoutes,
  deployRoutes,
  sessionRoutes,
  monitorRoutes,
  userFeedbackRoutes,
  chunkUploadRoutes,
  assembleRoutes,
];

/** Sentry's web API, version 0, as far as it is about issues, events, releases with their source maps, and monitors. Register it as a plugin of its own: its errors are Sentry's. */
export function sentryRoutes(app: FastifyInstance, deps: SentryDeps, done: () => void): void {
  // Clients call an empty body JSON too.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_, body, read) => {
    try {
      read(null, body === '' ? undefined : JSON.parse(body as string));
    } catch {
      read(new HeedError('bad_request', 'cannot read the request: its body is not valid JSON'));
    }
  });
  tellSentry(app);
  for (const routes of ROUTES) routes(app, deps);
  done();
}
