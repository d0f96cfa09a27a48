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
  /** Where Graphite says that it ends, if that is not a step after the last value. Its JSON tells no points after this. */
  end?: number;
  /** How values fold when fewer points are asked for. */
  consolidate: MethodName;
  /** Share of known values (0..1) that a folded value needs. */
  xFilesFactor: number;
  /** What functions such as color() said of its line. */
  drawing?: Drawing;
}

/** How a row is drawn; what is left out is decided by the picture. */
export interface Drawing {
  /** As the function was given it: a name, `#rrggbb` or `rrggbb`. */
  colour?: string;
  /** 0 to 1. */
  alpha?: number;
  /** Pixels. */
  width?: number;
  /** Length of dashes, pixels. */
  dashes?: number;
  /** Against the axis on the right. */
  secondAxis?: boolean;
  /** Rows of one stack lie on each other; their values are sums already. */
  stack?: string;
  /** A line from top to bottom wherever a value is above 0. */
  infinite?: boolean;
  /** The area between this row and the one before is filled. */
  between?: boolean;
  /** Has no entry in the legend and no line. */
  hidden?: boolean;
}
