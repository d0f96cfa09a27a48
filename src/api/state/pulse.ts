import { performance } from 'node:perf_hooks';
import type { Catalog } from '../../store/catalog/catalog.ts';
import { CounterSamples } from './samples.ts';
import { PROTOCOLS } from './protocols.ts';

/** A wall clock that moves this much against the monotonic one was set, milliseconds. */
const CLOCK_SET = 2000;

/**
 * What must be looked at once a second, whether somebody watches or not: counters, processor time, the clock, and
 * whether anything ever arrived.
 */
export class Pulse {
  readonly samples: CounterSamples;
  /** Of one core, all threads together, over the last ten seconds or so. */
  cpuPercent = 0;
  /** The last time that the system's clock was set while Heed ran, and by how many milliseconds. */
  clockSet: { time: number; by: number } | undefined;
  arrived = false;

  readonly #catalog: Catalog;
  readonly #timer: NodeJS.Timeout;
  #cpu = process.cpuUsage();
  #monotonic = performance.now();
  #wall = Date.now();

  constructor(counters: SharedArrayBuffer, catalog: Catalog) {
    this.#catalog = catalog;
    this.samples = new CounterSamples(counters, Date.now());
    void catalog.marked('arrived').then(
      (time) => {
        this.arrived ||= time !== undefined;
      },
      () => undefined,
    );
    this.#timer = setInterval(() => this.beat(Date.now(), performance.now()), 1000);
    this.#timer.unref();
  }

  /** One look; the timer calls it each second. */
  beat(wall: number, monotonic: number): void {
    const passed = monotonic - this.#monotonic;
    const by = wall - this.#wall - passed;
    if (Math.abs(by) > CLOCK_SET) this.clockSet = { time: wall, by };
    const used = process.cpuUsage(this.#cpu);
    // A moving average, so that the figure does not flicker.
    if (passed > 0) this.cpuPercent += ((used.user + used.system) / 10 / passed - this.cpuPercent) * Math.min(1, passed / 5000);
    this.#cpu = process.cpuUsage();
    this.#monotonic = monotonic;
    this.#wall = wall;
    this.samples.take(wall);
    if (!this.arrived && PROTOCOLS.some(({ taken }) => this.samples.moved(taken) !== null)) {
      this.arrived = true;
      void this.#catalog.mark('arrived', wall).catch(() => undefined);
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
