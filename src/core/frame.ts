import type { MethodName } from './series.ts';

/**
 * One line of an answer: values on a regular time grid. `values[i]` stands for `start + i * step`; NaN is no data.
 * `start` and `step` are milliseconds, `start` a multiple of `step` unless a function says otherwise.
 */
export interface Row {
  /** What is shown: the series' name, or what a function called it. */
  name: string;
  /** The expression this row came from, as Graphite's `pathExpression`. */
  path: string;
  /** Tags for the JSON answer and for functions by tag; every row has `name`. */
  tags: Record<string, string>;
  start: number;
  step: number;
  values: Float64Array;
  /** How values fold when fewer points are asked for. */
  consolidate: MethodName;
  /** Share of known values (0..1) that a folded value needs. */
  xFilesFactor: number;
}
