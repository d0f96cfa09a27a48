import type { PointsPolicy } from '../../../core/policy.ts';
import { Kind, Method } from '../../../core/series.ts';

/** What the aggregation rules need to know of a series. */
export interface Measured {
  name: string;
  kind: Kind;
  method: Method;
}

/**
 * How series fold: the sender's word, else the first aggregation rule that matches, else by kind (counters sum), else
 * average as carbon does. Carbon's own files (`rulesWin`) beat the sender. Remembers which rule a series matched.
 */
export class Methods {
  readonly #policy: PointsPolicy;
  readonly #of: (id: number) => Measured | undefined;
  /** By series: 0 not looked up, 1 no rule, else position of the rule + 2. */
  #matched = new Uint8Array(1024);

  constructor(policy: PointsPolicy, of: (id: number) => Measured | undefined) {
    this.#policy = policy;
    this.#of = of;
  }

  /** Never byRule. */
  methodOf = (id: number): Method => {
    const series = this.#of(id);
    if (!series) return Method.average;
    if (series.method !== Method.byRule && !this.#policy.rulesWin) return series.method;
    const ruled = this.#rule(id, series.name)?.method;
    if (ruled) return ruled;
    if (this.#policy.rulesWin) return Method.average;
    return series.kind === Kind.counter ? Method.sum : Method.average;
  };

  xFilesFactorOf = (id: number): number => {
    const series = this.#of(id);
    return (series && this.#rule(id, series.name)?.xFilesFactor) ?? this.#policy.defaultXFilesFactor;
  };

  #rule(id: number, name: string): PointsPolicy['aggregation'][number] | undefined {
    if (id >= this.#matched.length) {
      const grown = new Uint8Array(Math.max(id + 1, this.#matched.length * 2));
      grown.set(this.#matched);
      this.#matched = grown;
    }
    if (this.#matched[id] === 0) this.#matched[id] = Math.min(this.#policy.aggregation.findIndex(({ pattern }) => pattern.test(name)) + 2, 255);
    return this.#policy.aggregation[this.#matched[id] - 2];
  }
}
