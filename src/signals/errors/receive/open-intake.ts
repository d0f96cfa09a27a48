import { statfs } from 'node:fs/promises';
import type { HeedConfig } from '../../../core/config/config.ts';
import { log } from '../../../core/log.ts';
import { CounterLane } from '../../../core/counters.ts';
import type { AttachmentsStore } from '../../../store/attachments/attachments-store.ts';
import type { Catalog } from '../../../store/catalog/catalog.ts';
import type { EmbeddedErrors } from '../../../store/errors/sqlite/open-errors.ts';
import type { FeedbackStore } from '../../../store/feedback/feedback-store.ts';
import type { FactsStore } from '../../../store/facts/facts-store.ts';
import type { JobsStore } from '../../../store/jobs/jobs-store.ts';
import type { PointsWriter } from '../../../store/points/points-store.ts';
import { startAgeing } from './ageing.ts';
import { tieAll } from './feedback-issues.ts';
import { ErrorsIntake } from './intake.ts';
import { Jobs } from './jobs.ts';
import { ErrorNumbers } from './numbers.ts';
import { ReleaseMarkers } from './release-markers.ts';
import { ReleaseNumbers } from './release-numbers.ts';
import { takeOverFeedback } from './take-over-feedback.ts';
import { prepareIngest } from './start.ts';

const LOOK_MS = 60_000;
const TIE_MS = 600_000;

/** What Sentry's clients send goes through this into the stores; its thread starts with the first request. */
export async function openIntake(options: {
  limits: HeedConfig['errorsOptions'];
  /** Of the data, whose disk is shared. */
  folder: string;
  errors: EmbeddedErrors;
  facts: FactsStore;
  catalog: Catalog;
  jobs: JobsStore;
  attachments: AttachmentsStore;
  feedback: FeedbackStore;
  points: PointsWriter;
  counters: SharedArrayBuffer;
}): Promise<{ intake: ErrorsIntake; stop(): Promise<void> }> {
  const { limits, folder, errors, facts, catalog, points, counters } = options;
  const ingest = prepareIngest(limits, await freeBytes(folder));
  const timer = setInterval(() => void freeBytes(folder).then((bytes) => ingest.room(bytes)), LOOK_MS);
  timer.unref();
  const stopAgeing = startAgeing({ errors, attachments: options.attachments }, limits);
  const lane = new CounterLane(counters, 'main');
  const numbers = new ErrorNumbers(
    points,
    async (project) => (await errors.totals(project)).unresolved,
    () => lane.add('sentry.dropped.too_many_names'),
  );
  const health = new ReleaseNumbers(errors, numbers);
  void takeOverFeedback(options).catch((error: unknown) => log.error({ err: error }, 'cannot take over feedback of an earlier version'));
  const tying = setInterval(() => void tieAll(options).catch((error: unknown) => log.warn({ err: error }, 'cannot tie feedback to its issues')), TIE_MS);
  tying.unref();
  const jobs = new Jobs({ jobs: options.jobs, catalog, facts, numbers });
  return {
    intake: new ErrorsIntake({
      ingest,
      errors,
      facts,
      numbers,
      health,
      jobs,
      attachments: options.attachments,
      feedback: options.feedback,
      releases: new ReleaseMarkers(catalog, facts),
      counters,
    }),
    async stop() {
      clearInterval(timer);
      clearInterval(tying);
      stopAgeing();
      await ingest.stop();
      await jobs.stop();
      await health.stop();
      await numbers.stop();
    },
  };
}

/** What may still be written; where it cannot be asked, a share of it is no limit. */
async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}
