import type { Category, Dropped, Limit, Received } from './messages.ts';
import { TokenBucket } from '../../../core/token-bucket.ts';

/** Seconds for which clients are told to hold back what came too often. */
const HOLD_SECONDS = 60;
/** When the day's share is used up; they ask again once in a while, as room may be made. */
const DAY_HOLD_SECONDS = 600;
const DAY_MS = 86_400_000;
/** What is kept of an event or fact, of its bytes as JSON: zstd and SQLite. */
const KEPT_SHARE = 0.4;
const MOST_PROJECTS = 10_000;
const MOST_KEYS = 2000;

interface Project {
  buckets: Map<Category, TokenBucket>;
  /** Of keys with a limit of their own, by key, limit and category. */
  keys: Map<string, TokenBucket>;
  day: number;
  /** Kept of it on that day, on the disk. */
  bytes: number;
}

/** How much a project may send: so many a minute of each category, and in a day so much of what is free on the disk. */
export class Allowance {
  readonly #perMinute: number;
  readonly #dayPercent: number;
  readonly #projects = new Map<number, Project>();
  diskFree: number;

  constructor(limits: { mostPerMinute: number; dayPercentOfDisk: number }, diskFree: number) {
    this.#perMinute = limits.mostPerMinute;
    this.#dayPercent = limits.dayPercentOfDisk;
    this.diskFree = diskFree;
  }

  /** How many of `wanted` may be kept now and, when not all, why, for how long to hold back, and whose limit it is. */
  take(
    projectId: number,
    category: Category,
    wanted: number,
    now: number,
    key?: Received['key'],
  ): { given: number; why?: Dropped; seconds: number; scope: Limit['scope'] } {
    const project = this.#project(projectId, now);
    // A check-in is small, and one that is lost an alarm.
    const isAlarm = category === 'monitor';
    if (!isAlarm && project.bytes > (this.diskFree * this.#dayPercent) / 100) return { given: 0, why: 'day_full', seconds: DAY_HOLD_SECONDS, scope: 'project' };
    let bucket = project.buckets.get(category);
    if (bucket === undefined) project.buckets.set(category, (bucket = new TokenBucket(this.#perMinute, now)));
    const ofKey = key === undefined ? wanted : this.#ofKey(project, key, category, wanted, now);
    const given = bucket.take(ofKey, now);
    const scope = given === ofKey && ofKey < wanted ? 'key' : 'project';
    return given === wanted ? { given, seconds: 0, scope } : { given, why: 'rate_limited', seconds: HOLD_SECONDS, scope };
  }

  /** Bytes of JSON that are kept of a project. */
  used(projectId: number, bytes: number, now: number): void {
    this.usedOnDisk(projectId, bytes * KEPT_SHARE, now);
  }

  /** Bytes that are kept as they came. */
  usedOnDisk(projectId: number, bytes: number, now: number): void {
    this.#project(projectId, now).bytes += bytes;
  }

  #ofKey(project: Project, { id, mostPerMinute }: NonNullable<Received['key']>, category: Category, wanted: number, now: number): number {
    const name = `${id} ${mostPerMinute} ${category}`;
    let bucket = project.keys.get(name);
    if (bucket === undefined) {
      if (project.keys.size >= MOST_KEYS) project.keys.clear();
      project.keys.set(name, (bucket = new TokenBucket(mostPerMinute, now)));
    }
    return bucket.take(wanted, now);
  }

  #project(id: number, now: number): Project {
    const day = Math.floor(now / DAY_MS);
    let project = this.#projects.get(id);
    if (project === undefined) {
      if (this.#projects.size >= MOST_PROJECTS) this.#projects.clear();
      this.#projects.set(id, (project = { buckets: new Map(), keys: new Map(), day, bytes: 0 }));
    }
    if (project.day !== day) Object.assign(project, { day, bytes: 0 });
    return project;
  }
}
