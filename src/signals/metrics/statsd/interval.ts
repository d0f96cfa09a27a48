import type { HeedConfig } from '../../../core/config/config.ts';
import type { CounterLane } from '../../../core/counters.ts';
import { Kind } from '../../../core/series.ts';
import type { Door } from './door.ts';
import { boundaryAt } from './flush-clock.ts';
import type { Flusher, FlushReport } from './flush.ts';

/** Ends one interval after the other, with StatsD's own numbers in each. */
export class Interval {
  readonly #config: HeedConfig;
  readonly #counters: CounterLane;
  readonly #door: Door;
  readonly #flusher: Flusher;
  #running: Promise<void> | undefined;
  /** When the last flush began, milliseconds since 1970; NaN before the first. */
  flushedAt = Number.NaN;
  last: FlushReport = { stats: 0, points: 0, workMs: 0, wallMs: 0 };

  constructor(config: HeedConfig, counters: CounterLane, door: Door, flusher: Flusher) {
    this.#config = config;
    this.#counters = counters;
    this.#door = door;
    this.#flusher = flusher;
    // From the start, so that a flood of names finds them there.
    this.#addCounters(0, 0, 0);
  }

  /** Stores the interval at `time`. While a flush goes on no other begins: what came belongs to the next one. */
  flush(time: number): Promise<void> {
    return (this.#running ??= this.#flush(time).finally(() => {
      this.#running = undefined;
    }));
  }

  /** Stores what came since the last flush; the interval that is cut short belongs to the boundary that it would have reached. */
  async finish(): Promise<void> {
    await this.#running;
    const intervalMs = this.#config.flush * 1000;
    if (this.#door.hasNews) await this.flush(boundaryAt(Date.now() + intervalMs / 2, intervalMs));
    this.#door.settle();
  }

  async #flush(time: number): Promise<void> {
    this.#addOwn();
    const report = await this.#flusher.flush(time);
    this.#counters.add('statsd.flushes');
    await this.#flusher.own({
      numStats: report.stats,
      processing_time: Math.round(report.workMs),
      'graphiteStats.calculationtime': Math.round(report.workMs),
      // What upstream tells of its connection to Graphite is told of the hand-over to the store here; the length is in points.
      'graphiteStats.last_exception': 0,
      'graphiteStats.last_flush': Math.round(time / 1000),
      'graphiteStats.flush_time': Math.round(this.last.wallMs),
      'graphiteStats.flush_length': this.last.points,
    });
    this.last = report;
  }

  /** Upstream's own counters and gauge, which are aggregated like any others. */
  #addOwn(): void {
    const { packets, lines, badLines } = this.#door.takeOwn();
    this.#addCounters(packets, lines, badLines);
    const now = Date.now();
    const lag = Math.round((now - this.flushedAt) / 1000 - this.#config.flush);
    // Never minus zero.
    if (!Number.isNaN(this.flushedAt)) this.#door.aggregation.add(Kind.gauge, this.#key('timestamp_lag'), lag || 0);
    this.flushedAt = now;
  }

  #addCounters(packets: number, lines: number, badLines: number): void {
    const { aggregation } = this.#door;
    aggregation.add(Kind.counter, this.#key('bad_lines_seen'), badLines);
    aggregation.add(Kind.counter, this.#key('packets_received'), packets);
    aggregation.add(Kind.counter, this.#key('metrics_received'), lines);
  }

  #key(name: string): string {
    const { prefixStats } = this.#config.statsdOptions;
    return prefixStats === '' ? name : `${prefixStats}.${name}`;
  }
}
