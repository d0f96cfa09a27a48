import type { ProbeContext, ProbeDefinition, Reading } from '../core/define.ts';
import { causeOf } from '../core/errors.ts';
import { log } from '../core/log.ts';
import { Kind, Method } from '../core/series.ts';
import { checkName } from '../intake/names.ts';
import type { PointsWriter } from '../store/points/points-store.ts';

const LEAST_TIMEOUT = 5000;

/**
 * Reads probes at once and then at every multiple of their intervals, and writes what they bring. A reading never overlaps
 * the probe's last one; one that takes too long is given up and counts as failed (`collectors.<name>.ok` 0).
 */
export class Schedule {
  readonly #points: PointsWriter;
  readonly #own: ProbeContext['own'];
  readonly #timers = new Map<ProbeDefinition, NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  readonly #ended = new WeakSet<ProbeDefinition>();
  readonly #stop = new AbortController();
  readonly #ids = new Map<string, number>();

  constructor(points: PointsWriter, own: ProbeContext['own']) {
    this.#points = points;
    this.#own = own;
  }

  /** Starts reading `probe`; resolves after its first reading. */
  start(probe: ProbeDefinition, due = dueBefore(Date.now(), probe.every)): Promise<void> {
    const reading = this.read(probe, due).finally(() => {
      this.#running.delete(reading);
      if (this.#stop.signal.aborted || this.#ended.has(probe)) return;
      // A timer may fire a moment early, so the reading belongs to the time that it was due, not to the clock's.
      const now = Date.now();
      const next = dueBefore(Math.max(now, due), probe.every) + probe.every;
      const timer = setTimeout(() => void this.start(probe, next), next - now);
      timer.unref();
      this.#timers.set(probe, timer);
    });
    this.#running.add(reading);
    return reading;
  }

  /** Ends reading `probe`; a reading under way still counts. */
  end(probe: ProbeDefinition): void {
    this.#ended.add(probe);
    clearTimeout(this.#timers.get(probe));
    this.#timers.delete(probe);
  }

  /** Reads one probe now, for the time `due`; what goes wrong is logged and becomes a 0. */
  async read(probe: ProbeDefinition, time: number): Promise<void> {
    let ok = 1;
    try {
      const reading = await this.#ask(probe);
      if (reading.problem !== '') throw new Error(reading.problem);
      for (const { name } of reading.points) {
        const fault = checkName(name);
        if (fault !== undefined) throw new Error(`its series ${JSON.stringify(name.slice(0, 100))} cannot be stored: ${fault}`);
      }
      for (const { name, kind, method, value } of reading.points) this.#points.add(this.#declared(name, kind, method), time, value);
    } catch (error) {
      ok = 0;
      if (!this.#stop.signal.aborted) log.warn(`cannot read ${probe.name}: ${causeOf(error)}`);
    }
    this.#points.add(this.#declared(`collectors.${probe.name}.ok`, Kind.gauge, Method.min), time, ok);
    this.#points.flush();
  }

  #ask(probe: ProbeDefinition): Promise<Reading> {
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(Math.max(LEAST_TIMEOUT, probe.every))]);
    return new Promise<Reading>((resolve, reject) => {
      // A probe that does not heed its signal is left alone, not waited for.
      signal.addEventListener('abort', () => reject(new Error('it took too long')), { once: true });
      probe.read({ options: {}, signal, prefix: probe.name, own: this.#own }).then(resolve, reject);
    });
  }

  #declared(name: string, kind: Kind, method: Method): number {
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

/** The last multiple of the interval, milliseconds since 1970. */
function dueBefore(time: number, every: number): number {
  return Math.floor(time / every) * every;
}
