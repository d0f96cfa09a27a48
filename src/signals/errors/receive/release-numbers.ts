import { causeOf } from '../../../core/errors.ts';
import { log } from '../../../core/log.ts';
import type { ErrorsStore } from '../../../store/errors/errors-store.ts';
import { type ChangedHour, crashFree, type SessionCounts } from '../../../store/errors/sessions.ts';
import type { ErrorNumbers } from './numbers.ts';
import { namePart } from './series-name.ts';

const HOUR_MS = 3_600_000;
const TICK_MS = 10_000;
/** Hours that are looked at in one tick. */
const MOST_AT_ONCE = 50;
/** Releases of an hour that have a series each: those with most sessions. */
const MOST_RELEASES = 5;

interface Hour extends ChangedHour {
  slug: string;
  changed: boolean;
}

/**
 * The share of sessions and users without a crash, percent, as series. A point is of the sessions that began in its hour, so far; where more
 * is told of an hour that is over, its last point is written again, and so the hour's own.
 */
export class ReleaseNumbers {
  readonly #sessions: ErrorsStore['sessions'];
  readonly #numbers: Pick<ErrorNumbers, 'gauge'>;
  readonly #hours = new Map<string, Hour>();
  readonly #timer: NodeJS.Timeout;
  #ticking = Promise.resolve();

  constructor(errors: Pick<ErrorsStore, 'sessions'>, numbers: Pick<ErrorNumbers, 'gauge'>) {
    this.#sessions = (question) => errors.sessions(question);
    this.#numbers = numbers;
    this.#timer = setInterval(() => void this.tick(Date.now()), TICK_MS);
    this.#timer.unref();
  }

  changed(slug: string, hours: readonly ChangedHour[]): void {
    for (const { project, time } of hours) this.#hours.set(`${project} ${time}`, { project, time, slug, changed: true });
  }

  /** Writes what changed, and for the hour that goes on what holds. */
  tick(now: number): Promise<void> {
    return (this.#ticking = this.#ticking.then(async () => {
      const isMinute = Math.floor(now / TICK_MS) % 6 === 0;
      const due = [...this.#hours].filter(([, { changed, time }]) => changed || (isMinute && now < time + HOUR_MS)).slice(0, MOST_AT_ONCE);
      for (const [key, hour] of due) {
        hour.changed = false;
        try {
          await this.#write(hour, now);
        } catch (error) {
          // Before the next tick there may be nothing to read it from.
          log.warn(`cannot count the sessions of ${hour.slug}: ${causeOf(error)}`);
        }
        if (now >= hour.time + HOUR_MS && !hour.changed) this.#hours.delete(key);
      }
      for (const [key, { changed, time }] of this.#hours) if (!changed && now >= time + HOUR_MS) this.#hours.delete(key);
    }));
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.tick(Date.now());
  }

  async #write({ project, slug, time }: Hour, now: number): Promise<void> {
    const at = Math.min(Math.floor(now / TICK_MS) * TICK_MS, time + HOUR_MS - TICK_MS);
    const hour = { project, from: time, until: time + HOUR_MS };
    const [whole, releases] = await Promise.all([this.#sessions({ ...hour, by: [] }), this.#sessions({ ...hour, by: ['release'] })]);
    for (const { totals } of whole.rows) this.#rates(`releases.${slug}`, at, totals);
    for (const { release, totals } of releases.rows.filter(({ release }) => release !== '').slice(0, MOST_RELEASES))
      this.#rates(`releases.${slug}.by_release.${namePart(release)}`, at, totals);
  }

  #rates(name: string, at: number, totals: SessionCounts): void {
    const { sessions, users } = crashFree(totals);
    if (sessions !== undefined) this.#numbers.gauge(`${name}.crash_free.sessions`, at, sessions);
    if (users !== undefined) this.#numbers.gauge(`${name}.crash_free.users`, at, users);
  }
}
