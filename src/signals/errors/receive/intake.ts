import { CounterLane } from '../../../core/counters.ts';
import { HeedError } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import type { ProjectSettings } from '../../../core/project.ts';
import type { AttachmentsStore } from '../../../store/attachments/attachments-store.ts';
import type { EmbeddedErrors } from '../../../store/errors/sqlite/open-errors.ts';
import type { FeedbackStore, NewFeedback } from '../../../store/feedback/feedback-store.ts';
import type { FactsStore } from '../../../store/facts/facts-store.ts';
import type { Jobs } from './jobs.ts';
import type { Digest, Dropped, NotKept, Received } from './messages.ts';
import type { ErrorNumbers } from './numbers.ts';
import type { ReleaseNumbers } from './release-numbers.ts';
import type { ReleaseMarkers } from './release-markers.ts';
import { namePart } from './series-name.ts';
import type { Ingest } from './start.ts';

/** What a client is told. */
export interface Taken {
  id?: string;
  /** Of which too much came. */
  limited: Digest['limited'];
  /** Number of what a user wrote, of the last of it. */
  feedback?: number;
  /** Something of it was kept, or is of a kind that is not. */
  kept: boolean;
}

/** From a request to what is kept: read by the worker, written, then counted. */
export class ErrorsIntake {
  readonly #ingest: Ingest;
  readonly #errors: Pick<EmbeddedErrors, 'addRows' | 'addSessions'>;
  readonly #facts: FactsStore;
  readonly #numbers: ErrorNumbers;
  readonly #health: ReleaseNumbers;
  readonly #jobs: Jobs;
  readonly #attachments: Pick<AttachmentsStore, 'add'>;
  readonly #feedback: Pick<FeedbackStore, 'add'>;
  readonly releases: ReleaseMarkers;
  readonly #lane: CounterLane;

  constructor(parts: {
    ingest: Ingest;
    errors: Pick<EmbeddedErrors, 'addRows' | 'addSessions'>;
    facts: FactsStore;
    numbers: ErrorNumbers;
    health: ReleaseNumbers;
    jobs: Jobs;
    attachments: Pick<AttachmentsStore, 'add'>;
    feedback: Pick<FeedbackStore, 'add'>;
    releases: ReleaseMarkers;
    counters: SharedArrayBuffer;
  }) {
    this.#ingest = parts.ingest;
    this.#errors = parts.errors;
    this.#facts = parts.facts;
    this.#numbers = parts.numbers;
    this.#health = parts.health;
    this.#jobs = parts.jobs;
    this.#attachments = parts.attachments;
    this.#feedback = parts.feedback;
    this.releases = parts.releases;
    this.#lane = new CounterLane(parts.counters, 'main');
  }

  /**
   * Resolves when all that is kept of the request is written: what was answered then outlives a kill.
   * @throws HeedError that says why nothing could be used; `busy` and `not_written` (429) are to be sent again
   */
  async take(request: Received, settings: ProjectSettings): Promise<Taken> {
    const { slug } = request.project;
    this.#lane.add('sentry.requests');
    this.#lane.add('sentry.bytes', request.body.length);
    const digest = await this.#digest(request, settings);
    for (const [what, count] of Object.entries(digest.notKept)) this.notKept(what as NotKept, count);
    this.dropped(slug, digest.dropped);
    if (digest.fault !== undefined) throw new HeedError(digest.fault.code, digest.fault.message, { status: digest.fault.status });
    const feedback = await this.#write(digest, slug);
    for (const sample of digest.samples) this.#numbers.sample(sample);
    return { id: digest.id, feedback, limited: digest.limited, kept: digest.taken > 0 || digest.limited.length === 0 };
  }

  /** Counts what was refused, for all and for the project. */
  dropped(project: string, dropped: Partial<Record<Dropped, number>>): void {
    for (const [why, count] of Object.entries(dropped)) this.#lane.add(`sentry.dropped.${why as Dropped}`, count);
    this.#numbers.dropped(project, dropped);
  }

  /** Somebody without a key that is known. */
  strange(): void {
    this.#lane.add('sentry.dropped.bad_key');
  }

  notKept(what: NotKept, count = 1): void {
    this.#lane.add(`sentry.not_kept.${what}`, count);
  }

  async #digest(request: Received, settings: ProjectSettings): Promise<Digest> {
    const { slug } = request.project;
    try {
      return await this.#ingest.digest(request, settings);
    } catch (error) {
      this.dropped(slug, { queue_full: 1 });
      throw error;
    }
  }

  async #write({ events, facts, sessions, checkIns, feedback, attachments, withoutEvent, taken }: Digest, project: string): Promise<number | undefined> {
    if (withoutEvent > 0) this.#lane.add('attachments.dropped.no_event', withoutEvent);
    if (attachments.length > 0)
      await this.#attachments.add(attachments).catch((error: unknown) => {
        // The store counts it; what else came is kept all the same.
        if (taken === attachments.length) throw notWritten(error);
      });
    for (const checkIn of checkIns) await this.#jobs.checkIn(checkIn, project);
    let kept: number | undefined;
    for (const written of feedback) kept = await this.#keepFeedback(written, project);
    if (events.length > 0) {
      this.#jobs.tie(events, Date.now());
      try {
        const { written, added } = this.#errors.addRows(events);
        added.then(
          (what) => this.#numbers.events(events, what),
          (error: unknown) => log.debug({ err: error }, 'events were not added'),
        );
        await written;
      } catch (error) {
        // The store counts them; here it is for the project.
        this.#numbers.sum(`errors.${project}.dropped.not_written`, events.length);
        throw notWritten(error);
      }
      this.#lane.add('sentry.events', events.length);
      await this.releases.see(events, Date.now());
    }
    if (sessions.length > 0) {
      this.#health.changed(
        project,
        await this.#errors.addSessions(sessions).catch((error: unknown) => {
          this.#numbers.sum(`errors.${project}.dropped.not_written`, sessions.length);
          throw notWritten(error);
        }),
      );
      await this.releases.see(
        sessions.map(({ project: id, release, environment, started }) => ({ project: id, slug: project, release, environment, time: started })),
        Date.now(),
        'session',
      );
    }
    if (facts.length === 0) return kept;
    // What the store of facts refuses it counts.
    const refused = facts.filter((fact) => !this.#facts.add(fact)).length;
    if (refused === facts.length && events.length + sessions.length + checkIns.length + feedback.length === 0) throw notWritten(new Error('too many wait'));
    await this.#facts.sync();
    return kept;
  }

  async #keepFeedback(written: NewFeedback, project: string): Promise<number> {
    const { id, added } = await this.#feedback.add(written).catch((error: unknown) => {
      throw notWritten(error);
    });
    if (!added) return id;
    this.#lane.add('feedback.stored');
    this.#numbers.sum(`feedback.${namePart(project)}.count`);
    return id;
  }
}

/** Clients send it again when told to hold back; of an error of a server they lose it. */
const notWritten = (error: unknown): HeedError => {
  const why = error instanceof Error ? error.message : String(error);
  return new HeedError('not_written', `cannot keep what was sent: ${why}`, { status: 429, cause: error });
};
