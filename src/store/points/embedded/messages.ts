import type { Kind, Method } from '../../../core/series.ts';
import type { HeadPoints } from './head.ts';
import { packTexts, unpackTexts, type Texts } from './texts.ts';
import type { FillBatch } from '../../../core/fill-batch.ts';
import type { BackupReport, FillReport, PointsStats, SeriesRef, SoonRead, TreeNode } from '../points-store.ts';

/** What a thread sends to the points worker over its port. */
export type ToWorker =
  | { type: 'open'; writer: number; memory: SharedArrayBuffer }
  /** Points of one slot, and names declared since the last message (see names.ts); slot -1 carries names only. */
  | { type: 'batch'; writer: number; slot: number; count: number; names: Uint8Array | undefined }
  | { type: 'close'; writer: number }
  /** The numbers given so far mean nothing any more. */
  | { type: 'forget'; writer: number }
  | { type: 'ask'; id: number; question: Question }
  | { type: 'damage'; file: string; what: string };

/** What the worker sends back. */
export type FromWorker =
  /** A slot that the writer waited for is free. */
  | { type: 'room'; writer: number }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'refusal'; id: number; code: string; status: number; message: string };

/** What a thread may ask, with the answer's type beside it in `Answers`. */
export type Question = { [Name in keyof Questions]: { name: Name; args: Questions[Name] } }[keyof Questions];

export interface Questions {
  find: { glob: string; limit?: number; counts?: boolean };
  select: { selector: { glob: string } | { tags: string[] }; limit: number; soon?: SoonRead };
  search: { words: string; limit: number };
  names: { afterId: number; limit: number };
  tagKeys: { expressions: string[]; prefix: string; limit: number };
  tagValues: { expressions: string[]; key: string; prefix: string; limit: number };
  plan: SoonRead & { ids: Uint32Array };
  remove: { patterns: string[] };
  sync: Record<string, never>;
  fill: { batch: FillBatch; dry: boolean };
  stats: Record<string, never>;
  backup: { folder: string };
  settle: Record<string, never>;
  stop: Record<string, never>;
}

export interface Answers {
  find: NodeList;
  select: { list: SeriesList; plan?: ReadPlan };
  search: SeriesList;
  names: SeriesList;
  tagKeys: string[];
  tagValues: string[];
  plan: ReadPlan;
  remove: number;
  sync: undefined;
  fill: FillReport;
  stats: PointsStats;
  backup: BackupReport;
  settle: undefined;
  stop: undefined;
}

/** Series in columns: a list of a hundred thousand crosses threads far faster than objects do. */
export interface SeriesList {
  ids: Uint32Array;
  kinds: Uint8Array;
  methods: Uint8Array;
  names: Texts;
}

export function packSeries(refs: readonly SeriesRef[]): SeriesList {
  return {
    ids: Uint32Array.from(refs, (ref) => ref.id),
    kinds: Uint8Array.from(refs, (ref) => ref.kind),
    methods: Uint8Array.from(refs, (ref) => ref.method),
    names: packTexts(refs.map((ref) => ref.name)),
  };
}

export function unpackSeries(list: SeriesList): SeriesRef[] {
  return unpackTexts(list.names).map((name, i) => ({ id: list.ids[i], name, kind: list.kinds[i] as Kind, method: list.methods[i] as Method }));
}

/** Nodes of the tree in columns. */
export interface NodeList {
  paths: Texts;
  /** LEAF and BRANCH. */
  flags: Uint8Array;
  counts: Uint32Array;
}

const LEAF = 1;
const BRANCH = 2;

export function packNodes(nodes: readonly TreeNode[]): NodeList {
  const flags = new Uint8Array(nodes.length);
  const counts = new Uint32Array(nodes.length);
  for (const [i, { leaf, branch, count }] of nodes.entries()) {
    flags[i] = (leaf ? LEAF : 0) | (branch ? BRANCH : 0);
    counts[i] = count;
  }
  return { paths: packTexts(nodes.map(({ path }) => path)), flags, counts };
}

export function unpackNodes({ paths, flags, counts }: NodeList): TreeNode[] {
  return unpackTexts(paths).map((path, i) => ({
    path,
    text: path.slice(path.lastIndexOf('.') + 1),
    leaf: (flags[i] & LEAF) !== 0,
    branch: (flags[i] & BRANCH) !== 0,
    count: counts[i],
  }));
}

/** How to answer a read, decided by the worker; the reader's thread does the work. Times are seconds. */
export interface ReadPlan {
  /** Per series asked: index into `shapes`, or -1 when it is gone. */
  shapeOf: Int16Array;
  /** Series that are read alike share a shape. */
  shapes: ReadShape[];
  /** Per series: how its points fold, a Method that is never byRule. */
  methods: Uint8Array;
  xFilesFactors: Float64Array;
  /** Points not yet in blocks, by position in the list asked. */
  head: HeadPoints;
}

/** One way to read: a tier of a retention rule, with the finer tiers under it for what is not rolled up yet. */
export interface ReadShape {
  /** Step of the answer, a multiple of the tier's. */
  step: number;
  /** Of several points in one answer slot the last counts, rather than folding by the method. */
  lastWins: boolean;
  /** Finest first; the last one is the tier that answers. */
  tiers: PlannedTier[];
}

export interface PlannedTier {
  step: number;
  /** In which step the next tier reads this one to roll it up: the series' rhythm where that is coarser than the step. */
  readStep: number;
  /** Block files that may hold points of the interval, older writes first. */
  blocks: string[];
  /** Parts of the interval, in seconds, that the next finer tier answers: not rolled up yet, or changed since. */
  finer: [start: number, end: number][];
  /** Head points with slots before this belong to a coarser tier. */
  oldest: number;
}
