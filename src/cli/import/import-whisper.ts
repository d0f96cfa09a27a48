import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { causeOf, HeedError } from '../../core/errors.ts';
import { compileGlob } from '../../core/glob.ts';
import { formatRetention } from '../../core/retention.ts';
import type { ServerClient } from '../client.ts';
import { BatchBuilder, type SeriesPoints, sliceSeries } from './batch-builder.ts';
import type { DoneFile } from './done-file.ts';
import { DoneTracker } from './done-tracker.ts';
import { ImportPipeline } from './pipeline.ts';
import { sendBatch } from './send-batch.ts';
import { Tally, Told } from './tally.ts';
import { nameOfFile } from './whisper-name.ts';
import { findWhisperFiles, type WhisperFile } from './whisper-files.ts';
import { parseWhisper, type WhisperSeries } from './whisper.ts';

/** Whisper files are read whole. */
const MAX_FILE_BYTES = 1 << 30;
/** Series of an earlier run that are asked for, to see that the server still has them. */
const SAMPLES = 5;
const SAMPLE_POINTS = 10_000;

export interface WhisperImport {
  client: ServerClient;
  signal: AbortSignal;
  folder: string;
  /** Of series' names. */
  match: string | undefined;
  prefix: string;
  dry: boolean;
  verify: boolean;
  /** What earlier runs did; undefined to disregard it. */
  doneFile: DoneFile | undefined;
  progress: (state: { files: number; of: number; bytes: number; ofBytes: number; points: number }) => void;
}

/** What became of the files. */
export interface WhisperResult {
  tally: Tally;
  files: number;
  bytes: number;
  /** Files without a point. */
  empty: number;
  /** Files of series that `match` does not name. */
  passedOver: number;
  /** Files whose points all came by an earlier run. */
  unchanged: number;
  /** Files that could not be read, and those whose names are none. */
  damaged: Told<{ file: string; problem: string }>;
  unnamed: Told<{ file: string; problem: string }>;
  /** An earlier run's notes told of other data and were not used. */
  startedOver: boolean;
}

/**
 * Reads every whisper file below a folder and hands its points to the server.
 * @throws HeedError `nothing_there` (404) without any file; as the server refuses
 */
export async function importWhisper(options: WhisperImport): Promise<WhisperResult> {
  const { folder, doneFile } = options;
  const result: WhisperResult = {
    tally: new Tally(),
    files: 0,
    bytes: 0,
    empty: 0,
    passedOver: 0,
    unchanged: 0,
    damaged: new Told(),
    unnamed: new Told(),
    startedOver: false,
  };
  const found = await findFiles(options, result);
  if (doneFile && doneFile.entries.size > 0 && !options.dry && !(await stillThere(options, doneFile, found))) {
    doneFile.clear();
    result.startedOver = true;
  }
  const sources = new Map<string, { retention: string; xFilesFactor: number }>();
  const tracker = new DoneTracker();
  const pipeline = new ImportPipeline({
    ...options,
    tally: result.tally,
    sourceOf: (name) => sources.get(name),
    expects: (name, pieces) => tracker.expects(name, pieces),
    done: (batch, answer) => {
      const entries = tracker.answered(batch, answer);
      if (!options.dry) doneFile?.add(entries);
    },
  });
  const ofBytes = found.reduce((sum, { file }) => sum + file.bytes, 0);
  for (const { file, name } of found) {
    options.signal.throwIfAborted();
    const series = await readSeries(folder, file, result);
    result.files++;
    result.bytes += file.bytes;
    if (series) {
      sources.set(name, { retention: retentionOf(series), xFilesFactor: series.xFilesFactor });
      const points = newOf({ name, ...series }, doneFile?.entries.get(name)?.until);
      if (series.times.length === 0) result.empty++;
      else if (points.times.length === 0) result.unchanged++;
      else {
        result.tally.series++;
        await pipeline.add(points);
      }
    }
    options.progress({ files: result.files, of: found.length, bytes: result.bytes, ofBytes, points: result.tally.points.read });
  }
  await pipeline.finish();
  return result;
}

interface NamedFile {
  file: WhisperFile;
  name: string;
}

async function findFiles({ folder, match, prefix }: WhisperImport, result: WhisperResult): Promise<NamedFile[]> {
  let files: WhisperFile[];
  try {
    files = await findWhisperFiles(folder, (file, problem) => result.damaged.add({ file, problem }));
  } catch (error) {
    throw new HeedError('nothing_there', `cannot read ${folder}: ${causeOf(error)}`, { status: 404 });
  }
  if (files.length === 0)
    throw new HeedError('nothing_there', `cannot import ${folder}: no .wsp file is below it; name carbon's LOCAL_DATA_DIR`, { status: 404 });
  const glob = match === undefined ? undefined : compileGlob(match);
  return files.flatMap((file): NamedFile[] => {
    const named = nameOfFile(file.path);
    if ('problem' in named) {
      result.unnamed.add({ file: file.path, problem: named.problem });
      return [];
    }
    if (glob && !glob.matches(named.name)) {
      result.passedOver++;
      return [];
    }
    return [{ file, name: prefix + named.name }];
  });
}

async function readSeries(folder: string, file: WhisperFile, result: Pick<WhisperResult, 'damaged'>): Promise<WhisperSeries | undefined> {
  try {
    if (file.bytes > MAX_FILE_BYTES) throw new HeedError('bad_whisper', `it has more than ${MAX_FILE_BYTES} bytes`);
    return parseWhisper(await readFile(join(folder, file.path)), Math.floor(Date.now() / 1000));
  } catch (error) {
    result.damaged.add({ file: file.path, problem: causeOf(error).replace('cannot read whisper file: ', '') });
    return undefined;
  }
}

const retentionOf = ({ archives }: WhisperSeries): string =>
  formatRetention(archives.map(({ step, points }) => ({ step: step * 1000, keep: step * points * 1000 })));

/** The points after those of an earlier run. */
function newOf(series: SeriesPoints, until: number | undefined): SeriesPoints {
  if (until === undefined) return series;
  const from = series.times.findIndex((time) => time > until);
  return sliceSeries(series, from < 0 ? series.times.length : from, series.times.length);
}

/** True when the server has what an earlier run notes, under the same retention: asked for some series, without changing anything. */
async function stillThere({ client, signal, folder }: WhisperImport, { entries }: DoneFile, found: readonly NamedFile[]): Promise<boolean> {
  const known = found.filter(({ name }) => entries.has(name));
  const chosen = new Set(Array.from({ length: SAMPLES }, (_, i) => known[Math.floor((i * (known.length - 1)) / (SAMPLES - 1))]));
  for (const one of chosen) {
    const done = one && entries.get(one.name);
    const series = done && (await readSeries(folder, one.file, { damaged: new Told() }));
    if (!series) continue;
    const until = series.times.findLastIndex((time) => time <= done.until) + 1;
    const builder = new BatchBuilder();
    builder.add(sliceSeries({ name: one.name, ...series }, Math.max(0, until - SAMPLE_POINTS), until));
    const answer = await sendBatch(client, builder.take(), { dry: true, signal });
    const tiers = answer.retentions[answer.retentionOf[0]];
    if (answer.written > 0 || !tiers || formatRetention(tiers) !== done.retention) return false;
  }
  return true;
}
