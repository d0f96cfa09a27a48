import { Method } from './series.ts';
import { parseRetention, type Tier } from './retention.ts';

/** How long series of one pattern are kept, and how finely. */
export interface RetentionRule {
  name: string;
  /** Searched in the series name, case-sensitive, as carbon does; the first rule that matches decides. */
  pattern: RegExp;
  tiers: Tier[];
  /**
   * Adaptive rules keep points on the finest grid and answer in each series' own rhythm (a series sent each minute is read in
   * minutes). Carbon's rules are not adaptive: the first archive's precision is the answer's.
   */
  adaptive: boolean;
}

/** How series of one pattern roll up when the sender did not say what they measure. */
export interface AggregationRule {
  name: string;
  pattern: RegExp;
  /** Undefined: the default, average. */
  method?: Method;
  /** Share of known points that a coarser point needs, 0..1. Undefined: the default, 0.5 under carbon's files, else 0. */
  xFilesFactor?: number;
}

/** Every rule by which the points store keeps, rolls up and forgets. */
export interface PointsPolicy {
  retention: RetentionRule[];
  aggregation: AggregationRule[];
  /** Used where an aggregation rule says nothing. */
  defaultXFilesFactor: number;
  /** Carbon's files were given: their methods win over what the sender said. */
  rulesWin: boolean;
}

/** Kept when nothing is configured: seconds for a week, minutes for two months, ten minutes for two years. */
export const DEFAULT_RETENTION = '1s:7d,1m:60d,10m:2y';

/** The policy without any configuration. Suffixes are StatsD's and carbon's recommended aggregation patterns. */
export function defaultPolicy(): PointsPolicy {
  return {
    retention: [{ name: 'default', pattern: /(?:)/, tiers: parseRetention(DEFAULT_RETENTION), adaptive: true }],
    aggregation: [
      { name: 'lower', pattern: /\.(?:lower(?:_\w+)?|min)$/, method: Method.min },
      { name: 'upper', pattern: /\.(?:upper(?:_\w+)?|max)$/, method: Method.max },
      { name: 'sum', pattern: /\.(?:sum|sum_squares)(?:_\w+)?$/, method: Method.sum },
      { name: 'count', pattern: /\.count(?:_\w+)?$|^stats_counts\./, method: Method.sum },
    ],
    defaultXFilesFactor: 0,
    rulesWin: false,
  };
}
