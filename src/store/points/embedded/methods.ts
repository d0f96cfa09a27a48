import type { PointsPolicy } from '../../../core/policy.ts';
import { Kind, Method } from '../../../core/series.ts';

const UNKNOWN = 0;
const NO_RULE = 1;
const FIRST_RULE = 2;

/** What is asked of the index. */
export interface MeasuredSeries {
  alive(id: number): boolean;
  name(id: number): string;
  kind(id: number): Kind;
  method(id: number): Method;
}

/**
 * How series fold: the sender's word, else the first aggregation rule that matches, else by kind (counters sum), else
 * average as carbon does. Carbon's own files (`rulesWin`) beat the sender. Remembers which rule a series matched.
 */
export class Methods {
  readonly #policy: PointsPolicy;
  readonly #series: MeasuredSeries;
  /** By series: UNKNOWN, NO_RULE, or position of the rule + FIRST_RULE. */
  #matched = new Uint8Array(1024);

  constructor(policy: PointsPolicy, series: MeasuredSeries) {
    this.#policy = policy;
    this.#series = series;
  }

  /** Never byRule. */
  methodOf = (id: number): Method => {
    if (!this.#series.alive(id)) return Method.average;
    const sent = this.#series.method(id);
    if (sent !== Method.byRule && !this.#policy.rulesWin) return sent;
    return this.#ruled(this.#rule(id)?.method, this.#series.kind(id));
  };

  /** How a series would fold that does not exist yet. */
  ofNew(name: string, kind: Kind, sent: Method): { method: Method; xFilesFactor: number } {
    const { aggregation, rulesWin, defaultXFilesFactor } = this.#policy;
    const rule = aggregation.find(({ pattern }) => pattern.test(name));
    const method = sent !== Method.byRule && !rulesWin ? sent : this.#ruled(rule?.method, kind);
    return { method, xFilesFactor: rule?.xFilesFactor ?? defaultXFilesFactor };
  }

  #ruled(ruled: Method | undefined, kind: Kind): Method {
    if (ruled) return ruled;
    return kind === Kind.counter && !this.#policy.rulesWin ? Method.sum : Method.average;
  }

  xFilesFactorOf = (id: number): number => {
    const ruled = this.#series.alive(id) ? this.#rule(id)?.xFilesFactor : undefined;
    return ruled ?? this.#policy.defaultXFilesFactor;
  };

  /** The first rule that matches the series' name; looked for once. */
  #rule(id: number): PointsPolicy['aggregation'][number] | undefined {
    const { aggregation } = this.#policy;
    if (id >= this.#matched.length) {
      const grown = new Uint8Array(Math.max(id + 1, this.#matched.length * 2));
      grown.set(this.#matched);
      this.#matched = grown;
    }
    if (this.#matched[id] === UNKNOWN) {
      const name = this.#series.name(id);
      const found = aggregation.findIndex(({ pattern }) => pattern.test(name));
      // Of more rules than a byte can tell, the last ones are looked for each time.
      if (found + FIRST_RULE > 255) return aggregation[found];
      this.#matched[id] = found < 0 ? NO_RULE : found + FIRST_RULE;
    }
    return aggregation[this.#matched[id] - FIRST_RULE];
  }
}
