import type { HeedConfig } from '../../../core/config/config.ts';
import { Kind, Method } from '../../../core/series.ts';
import { TimerNumbers, type HistogramRule, type TimerColumn } from './timer-numbers.ts';

/**
 * What each kind of StatsD number becomes: the series' names in both of upstream's namespaces, what they measure, and how they
 * roll up. The methods of timers' numbers stand in timer-numbers.ts.
 *
 * | number         | legacy                   | new namespace                          | kind, method     |
 * |----------------|--------------------------|----------------------------------------|------------------|
 * | counter's rate | stats.NAME               | PREFIX.COUNTERS.NAME.rate              | counter, average |
 * | counter's sum  | stats_counts.NAME        | PREFIX.COUNTERS.NAME.count             | counter, sum     |
 * | timer's stat   | stats.timers.NAME.STAT   | PREFIX.TIMERS.NAME.STAT                | timer, by stat   |
 * | gauge          | stats.gauges.NAME        | PREFIX.GAUGES.NAME                     | gauge, last      |
 * | set            | stats.sets.NAME.count    | PREFIX.SETS.NAME.count                 | set, average     |
 * | StatsD's own   | stats.statsd.…           | PREFIX.STATSD.…                        | gauge, last      |
 * | numStats       | statsd.numStats          | PREFIX.STATSD.numStats                 | gauge, last      |
 */
export interface Output {
  name: string;
  kind: Kind;
  method: Method;
}

/** What of the configuration decides the outputs. */
export interface OutputConfig {
  flush: number;
  percentiles: number[];
  statsdOptions: Pick<
    HeedConfig['statsdOptions'],
    | 'legacyNamespace'
    | 'globalPrefix'
    | 'prefixCounter'
    | 'prefixTimer'
    | 'prefixGauge'
    | 'prefixSet'
    | 'prefixStats'
    | 'globalSuffix'
    | 'flushCounts'
    | 'calculatedTimerMetrics'
  >;
}

export class Outputs {
  /** Flushed counters send their sum too. */
  readonly counts: boolean;
  readonly #legacy: boolean;
  readonly #namespaces: { counter: string; timer: string; gauge: string; set: string; own: string; total: string };
  readonly #suffix: string;
  readonly #histograms: HistogramRule[];
  readonly #plain: TimerNumbers;
  readonly #binned: Map<HistogramRule, TimerNumbers>;

  constructor(config: OutputConfig, histograms: HistogramRule[]) {
    const options = config.statsdOptions;
    this.counts = options.flushCounts;
    this.#legacy = options.legacyNamespace;
    const under = (...parts: string[]): string => parts.map((part) => (part === '' ? '' : `${part}.`)).join('');
    this.#namespaces = this.#legacy
      ? {
          counter: 'stats.',
          timer: 'stats.timers.',
          gauge: 'stats.gauges.',
          set: 'stats.sets.',
          own: under('stats', options.prefixStats),
          total: under(options.prefixStats),
        }
      : {
          counter: under(options.globalPrefix, options.prefixCounter),
          timer: under(options.globalPrefix, options.prefixTimer),
          gauge: under(options.globalPrefix, options.prefixGauge),
          set: under(options.globalPrefix, options.prefixSet),
          own: under(options.globalPrefix, options.prefixStats),
          total: under(options.globalPrefix, options.prefixStats),
        };
    this.#suffix = options.globalSuffix === '' ? '' : `.${options.globalSuffix}`;
    this.#histograms = histograms;
    const numbers = (bins: number[]): TimerNumbers => new TimerNumbers(config.percentiles, bins, options.calculatedTimerMetrics, config.flush * 1000);
    this.#plain = numbers([]);
    this.#binned = new Map(histograms.map((rule) => [rule, numbers(rule.bins)]));
  }

  counterRate(key: string): Output {
    return { name: this.#name(this.#namespaces.counter, key, this.#legacy ? '' : '.rate'), kind: Kind.counter, method: Method.average };
  }

  counterSum(key: string): Output {
    const name = this.#legacy ? this.#name('stats_counts.', key, '') : this.#name(this.#namespaces.counter, key, '.count');
    return { name, kind: Kind.counter, method: Method.sum };
  }

  gauge(key: string): Output {
    return { name: this.#name(this.#namespaces.gauge, key, ''), kind: Kind.gauge, method: Method.last };
  }

  set(key: string): Output {
    return { name: this.#name(this.#namespaces.set, key, '.count'), kind: Kind.set, method: Method.average };
  }

  timer(key: string, column: TimerColumn): Output {
    return { name: this.#name(this.#namespaces.timer, key, `.${column.name}`), kind: Kind.timer, method: column.method };
  }

  /** The numbers of a timer; the first histogram rule whose text is part of the key gives the bins. */
  timerNumbers(key: string): TimerNumbers {
    const rule = this.#histograms.find(({ metric }) => key.includes(metric));
    return rule ? (this.#binned.get(rule) as TimerNumbers) : this.#plain;
  }

  /** One of StatsD's own numbers, e.g. `processing_time`. */
  own(stat: string): Output {
    return { name: `${stat === 'numStats' ? this.#namespaces.total : this.#namespaces.own}${stat}${this.#suffix}`, kind: Kind.gauge, method: Method.last };
  }

  /** Tags stay behind everything: `stats.timers.NAME.mean;env=prod`. */
  #name(namespace: string, key: string, stat: string): string {
    const semicolon = key.indexOf(';');
    const [name, tags] = semicolon < 0 ? [key, ''] : [key.slice(0, semicolon), key.slice(semicolon)];
    return `${namespace}${name}${stat}${this.#suffix}${tags}`;
  }
}
