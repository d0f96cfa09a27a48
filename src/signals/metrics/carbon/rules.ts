import { checkName } from '../../../intake/names.ts';
import { formatTagged, parseTagged } from '../../../core/tagged.ts';

/** One line of rewrite-rules.conf: every match in a name is replaced. */
export interface RewriteRule {
  /** With the g flag. */
  pattern: RegExp;
  /** As String.replaceAll takes it: `$01` and `$<name>` are groups. */
  replacement: string;
}

/** Methods of aggregation-rules.conf; percentiles interpolate linearly on n - 1. */
export const AGGREGATES = ['sum', 'avg', 'min', 'max', 'count', 'p50', 'p75', 'p80', 'p90', 'p95', 'p99', 'p999'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** One line of aggregation-rules.conf. */
export interface AggregationLine {
  /** Matched at a name's start and end. */
  pattern: RegExp;
  /** What a match becomes, which is the name of the result; as String.replace takes it. */
  output: string;
  /** Milliseconds between two results. */
  every: number;
  method: Aggregate;
}

/** Everything that decides what becomes of a name that comes in by carbon's protocols. */
export interface CarbonRules {
  blacklist: RegExp[];
  /** Empty: all names pass. */
  whitelist: RegExp[];
  /** Before aggregation. */
  pre: RewriteRule[];
  aggregation: AggregationLine[];
  /** After aggregation. */
  post: RewriteRule[];
}

export const NO_RULES: CarbonRules = { blacklist: [], whitelist: [], pre: [], aggregation: [], post: [] };

export type Refusal = 'bad_name' | 'blacklist' | 'whitelist';

/** What is done with every point of a name. */
export interface Decision {
  /** Series that it is stored as; undefined where an aggregation takes its place. */
  series: string | undefined;
  /** Aggregations that take it, by the name of their result before the rewriting that comes after aggregation. */
  aggregations: { line: AggregationLine; result: string }[];
}

/** Runs a name through the rules in carbon's order: black list, white list, rewrite, aggregate, rewrite, canonical tags. */
export function decide(name: string, rules: CarbonRules): Decision | Refusal {
  if (rules.blacklist.some((pattern) => pattern.test(name))) return 'blacklist';
  if (rules.whitelist.length > 0 && !rules.whitelist.some((pattern) => pattern.test(name))) return 'whitelist';
  const rewritten = rewrite(name, rules.pre);
  const aggregations: Decision['aggregations'] = [];
  let replaced = false;
  for (const line of rules.aggregation) {
    if (!line.pattern.test(rewritten)) continue;
    const result = rewritten.replace(line.pattern, line.output);
    aggregations.push({ line, result });
    // A result that has the name of what goes in takes its place, else it would aggregate itself.
    replaced ||= result === rewritten;
  }
  if (replaced) return { series: undefined, aggregations };
  const series = finish(rewritten, rules);
  return series === undefined ? 'bad_name' : { series, aggregations };
}

/** What happens to a name after aggregation: rewriting, canonical tags, and the door's check; undefined when it is refused. */
export function finish(name: string, rules: CarbonRules): string | undefined {
  const tagged = parseTagged(rewrite(name, rules.post));
  if (!tagged) return undefined;
  const series = formatTagged(tagged);
  return checkName(series) === undefined ? series : undefined;
}

function rewrite(name: string, rules: readonly RewriteRule[]): string {
  let result = name;
  for (const { pattern, replacement } of rules) result = result.replaceAll(pattern, replacement);
  return result;
}
