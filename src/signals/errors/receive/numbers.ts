import { Kind, Method } from '../../../core/series.ts';
import type { AddedEvent } from '../../../store/errors/errors-store.ts';
import type { EventRow } from '../../../store/errors/sqlite/event-row.ts';
import type { PointsWriter } from '../../../store/points/points-store.ts';
import type { Dropped, Sample } from './messages.ts';
import { namePart } from './series-name.ts';

const FLUSH_MS = 10_000;
const MINUTE_MS = 60_000;
/** Flushes with nothing, after which a sum is not written as 0 any more. */
const MOST_IDLE = 60;
const MOST_NAMES = 10_000;
const MOST_PER_MINUTE = 20_000;
const MOST_ENVIRONMENTS = 50;

interface Series {
  id: number;
  as: Sample['as'];
  value: number;
  count: number;
  idle: number;
}

interface Minute {
  issues: Set<number>;
  users: Set<number>;
}

/** What errors are counted as: points of each ten seconds and, of issues and users, of each minute. */
export class ErrorNumbers {
  readonly #points: PointsWriter;
  readonly #openIssues: (project: number) => Promise<number>;
  readonly #onTooMany: () => void;
  readonly #series = new Map<string, Series>();
  readonly #minutes = new Map<string, Minute>();
  readonly #environments = new Map<string, Set<string>>();
  /** Projects that events came of, by slug. */
  readonly #projects = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  #minute: number;

  /** @param openIssues of a project; asked once a minute */
  constructor(points: PointsWriter, openIssues: (project: number) => Promise<number>, onTooMany: () => void, now = Date.now()) {
    this.#points = points;
    this.#openIssues = openIssues;
    this.#onTooMany = onTooMany;
    this.#minute = Math.floor(now / MINUTE_MS);
    this.#timer = setInterval(() => void this.flush(Date.now()), FLUSH_MS);
    this.#timer.unref();
  }

  /** Events that are kept, and what became of each. */
  events(events: readonly EventRow[], added: readonly AddedEvent[]): void {
    for (const [index, { slug, project, level, environment, user }] of events.entries()) {
      const { outcome, issue } = added[index];
      if (outcome === 'known' || outcome === 'discarded') continue;
      this.#projects.set(slug, project);
      const name = `errors.${slug}`;
      this.sum(`${name}.events`);
      this.sum(`${name}.level.${level}`);
      this.sum(`${name}.environment.${this.#environment(slug, environment)}`);
      if (outcome === 'new') this.sum(`${name}.issues.new`);
      if (outcome === 'regressed') this.sum(`${name}.issues.regressed`);
      const minute = this.#minuteOf(slug);
      if (minute.issues.size < MOST_PER_MINUTE) minute.issues.add(issue);
      if (user !== 0 && minute.users.size < MOST_PER_MINUTE) minute.users.add(user);
    }
  }

  dropped(project: string, dropped: Partial<Record<Dropped, number>>): void {
    for (const [why, count] of Object.entries(dropped)) this.sum(`errors.${project}.dropped.${why}`, count);
  }

  sum(name: string, value = 1): void {
    this.sample({ name, value, as: 'sum' });
  }

  sample({ name, value, as }: Sample): void {
    let series = this.#series.get(name);
    if (series === undefined) {
      if (this.#series.size >= MOST_NAMES) return this.#onTooMany();
      const [kind, method] = as === 'sum' ? [Kind.counter, Method.sum] : [Kind.gauge, as === 'last' ? Method.last : Method.average];
      this.#series.set(name, (series = { id: this.#points.declare(name, kind, method), as, value: 0, count: 0, idle: 0 }));
    }
    series.value = series.as === 'last' ? value : series.value + value;
    series.count++;
  }

  /** Writes what has come together. */
  async flush(now: number): Promise<void> {
    const time = Math.floor((now - 1) / FLUSH_MS) * FLUSH_MS;
    for (const series of this.#series.values()) {
      series.idle = series.count > 0 ? 0 : series.idle + 1;
      if (series.count > 0 || (series.as === 'sum' && series.idle <= MOST_IDLE))
        this.#points.add(series.id, time, series.as === 'mean' ? series.value / series.count : series.value);
      series.count = 0;
      if (series.as !== 'last') series.value = 0;
    }
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== this.#minute) {
      const ended = this.#minute * MINUTE_MS;
      this.#minute = minute;
      await this.#endMinute(ended);
    }
    this.#points.flush();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush(Date.now());
    this.#points.close();
  }

  async #endMinute(time: number): Promise<void> {
    const minutes = [...this.#minutes];
    this.#minutes.clear();
    for (const [slug, { issues, users }] of minutes) {
      this.gauge(`errors.${slug}.types`, time, issues.size, Method.max);
      this.gauge(`errors.${slug}.users`, time, users.size, Method.max);
    }
    for (const [slug, project] of this.#projects) {
      const open = await this.#openIssues(project).catch(() => undefined);
      if (open !== undefined) this.gauge(`errors.${slug}.issues.open`, time, open, Method.last);
    }
  }

  /** A value that stands for its time; a later one for the same time takes its place. */
  gauge(name: string, time: number, value: number, method: Method = Method.last): void {
    let series = this.#series.get(name);
    if (series === undefined) {
      if (this.#series.size >= MOST_NAMES) return this.#onTooMany();
      this.#series.set(name, (series = { id: this.#points.declare(name, Kind.gauge, method), as: 'last', value, count: 0, idle: 0 }));
    }
    this.#points.add(series.id, time, value);
  }

  #minuteOf(slug: string): Minute {
    let minute = this.#minutes.get(slug);
    if (minute === undefined) this.#minutes.set(slug, (minute = { issues: new Set(), users: new Set() }));
    return minute;
  }

  /** Of a project that makes up ever new ones, those that are too many are one. */
  #environment(slug: string, environment: string): string {
    const name = namePart(environment || 'production');
    let known = this.#environments.get(slug);
    if (known === undefined) this.#environments.set(slug, (known = new Set()));
    if (known.has(name)) return name;
    if (known.size >= MOST_ENVIRONMENTS) return 'other';
    known.add(name);
    return name;
  }
}
