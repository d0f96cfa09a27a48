import { readCounters } from '../../core/counters.ts';
import type { PointsStats } from '../../store/points/points-store.ts';
import type { NowAnswer } from '../contract.ts';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { DROPS, listDrops, partOf, type DropCounter } from '../drops.ts';
import { dsnOf } from './dsn.ts';
import type { Pulse } from './pulse.ts';
import { protocolStates } from './protocols.ts';
import { verdictOf, type VerdictFacts } from './verdict.ts';

/** Drops that are somebody's will and no trouble. */
const isWanted = (counter: DropCounter): boolean =>
  counter === 'carbon.dropped.blacklist' || counter === 'carbon.dropped.whitelist' || counter.includes('.not_kept.');

/** Milliseconds. */
const ISSUES_EVERY = 2000;

/** Makes the answer of `GET /api/v1/now`; remembers since when writing is not possible. */
export class NowState {
  readonly #deps: ApiDeps;
  readonly #pulse: Pulse;
  readonly #bound: ApiContext['bound'];
  #problemSince = 0;
  #issues = { at: -Infinity, new: 0, regressed: 0 };
  #feedback = 0;

  constructor(deps: ApiDeps, pulse: Pulse, bound: ApiContext['bound']) {
    this.#deps = deps;
    this.#pulse = pulse;
    this.#bound = bound;
  }

  async answer(): Promise<NowAnswer> {
    const { config, version, started, points, receiver, facts, errors, jobs, attachments, feedback, catalog, counters } = this.#deps;
    const [stats, projects] = await Promise.all([points.stats(), catalog.projects(), this.#countIssues()]);
    const now = Date.now();
    const counts = readCounters(counters);
    const protocols = protocolStates(receiver.listening, this.#bound, counts, this.#pulse.samples);
    if (stats.writeProblem === '') this.#problemSince = 0;
    else this.#problemSince ||= now;
    const damage = [...stats.damage, ...facts.damage, ...errors.damage, ...catalog.damage, ...jobs.damage, ...attachments.damage, ...feedback.damage];
    const store = { ...storeState(stats, this.#pulse.samples.rate('points.stored')), damage };
    const lasts = protocols.map(({ last }) => last ?? 0);
    return {
      version,
      started,
      now,
      data: config.data,
      flush: config.flush * 1000,
      protocols,
      store,
      process: { rss: process.memoryUsage.rss(), cpuPercent: this.#pulse.cpuPercent },
      drops: listDrops(counts),
      verdict: verdictOf({
        now,
        started,
        arrived: this.#pulse.arrived,
        series: stats.series,
        rate: protocols.reduce((sum, { rate }) => sum + rate, 0),
        last: Math.max(...lasts) || null,
        dropped: recentDrops(this.#pulse),
        writeProblem: stats.writeProblem,
        writeProblemSince: this.#problemSince,
        damage: damage.length,
        fullInDays: store.fullInDays,
      }),
      arrived: this.#pulse.arrived,
      projects: projects.map((project) => ({ slug: project.slug, dsn: dsnOf(project, this.#bound) })),
      issues: { new: this.#issues.new, regressed: this.#issues.regressed },
      feedback: { open: this.#feedback },
    };
  }

  /** Many look at once, and every second; the store is asked now and then. */
  async #countIssues(): Promise<void> {
    const now = performance.now();
    if (now - this.#issues.at < ISSUES_EVERY) return;
    this.#issues.at = now;
    const { new: fresh, regressed } = await this.#deps.errors.totals(null).catch(() => this.#issues);
    this.#issues = { at: now, new: fresh, regressed };
    this.#feedback = await this.#deps.feedback.totals(null).then(
      ({ open }) => open,
      () => this.#feedback,
    );
  }
}

function storeState(stats: PointsStats, pointsPerSecond: number): NowAnswer['store'] {
  const bytes = stats.bytes.blocks + stats.bytes.log + stats.bytes.index;
  return {
    series: stats.series,
    maxSeries: stats.maxSeries,
    pointsPerSecond,
    bytes,
    bytesPerPoint: stats.pointsInBlocks > 0 ? stats.bytes.blocks / stats.pointsInBlocks : 0,
    bytesPerDay: known(stats.bytesPerDay),
    bytesAtRest: known(stats.bytesAtRest),
    diskFree: stats.diskFree,
    fullInDays: daysToFull(stats, bytes),
    writeProblem: stats.writeProblem,
    damage: stats.damage,
    oldest: known(stats.oldest),
  };
}

/** Days until no room is left at today's growth; null when it does not grow, or settles before at its retention. */
function daysToFull({ bytesPerDay, bytesAtRest, diskFree }: PointsStats, bytes: number): number | null {
  if (!(bytesPerDay > 0) || bytesAtRest - bytes < diskFree) return null;
  return diskFree / bytesPerDay;
}

function recentDrops({ samples }: Pulse): VerdictFacts['dropped'] {
  return (Object.keys(DROPS) as DropCounter[])
    .filter((counter) => !isWanted(counter))
    .map((counter) => ({ part: partOf(counter), reason: DROPS[counter].reason, count: samples.grown(counter, 'hour') }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
