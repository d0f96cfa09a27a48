import type { FillBatch } from '../../core/fill-batch.ts';
import type { Row } from '../../core/frame.ts';
import type { Tier } from '../../core/retention.ts';
import type { Kind, Method } from '../../core/series.ts';

/**
 * Where numbers live. The embedded engine keeps them in its own block files; a distributed one will keep them in
 * ClickHouse. `contract.suite.ts` runs against every implementation.
 *
 * Meaning of a point: (series, slot, value). A slot is the time floored to the finest step of the series' retention rule;
 * the last write to a slot wins, whenever it comes. NaN is no point. Times are milliseconds since 1970.
 */
export interface PointsStore extends AsyncDisposable {
  /** A new producer with names of its own. Cheap; one per thread and purpose. */
  writer(): PointsWriter;
  reader(): PointsReader;
  /** Forgets series whose names match the globs (or tag expressions); resolves to how many. Their disk space returns at compaction. */
  remove(patterns: string[]): Promise<number>;
  /** Resolves when all that was sent before is written and synced to disk. */
  sync(): Promise<void>;
  /**
   * Writes points of the past where the series has none: a point that stands for a minute is left out when the store knows one of that
   * minute. Each goes to the archives that can answer for its age and its step, so it outlives upkeep whatever the xFilesFactor says.
   * Resolves when all of it is on the disk. With `dry` nothing changes.
   * @throws HeedError `busy` (503) when too many wait, `cannot_write` (503) when the disk refuses; then a part may be written
   */
  fillIn(batch: FillBatch, options?: { dry?: boolean }): Promise<FillReport>;
  /** Seals what is in memory and does all background work that is due: compaction, roll-ups, retention. */
  settle(): Promise<void>;
  stats(): Promise<PointsStats>;
  /** Writes a consistent copy into an empty folder while work goes on. */
  backup(folder: string): Promise<BackupReport>;
}

/** One producer's side of the door. Not thread-safe; each thread makes its own. */
export interface PointsWriter {
  /**
   * Introduces a name (canonical, UTF-8, at most 1,024 bytes) and gives the number that stands for it in this writer.
   * Declaring the same name again gives a new number that means the same series; callers keep the number.
   */
  declare(name: string, kind: Kind, method: Method): number;
  /** Adds one point. Returns false when the queue is full and the point was not taken (the caller counts or waits). */
  add(id: number, time: number, value: number): boolean;
  /**
   * Forgets all numbers given so far, so that a caller that begins its names anew does not grow the store's memory; the next
   * declare gives 0 again. Points added before are not affected.
   */
  forget(): void;
  /** Hands what was added to the store now; otherwise a full batch or 50 ms do. */
  flush(): void;
  /** Resolves when the queue has room again. */
  drained(): Promise<void>;
  close(): void;
}

/** One node of the tree that names make at their dots. */
export interface TreeNode {
  /** Full path of the node, e.g. `stats.timers`. */
  path: string;
  /** Last part, e.g. `timers`. */
  text: string;
  /** A series has exactly this name. */
  leaf: boolean;
  /** Longer names go on below. */
  branch: boolean;
  /** How many series are at or below it; 0 when not asked for. */
  count: number;
}

/** A series as the index knows it. */
export interface SeriesRef {
  /** Valid until the series is removed; never reused for another name while the process lives. */
  id: number;
  /** Canonical name, tags included. */
  name: string;
  kind: Kind;
  method: Method;
}

/** A window that a caller is about to read, see ReadRequest. */
export type SoonRead = Pick<ReadRequest, 'from' | 'until' | 'now' | 'maxPoints'>;

/** What a read asks for. The interval is Graphite's: `from` exclusive, `until` inclusive, both floored to the step. */
export interface ReadRequest {
  series: SeriesRef[];
  from: number;
  until: number;
  /** The present; decides which archive reaches back far enough. */
  now: number;
  /** Refuse with HeedError `too_many_points` when the answer would hold more. */
  maxPoints: number;
  fold?: RowFold;
}

/**
 * Makes a row of fewer values as soon as it is read, so that the values of all rows never are in memory together. The values that it
 * is given change once it has answered. `window` reaches from the first start to the last end of all rows.
 */
export type RowFold = (row: Row, window: { start: number; end: number }) => Row;

/** Questions to the store; every one may be asked from any thread that holds a reader. */
export interface PointsReader extends AsyncDisposable {
  /** Nodes of the tree that match a glob, level by level (`a.*.{b,c}`, `[a-z]`, `?`, `**` for any levels): one node per match, sorted by path. */
  find(glob: string, options?: { limit?: number; counts?: boolean }): Promise<TreeNode[]>;
  /**
   * Leaf series that match a path glob, or by tag expressions (`name=x`, `host=~a.*`, `!=`, `!=~`). Sorted by name. `soon` says that all of
   * them will be read in that window next, so that the store may prepare it.
   */
  select(selector: { glob: string } | { tags: string[] }, limit: number, soon?: SoonRead): Promise<SeriesRef[]>;
  /** Names that contain all the words, best first; for search as you type. */
  search(words: string, limit: number): Promise<SeriesRef[]>;
  /** All names from `after` on (exclusive), in order of creation, for /metrics/index.json; resume with the last id. */
  names(afterId: number, limit: number): Promise<SeriesRef[]>;
  /** Tag keys, or values of a key, by prefix, among series that match `expressions`. */
  tagKeys(expressions: string[], prefix: string, limit: number): Promise<string[]>;
  tagValues(expressions: string[], key: string, prefix: string, limit: number): Promise<string[]>;
  /** One row per series, in the order asked; rows without any point are there, all NaN. */
  read(request: ReadRequest): Promise<Row[]>;
}

/** The store's state, for Now, `heed doctor` and the disk forecast. */
export interface PointsStats {
  series: number;
  maxSeries: number;
  /** Points not yet in a block. */
  headPoints: number;
  blocks: number;
  /** Bytes on disk: blocks, log, index. */
  bytes: { blocks: number; log: number; index: number };
  pointsInBlocks: number;
  /** Growth of the last day as it looks from now, bytes per day; NaN while there is too little to say. */
  bytesPerDay: number;
  /** Size that the data will settle at when every archive has reached its retention; NaN while unknown. */
  bytesAtRest: number;
  /** Bytes free for us on the data folder's file system. */
  diskFree: number;
  /** Damage met since the start, each with a file and what was lost. */
  damage: { file: string; what: string; time: number }[];
  /** Not empty: why nothing can be written at the moment, e.g. a full disk. */
  writeProblem: string;
  /** Oldest point kept, milliseconds since 1970; NaN when empty. */
  oldest: number;
}

/**
 * Why points of a batch were left out: the store has points there already; no archive reaches back so far; the slot is not over yet; fewer
 * than the xFilesFactor's share of a coarser slot; there is no room for the series.
 */
export type FillLeft = 'there' | 'old' | 'new' | 'thin' | 'refused';

/** What became of a batch. Columns are by position of the series in it. */
export interface FillReport {
  /** Points written, or that would be. */
  written: number;
  /** Series that were not known before. */
  made: number;
  /** Points left out: position in the batch's columns, how many, why. */
  left: [from: number, count: number, why: FillLeft][];
  /** The retentions that the series are kept by, and which of them each is. */
  retentions: Tier[][];
  retentionOf: number[];
  /** How each series folds, never byRule. */
  methods: Method[];
  xFilesFactors: number[];
}

export interface BackupReport {
  files: number;
  bytes: number;
  series: number;
}
