import type { Dashboard, Panel, Variable } from './dashboard.ts';
import type { Row } from './frame.ts';
import type { Method, Kind } from './series.ts';

/** Type of one option of a probe, a channel or a command; forms, help and reference pages derive from it. */
export interface OptionDefinition {
  type: 'text' | 'number' | 'boolean' | 'duration' | 'list' | 'url' | 'secret';
  /** One sentence for the user, with the unit. */
  about: string;
  default?: string | number | boolean;
  required?: boolean;
}

/** A number that a probe read. */
export interface ReadPoint {
  name: string;
  value: number;
  kind: Kind;
  method: Method;
}

/** What a probe brings back. `problem` empty means ok. */
export interface Reading {
  problem: string;
  points: ReadPoint[];
}

/** What a probe may use while it reads. */
export interface ProbeContext {
  options: Record<string, unknown>;
  /** Aborted when the reading takes too long or the server stops. */
  signal: AbortSignal;
  /** First part of the names of its points. */
  prefix: string;
  /** Heed's own numbers: counts since the last reading, and sizes as they are now. */
  own: () => Promise<{ counters: Record<string, number>; gauges: Record<string, number> }>;
}

/** Something we go and look at: a collector, a check, a page, a site. */
export interface ProbeDefinition {
  name: string;
  group: 'collectors' | 'checks' | 'pages' | 'sites';
  about: string;
  /** Milliseconds between readings unless configured. */
  every: number;
  options: Record<string, OptionDefinition>;
  read(context: ProbeContext): Promise<Reading>;
}

/** Makes a probe known; its file's default export. The folder is the list. */
export function defineProbe(definition: ProbeDefinition): ProbeDefinition {
  return definition;
}

/** Types of Graphite function parameters, as graphite-web's /functions names them. */
export type ParamType =
  | 'aggFunc'
  | 'aggOrSeriesFunc'
  | 'any'
  | 'boolean'
  | 'date'
  | 'float'
  | 'intOrInf'
  | 'integer'
  | 'intOrInterval'
  | 'interval'
  | 'node'
  | 'nodeOrTag'
  | 'seriesList'
  | 'seriesLists'
  | 'string'
  | 'tag';

export interface ParamDefinition {
  name: string;
  type: ParamType;
  required?: boolean;
  multiple?: boolean;
  /** An `integer` that may have a fraction all the same, as Graphite takes it. */
  fractions?: boolean;
  default?: string | number | boolean | null;
  options?: readonly (string | number)[];
  suggestions?: readonly (string | number)[];
}

/** What a function sees of the question around it. Times are milliseconds. */
export interface EvalContext {
  from: number;
  until: number;
  now: number;
  timeZone: string;
  /** Default xFilesFactor of the request. */
  xFilesFactor: number;
  /** Evaluates an argument's expression (or a target's text) over another window, e.g. for movingAverage or timeShift. */
  evaluate(expression: unknown, window: { from: number; until: number }): Promise<Row[]>;
  /** Calls another function by its name with values for its parameters in their order, e.g. groupByNode its callback. */
  apply(name: string, values: readonly unknown[]): Promise<Row[]>;
  /** Times of the events in a window, both ends included, that have all the tags (`release`, `env:prod`); milliseconds, in no order. */
  events(tags: readonly string[], window: { from: number; until: number }): Promise<ArrayLike<number>>;
  /** What the stacks of the question hold so far, by name; stacked() adds to them. */
  stacks: Map<string, Float64Array>;
  /** Steps that one call's regex may take in all, some nanoseconds each. */
  regexSteps: number;
  /** Memory for values that a function makes, all gaps, taken from the request's budget; throws HeedError `too_many_points` when it is spent. */
  gaps(points: number): Float64Array;
  /** Takes `points` from the request's budget; throws HeedError `too_many_points` when it is spent. */
  spend(points: number): void;
}

export interface FunctionCall {
  context: EvalContext;
  /** Values by parameter name, defaults filled in; a `multiple` parameter is an array of values. */
  args: Record<string, unknown>;
  /** Unevaluated expressions by parameter name, for functions that evaluate over another window. */
  expressions: Record<string, unknown>;
  /** How the call was written, for names of results. */
  text: string;
}

/** One Graphite function: rows and values in, rows out. */
export interface FunctionDefinition {
  name: string;
  /** Other names it answers to, e.g. `sum` for `sumSeries`. */
  aliases?: readonly string[];
  group: 'Alias' | 'Calculate' | 'Combine' | 'Filter Data' | 'Filter Series' | 'Graph' | 'Sorting' | 'Special' | 'Transform';
  about: string;
  params: readonly ParamDefinition[];
  /** Extra window that the arguments need before `from` and after `until`, milliseconds, decided from literal arguments. */
  widen?(args: Record<string, unknown>): { before: number; after: number };
  call(call: FunctionCall): Row[] | Promise<Row[]>;
}

/** Makes a Graphite function known; exported by name from its group's file in query/functions. */
export function defineFunction(definition: FunctionDefinition): FunctionDefinition {
  return definition;
}

/** A panel of which only what differs from the defaults is said. Without `at` it flows after the one before. */
export interface PanelDraft extends Partial<Omit<Panel, 'place'>> {
  /** Column, row, width and height, as PanelPlace. */
  at?: readonly [x: number, y: number, w: number, h: number];
  /** Width and height, where it flows. */
  size?: readonly [w: number, h: number];
}

export type VariableDraft = Pick<Variable, 'name'> & Partial<Variable>;

/** A dashboard of which only what differs from the defaults is said. */
export interface DashboardDraft extends Partial<Omit<Dashboard, 'variables' | 'panels'>> {
  title: string;
  variables?: VariableDraft[];
  panels?: PanelDraft[];
}

/** A dashboard that is there by itself while a source that Heed knows sends its numbers. */
export interface DashboardDefinition extends DashboardDraft {
  slug: string;
  /** Globs of names, all of which must find something. */
  when: readonly string[];
}

/** Makes an automatic dashboard known; its file's default export. The folder is the list. */
export function defineDashboard(definition: DashboardDefinition): DashboardDefinition {
  return definition;
}

/** Where a command prints and what it may use; tests give their own. */
export interface CommandIo {
  stdout: { write(text: string): void; isTTY?: boolean; columns?: number };
  stderr: { write(text: string): void; isTTY?: boolean };
  env: Record<string, string | undefined>;
  signal: AbortSignal;
}

export interface CommandOption {
  /** As commander writes it, e.g. `--from <time>`. */
  flags: string;
  about: string;
  default?: string;
}

/** One command of the terminal. `run` resolves to the exit code; codes are documented in docs/reference/commands.md. */
export interface CommandDefinition {
  name: string;
  /** One sentence, shown in the list of commands. */
  about: string;
  /** As commander writes them, e.g. `<target>` `[files...]`, each with a sentence. */
  args?: readonly { name: string; about: string }[];
  options?: readonly CommandOption[];
  examples?: readonly string[];
  run(call: { args: string[]; options: Record<string, string | boolean | string[] | undefined>; io: CommandIo }): Promise<number>;
}

/** Makes a command known; its file's default export. */
export function defineCommand(definition: CommandDefinition): CommandDefinition {
  return definition;
}

/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unreachable: 3, notFound: 4, damaged: 5 } as const;
