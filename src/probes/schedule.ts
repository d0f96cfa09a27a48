import type { ProbeContext, ProbeDefinition } from '../core/define.ts';
import { causeOf } from '../core/errors.ts';
import { log } from '../core/log.ts';
import { Kind, Method } from '../core/series.ts';
import type { PointsWriter } from '../store/points/points-store.ts';

const LEAST_TIMEOUT = 5000;

/**
 * Reads probes at their intervals, aligned to the wall clock, and writes what they bring. A reading never overlaps the
 * probe's last one; one that takes longer than its interval is aborted and counts as failed (`collectors.<name>.ok` 0).
 */
export class Schedule {
  readonly #points: PointsWriter;
  readonly #own: ProbeContext['own'];
  readonly #timers = new Map<ProbeDefinition, NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  readonly #ids = new Map<string, number>();

  constructor(points: PointsWriter, own: ProbeContext['own']) {
    this.#points = points;
    this.#own = own;
  }

  /** Starts reading `probe` at every multiple of its interval. */
  start(probe: ProbeDefinition): void {
    const due = probe.every - (Date.now() % probe.every);
    const timer = setTimeout(() => {
      const reading = this.read(probe).finally(() => {
        this.#running.delete(reading);
        if (!this.#stop.signal.aborted) this.start(probe);
      });
      this.#running.add(reading);
    }, due);
    timer.unref();
    this.#timers.set(probe, timer);
  }

  /** Reads one probe now. */
  async read(probe: ProbeDefinition): Promise<void> {
    const time = Math.floor(Date.now() / probe.every) * probe.every;
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(Math.max(LEAST_TIMEOUT, probe.every))]);
    let ok = 1;
    try {
      const reading = await probe.read({ options: {}, signal, prefix: probe.name, own: this.#own });
      if (reading.problem !== '') throw new Error(reading.problem);
      for (const { name, kind, method, value } of reading.points) this.#points.add(this.#declared(name, kind, method), time, value);
    } catch (error) {
      ok = 0;
      if (!this.#stop.signal.aborted) log.warn(`cannot read ${probe.name}: ${causeOf(error)}`);
    }
    this.#points.add(this.#declared(`collectors.${probe.name}.ok`, Kind.gauge, Method.min), time, ok);
    this.#points.flush();
  }

  #declared(name: string, kind: Parameters<PointsWriter['declare']>[1], method: Parameters<PointsWriter['declare']>[2]): number {
    let id = this.#ids.get(name);
    if (id === undefined) this.#ids.set(name, (id = this.#points.declare(name, kind, method)));
    return id;
  }

  /** Ends all timers and readings. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.allSettled(this.#running);
  }
}
