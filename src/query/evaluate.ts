import type { EvalContext, FunctionDefinition, ParamDefinition } from '../core/define.ts';
import type { Row } from '../core/frame.ts';
import { HeedError } from '../core/errors.ts';
import type { Kind } from '../core/series.ts';
import type { PointsReader, RowFold } from '../store/points/points-store.ts';
import { badCall, matchArguments, readLiteral, takesSeries } from './bind.ts';
import { Budget, type Limits } from './budget.ts';
import { Fetcher, type Window } from './fetch.ts';
import { findFunction, isFunction } from './lookup.ts';
import type { CallExpression, Expression } from './parse/expression.ts';
import { parseTarget } from './parse/parse.ts';

/** What a question asks besides its targets. Times are milliseconds. */
export interface Question extends Window {
  now: number;
  timeZone: string;
  xFilesFactor: number;
  limits: Limits;
  /** Ends the evaluation between two functions. */
  signal?: AbortSignal;
  /** Where events are found; there are none where it is not given. */
  events?: EvalContext['events'];
  /** What is done to each series as it is read; only for targets that are series, without any function. */
  fold?: RowFold;
}

/** A turn of the event loop is taken after this many milliseconds, so that a withdrawn question is noticed and others come in between. */
const BREATH = 5;

export interface Evaluated {
  /** One list of rows per target. */
  targets: Row[][];
  /** What series that were read measure, by name. */
  kinds: ReadonlyMap<string, Kind>;
}

/**
 * Evaluates all targets of a question. Series are read together (see Fetcher), and rows are shared between targets:
 * nobody changes a row in place.
 * @throws HeedError for what is wrong with a target, for spent budgets, and `withdrawn`
 */
export async function evaluateTargets(targets: readonly Expression[], question: Question, reader: PointsReader): Promise<Evaluated> {
  const evaluation = new Evaluation(question, reader, targets.some(stacks));
  try {
    const rows = await evaluation.each(targets, (target) => evaluation.rows(target, question));
    return { targets: rows, kinds: evaluation.kinds };
  } finally {
    // When one target fails the others need not go on.
    evaluation.over = true;
  }
}

class Evaluation {
  readonly #question: Question;
  readonly #budget: Budget;
  readonly #fetcher: Fetcher;
  readonly #charged = new WeakSet<Float64Array>();
  readonly #stacks = new Map<string, Float64Array>();
  /** What is said first is evaluated first. */
  readonly #inOrder: boolean;
  /** Rows of calls, by their window. */
  readonly #called = new Map<CallExpression, Map<string, Promise<Row[]>>>();
  #breath = performance.now();
  /** The question has its answer. */
  over = false;

  constructor(question: Question, reader: PointsReader, inOrder: boolean) {
    this.#question = question;
    this.#inOrder = inOrder;
    this.#budget = new Budget(question.limits);
    const { now, fold, xFilesFactor } = question;
    this.#fetcher = new Fetcher(reader, now, this.#budget, fold && ((row, window) => fold({ ...row, consolidate: 'average', xFilesFactor }, window)));
  }

  get kinds(): ReadonlyMap<string, Kind> {
    return this.#fetcher.kinds;
  }

  /** Evaluates each of `items`: all at once, so that their series are read together, or one after the other where the order matters. */
  async each<Item, Result>(items: readonly Item[], evaluate: (item: Item) => Promise<Result>): Promise<Result[]> {
    if (!this.#inOrder) return Promise.all(items.map(evaluate));
    const results: Result[] = [];
    for (const item of items) results.push(await evaluate(item));
    return results;
  }

  async rows(expression: Expression, window: Window): Promise<Row[]> {
    switch (expression.kind) {
      case 'path':
        return this.#series({ glob: expression.text }, expression.text, window);
      case 'tags':
        return this.#series({ tags: expression.expressions }, expression.text, window);
      case 'call':
        return this.#callOnce(expression, window);
      default:
        throw new HeedError('bad_target', `cannot evaluate ${'text' in expression ? expression.text : 'the target'}: it is not a series`);
    }
  }

  /**
   * Series as stored. Graphite averages them when fewer points are asked for, whatever they measure, and so do we: a
   * number does not change its scale with the width of the picture. `consolidateBy` asks for something else.
   */
  async #series(selector: { glob: string } | { tags: string[] }, path: string, window: Window): Promise<Row[]> {
    const rows = await this.#fetcher.fetch(selector, window);
    const { xFilesFactor } = this.#question;
    for (const { values } of rows) this.#charged.add(values);
    return rows.map((row) => ({ ...row, path, consolidate: 'average', xFilesFactor }));
  }

  /** Nested functions that look beyond their window ask for the same again and again. */
  #callOnce(expression: CallExpression, window: Window): Promise<Row[]> {
    let known = this.#called.get(expression);
    if (!known) this.#called.set(expression, (known = new Map()));
    const key = `${window.from} ${window.until}`;
    let rows = known.get(key);
    if (!rows) known.set(key, (rows = this.#call(expression, window)));
    return rows;
  }

  async #call(expression: CallExpression, window: Window): Promise<Row[]> {
    const definition = findFunction(expression.name);
    const matched = matchArguments<Expression>(definition, expression);
    const literals: Record<string, unknown> = {};
    const expressions: Record<string, unknown> = {};
    const series: [ParamDefinition, Expression[]][] = [];
    for (const param of definition.params) {
      const items = matched.get(param);
      if (!items) literals[param.name] = param.multiple ? [] : (param.default ?? null);
      else if (isSeries(param, items)) series.push([param, items]);
      else {
        const values = items.map((item) => this.#literal(definition, param, item));
        literals[param.name] = param.multiple ? values : values[0];
      }
      if (items) expressions[param.name] = param.multiple ? items : items[0];
    }
    const { before, after } = definition.widen?.(literals) ?? { before: 0, after: 0 };
    const wide = { from: window.from - before, until: window.until + after };
    const args = { ...literals };
    await this.each(series, async ([param, items]) => {
      const lists = await this.each(items, (item) => this.rows(item, wide));
      args[param.name] = param.multiple ? lists : lists[0];
    });
    return this.#run(definition, args, expressions, expression.text, window);
  }

  async #run(
    definition: FunctionDefinition,
    args: Record<string, unknown>,
    expressions: Record<string, unknown>,
    text: string,
    window: Window,
  ): Promise<Row[]> {
    this.#budget.takeCall();
    await this.#breathe();
    const rows = await definition.call({ context: this.#context(window), args, expressions, text });
    this.#charge(rows);
    return rows;
  }

  /** Charges for values that were made; of rows which only pass through each costs as much as one. */
  #charge(rows: readonly Row[]): void {
    let points = rows.length;
    for (const { values } of rows) {
      if (this.#charged.has(values)) continue;
      this.#charged.add(values);
      points += values.length;
    }
    this.#budget.spend(points);
  }

  #gaps(points: number): Float64Array {
    this.#budget.spend(points);
    const values = new Float64Array(points).fill(NaN);
    this.#charged.add(values);
    return values;
  }

  #context({ from, until }: Window): EvalContext {
    const { now, timeZone, xFilesFactor } = this.#question;
    return {
      from,
      until,
      now,
      timeZone,
      xFilesFactor,
      evaluate: (expression, window) => this.rows(typeof expression === 'string' ? parseTarget(expression).expression : (expression as Expression), window),
      apply: (name, values) => this.#apply(findFunction(name), values, { from, until }),
      stacks: this.#stacks,
      events: this.#question.events ?? (async () => []),
      regexSteps: this.#question.limits.regexSteps,
      gaps: (points) => this.#gaps(points),
      spend: (points) => this.#budget.spend(points),
    };
  }

  /** Calls a function with values instead of expressions. */
  async #apply(definition: FunctionDefinition, values: readonly unknown[], window: Window): Promise<Row[]> {
    const matched = matchArguments(definition, { args: values, named: [] });
    const args: Record<string, unknown> = {};
    for (const param of definition.params) {
      const items = matched.get(param);
      const series = takesSeries(param.type) || param.type === 'any';
      if (!series && items?.some(Array.isArray)) throw badCall(definition, `parameter '${param.name}' must be a literal value, not a series`);
      if (!items) args[param.name] = param.multiple ? [] : (param.default ?? null);
      else args[param.name] = param.multiple ? items : items[0];
    }
    return this.#run(definition, args, {}, definition.name, window);
  }

  #literal(definition: FunctionDefinition, param: ParamDefinition, item: Expression): unknown {
    const { now, timeZone } = this.#question;
    // A template's variable may stand for a word where a string is asked for.
    if (item.kind === 'path' && item.substituted) return readLiteral(definition, param, item.text, { now, timeZone, isFunction });
    if (item.kind !== 'literal') throw badCall(definition, `parameter '${param.name}' must be a literal value, not a series`);
    return readLiteral(definition, param, item.value, { now, timeZone, isFunction });
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#breath > BREATH) {
      await new Promise((resolve) => void setImmediate(resolve));
      this.#breath = performance.now();
    }
    if (this.over || this.#question.signal?.aborted) throw new HeedError('withdrawn', 'cannot answer: the question was withdrawn', { status: 499 });
  }
}

/** True when a call in the expression adds to a stack, so that the order matters in which things are evaluated. */
function stacks(expression: Expression): boolean {
  if (expression.kind !== 'call') return false;
  return expression.name === 'stacked' || [...expression.args, ...expression.named.map(({ value }) => value)].some(stacks);
}

/** True when the arguments are to be evaluated; a parameter of type `any` decides by what it is given. */
function isSeries(param: ParamDefinition, items: readonly Expression[]): boolean {
  return (takesSeries(param.type) || param.type === 'any') && !items.every((item) => item.kind === 'literal');
}
