import type { ProjectKey, ProjectSettings } from '../core/project.ts';
import type { Dashboard, Panel, Variable } from '../core/dashboard.ts';
import type { Drawing } from '../core/frame.ts';

/** Types of what the HTTP API answers; the screens and the terminal read these and nothing else. Times are milliseconds. */

/** `GET /api/v1/now`: what arrives, what is stored, what was dropped. */
export interface NowAnswer {
  version: string;
  started: number;
  now: number;
  /** Folder of the data, as the user gave it. */
  data: string;
  /** How often StatsD numbers are flushed, milliseconds. */
  flush: number;
  protocols: ProtocolState[];
  store: {
    series: number;
    maxSeries: number;
    pointsPerSecond: number;
    bytes: number;
    bytesPerPoint: number;
    bytesPerDay: number | null;
    bytesAtRest: number | null;
    diskFree: number;
    /** Days until the disk is full at today's growth; null when unknown or never. */
    fullInDays: number | null;
    writeProblem: string;
    damage: { file: string; what: string; time: number }[];
    oldest: number | null;
  };
  process: { rss: number; cpuPercent: number };
  /** Everything dropped since the start, most first. */
  drops: Drop[];
  /** The page's first line, in words, and its state. */
  verdict: { state: 'ok' | 'warn' | 'bad' | 'none'; text: string; details: string[] };
  /** True once any number has arrived from outside since the data folder was made. */
  arrived: boolean;
  projects: { slug: string; dsn: string }[];
  /** Unresolved issues of all projects that were first seen, or came back, in the last days; some seconds old. */
  issues: { new: number; regressed: number };
  /** Messages of users that nobody has settled; some seconds old. */
  feedback: { open: number };
}

export interface ProtocolState {
  /** `statsd`, `carbon`, `pickle`, `sentry`. */
  name: string;
  title: string;
  /** As to be pasted, e.g. `udp 127.0.0.1:8125`. */
  addresses: string[];
  /** Lines (or points, events) a second over the last ten seconds. */
  rate: number;
  total: number;
  /** When the last line came; null for never. */
  last: number | null;
  dropped: number;
  /** Most frequent reason in words, e.g. `bad value`. */
  droppedWhy: string;
  /** Series to draw as the trend, e.g. `heed.statsd.lines`. */
  series: string;
}

export interface Drop {
  /** Counter, e.g. `carbon.dropped.bad_line`. */
  counter: string;
  part: string;
  /** In words, e.g. `bad line`. */
  reason: string;
  count: number;
  /** What to do about it, one sentence. */
  advice: string;
}

/** One received line and what became of it. */
export interface EchoLine {
  id: number;
  time: number;
  /** `udp`, `tcp`, `unix`. */
  transport: string;
  protocol: 'statsd' | 'carbon' | 'pickle';
  /** Who sent it, e.g. `127.0.0.1`. */
  from: string;
  /** The line as received, at most 512 characters, control characters escaped. */
  text: string;
  taken: boolean;
  /** In words: `taken, counter` or `dropped: not a number; write 0.42 with a point`. */
  verdict: string;
  /** Part of `text` at fault, as character offsets; null when taken. */
  fault: [number, number] | null;
  /** Series to look at, when taken. */
  series: string;
}

/** `GET /api/v1/echo?after=&limit=`: oldest first; `taken` and `dropped` count the lines of this answer. */
export interface EchoAnswer {
  lines: EchoLine[];
  taken: number;
  dropped: number;
}

/** `GET /api/v1/tree?path=&limit=`: one level of names; the root without a path. `total` nodes are at this level, `nodes` may be fewer. */
export interface TreeAnswer {
  path: string;
  nodes: { path: string; text: string; leaf: boolean; branch: boolean; count: number }[];
  total: number;
}

/** `GET /api/v1/search?q=&limit=` */
export interface SearchAnswer {
  series: { name: string; kind: string }[];
  /** More would match. */
  more: boolean;
  ms: number;
}

/** `GET /api/v1/frame?target=&from=&until=&maxDataPoints=`, times and targets as in /render. */
export interface FrameAnswer {
  from: number;
  until: number;
  rows: FrameRow[];
  ms: number;
}

export interface FrameRow {
  name: string;
  /** Index of the target in the request that gave this row. */
  target: number;
  kind: string;
  start: number;
  step: number;
  /** What functions such as color() said of its line, if any did. */
  drawing?: Drawing;
  values: (number | null)[];
}

/** Events of `GET /api/v1/live` (server-sent events; `topics=now,echo`): `now` carries NowAnswer, `echo` EchoLine[]. */
export type LiveTopic = 'now' | 'echo';

/**
 * Events `frame` of `GET /api/v1/live/frame?target=&from=&maxDataPoints=&tz=`. The first holds the whole window; later ones
 * hold, of each row that changed, the values from the first that is new or other than before, up to the newest. `from`,
 * `until`, `step` and the grid are those of the whole window. Events `problem` carry ErrorAnswer; the stream goes on.
 */
export type LiveFrame = FrameAnswer;

/** `GET /api/v1/projects`, `POST /api/v1/projects { name }` */
export interface Project {
  /** Decimal. */
  id: string;
  slug: string;
  name: string;
  /** 32 hex digits. */
  key: string;
  dsn: string;
  created: number;
  keys: ProjectKeyItem[];
  settings: ProjectSettings;
}

/** One of a project's keys, with its addresses. */
export interface ProjectKeyItem extends ProjectKey {
  dsn: string;
}

/** `POST /api/v1/projects/:project/rules`: what rules would make of the latest events, before they are saved. */
export interface RulesTrial {
  events: RuledEvent[];
  /** Issues that the events are of, now and by these rules. */
  issues: number;
  groups: number;
}

export interface RuledEvent {
  eventId: string;
  issue: string;
  title: string;
  time: number;
  /** Of the group that it would be in: the same for those that would be together. */
  hash: string;
  /** It would be grouped otherwise than it is. */
  changes: boolean;
  /** The project's own rule that says so; empty where none does. */
  rule: string;
}

/** `DELETE /api/v1/series?pattern=`; with `dry=1` nothing is removed. */
export interface RemoveAnswer {
  /** Series removed, or that would be. */
  series: number;
  /** A dry run found more than it counts. */
  more: boolean;
}

/** `GET /api/v1/facts?kind=&from=&until=&tag=key=value&limit=`: newest first. */
export interface FactsAnswer {
  facts: { id: number; kind: string; time: number; title: string; text: string; tags: Record<string, string>; data: Record<string, unknown> }[];
}

/** `POST /api/v1/backup { folder }` */
export interface BackupAnswer {
  files: number;
  bytes: number;
  series: number;
}

/** `GET /api/v1/doctor`: what listens, what arrived in the last minute, what was dropped, what is misconfigured. */
export interface DoctorAnswer {
  checks: { state: 'ok' | 'warn' | 'bad' | 'none'; subject: string; text: string; advice: string }[];
}

/** Every error answer. */
export interface ErrorAnswer {
  error: { code: string; message: string };
}

/** One of Graphite's events, as `/events/get_data` answers them. */
export interface GraphiteEvent {
  id: number;
  /** Seconds since 1970. */
  when: number;
  what: string;
  data: string;
  /** `release`, `env:prod`. */
  tags: string[];
}

/** `POST /events/`: whether the event was new; the same one within a minute is not. */
export interface MarkAnswer {
  added: boolean;
}

/**
 * `POST /api/v1/import?dry=`: a batch of past points, as core/fill-batch.ts writes it; answered when all of it is on the disk. Columns are
 * by position of the series in the batch.
 */
export interface ImportAnswer {
  /** When the server did it: by this the ages of points were told. */
  now: number;
  written: number;
  /** Series that were not known before. */
  made: number;
  /** Points left out: position in the batch, how many, why (see FillLeft of the store). */
  left: [from: number, count: number, why: 'there' | 'old' | 'new' | 'thin' | 'refused'][];
  /** Retentions, finest archive first; and which of them each series has, -1 where there was no room for it. */
  retentions: { step: number; keep: number }[][];
  retentionOf: number[];
  /** How each series folds, as core/series.ts numbers it, and the share of known points that it needs. */
  methods: number[];
  xFilesFactors: number[];
}

/** Where a dashboard comes from: a watched file, the screens, or a source that Heed knows. */
export type DashboardOrigin = 'file' | 'screen' | 'automatic';

/** `GET /api/v1/dashboards`: all of them, by title; those that are automatic while their series exist. */
export interface DashboardsAnswer {
  dashboards: DashboardEntry[];
  /** Files of the watched folder that could not be read. */
  problems: { file: string; line: number; message: string }[];
  /** The watched folder, as the user gave it. */
  folder: string;
}

export interface DashboardEntry {
  slug: string;
  title: string;
  about: string;
  origin: DashboardOrigin;
  /** Of one from a file: its path. */
  file: string;
  /** Was changed on the screen since it came from its file or source. */
  changed: boolean;
  panels: number;
  tags: string[];
}

/** `GET /api/v1/dashboards/:slug`; `PUT` takes `{ dashboard, version }` and answers the same. */
export interface DashboardAnswer {
  slug: string;
  dashboard: Dashboard;
  origin: DashboardOrigin;
  file: string;
  changed: boolean;
  /** Changes with every change; a PUT with another one than the present is refused (409 `changed_meanwhile`). */
  version: string;
}

/** `POST /api/v1/dashboards/:slug/diff { dashboard }`: from its file, its source or what was saved, to `dashboard`. */
export interface DashboardDiff {
  /** The whole new text. */
  yaml: string;
  lines: { kind: ' ' | '+' | '-'; text: string }[];
}

/** `POST /api/v1/dashboards/read { text }`: YAML of ours, Grafana's JSON or graphite-web's; nothing is saved. */
export interface DashboardRead {
  dashboard: Dashboard;
  format: 'heed' | 'grafana' | 'graphite-web';
  /** What could not be taken over, in words. */
  notes: string[];
}

/** `POST /api/v1/dashboards/grafana { panel }` or `{ dashboard }`: as Grafana's panel or dashboard JSON. */
export type GrafanaJson = Record<string, unknown>;
/** What `POST /api/v1/dashboards/grafana` takes. */
export type GrafanaQuestion = { panel: Panel } | { dashboard: Dashboard };

/**
 * `POST /api/v1/variables { variables, chosen }`: what may be chosen of each, at most 1,000 values in their order; what is chosen of one
 * narrows those after it. What is chosen is put into targets and texts by one rule, here and in the screens: `$name`, `${name}` and
 * `${name:form}` (names are `[A-Za-z]\w*`, always the whole word) become the value; several become `{a,b}`, `*` among them `*`. With the
 * form `regex` several become `(a|b)`, each escaped, and all `.*`, for tags: `seriesByTag('host=~^${host:regex}$')`; every other form is
 * read as the plain one. Values with `"'(){},\` or control characters are refused. A name that is no variable stays as it is.
 */
export interface VariablesAnswer {
  variables: { name: string; values: string[]; more: boolean }[];
}
export interface VariablesQuestion {
  variables: Variable[];
  /** Values by variable's name; `*` is all. */
  chosen: Record<string, string[]>;
}

/** `POST /api/v1/frames`: many panels' rows by one request, answered as lines of JSON in the order they are ready. */
export interface FramesQuestion {
  from: string;
  until: string;
  tz?: string;
  panels: { targets: string[]; maxDataPoints: number; from?: string; until?: string }[];
}
/** One line of the answer: of the panel with this index, its rows or why there are none. */
export type FramesLine = { panel: number; frame: FrameAnswer } | ({ panel: number } & ErrorAnswer);

/** `GET /api/v1/changes?at=&span=&pattern=&limit=`: series by how much they changed at a moment, most first. */
export interface ChangesAnswer {
  changes: {
    name: string;
    kind: string;
    /** Means of the spans before and after; null where nothing was known. */
    before: number | null;
    after: number | null;
    /** How unusual the change is, in deviations of the time before, up to 100. */
    score: number;
    /** In words: `rose`, `fell`, `appeared`, `went silent`. */
    how: 'rose' | 'fell' | 'appeared' | 'went silent';
    /** Some values around the moment, for a trend. */
    start: number;
    step: number;
    values: (number | null)[];
  }[];
  /** Series looked at, of how many. */
  looked: number;
  of: number;
  /** Length of the time to both sides of the moment that was compared; shorter than asked for of a moment just past. */
  span: number;
  ms: number;
}

/** `GET /api/v1/expression?target=`: how an expression is built. */
export type ExpressionAnswer = ExpressionNode;
export interface ExpressionNode {
  kind: 'call' | 'path' | 'string' | 'number' | 'boolean' | 'none' | 'infinity' | 'template';
  /** Characters of the target, from and up to. */
  span: [number, number];
  /** Of a call: its function and its arguments; a keyword argument has a name. */
  function?: string;
  arguments?: { name: string; value: ExpressionNode }[];
}
