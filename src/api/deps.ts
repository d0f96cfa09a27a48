import type { BackupAnswer } from './contract.ts';
import type { HeedConfig } from '../core/config/config.ts';
import type { Shelf } from '../dashboards/shelf.ts';
import type { ErrorsIntake } from '../signals/errors/receive/intake.ts';
import type { Mapper } from '../signals/errors/source-maps/start.ts';
import type { EchoNote } from '../signals/metrics/echo.ts';
import type { DestinationState } from '../signals/metrics/forward/sender.ts';
import type { Listening } from '../signals/metrics/context.ts';
import type { AttachmentsStore } from '../store/attachments/attachments-store.ts';
import type { ArtifactsStore } from '../store/artifacts/artifacts-store.ts';
import type { Catalog } from '../store/catalog/catalog.ts';
import type { ErrorsStore } from '../store/errors/errors-store.ts';
import type { FeedbackStore } from '../store/feedback/feedback-store.ts';
import type { FactsStore } from '../store/facts/facts-store.ts';
import type { JobsStore } from '../store/jobs/jobs-store.ts';
import type { QueryService } from '../query/service.ts';
import type { PointsReader, PointsStore } from '../store/points/points-store.ts';

/** The metric sockets as the API sees them, on whichever thread they live. */
export interface ReceiverView {
  listening: Listening[];
  /** Received pieces with an id above `after`, oldest first. */
  echo(after: number): Promise<EchoNote[]>;
  /** How the other carbons fare that get copies of all points. */
  forwarding(): Promise<DestinationState[]>;
}

/** Everything that the API answers from; main.ts fills it. */
export interface ApiDeps {
  config: HeedConfig;
  version: string;
  /** When the process began to serve, milliseconds since 1970. */
  started: number;
  points: PointsStore;
  reader: PointsReader;
  query: Pick<QueryService, 'render'>;
  /** Which series changed at a moment. */
  changes: QueryService['changes'];
  receiver: ReceiverView;
  facts: FactsStore;
  errors: ErrorsStore;
  jobs: JobsStore;
  attachments: AttachmentsStore;
  feedback: FeedbackStore;
  /** Where what Sentry's clients send goes. */
  intake: ErrorsIntake;
  catalog: Catalog;
  /** Source maps that builds uploaded. */
  artifacts: ArtifactsStore;
  /** Finds places by those. */
  mapper: Pick<Mapper, 'find' | 'warm'>;
  dashboards: Shelf;
  /** Copies the whole data folder into an empty folder. */
  backUp(folder: string): Promise<BackupAnswer>;
  /** All threads' counters; the API counts in the lane `main`. */
  counters: SharedArrayBuffer;
  /** Folder of the built screens, e.g. `web/dist`. */
  webFolder: string;
}
