import { Method } from '../../core/series.ts';
import type { ServerClient } from '../client.ts';
import { BatchBuilder } from './batch-builder.ts';
import type { DoneFile } from './done-file.ts';
import { parseDumpLine } from './dump-line.ts';
import { DumpPoints } from './dump-points.ts';
import { ImportPipeline } from './pipeline.ts';
import { MAX_LINE_BYTES, openLines, readLines } from './read-lines.ts';
import { sendBatch } from './send-batch.ts';
import { Tally, Told } from './tally.ts';

export interface DumpImport {
  client: ServerClient;
  signal: AbortSignal;
  /** A file, or `-`. */
  path: string;
  dry: boolean;
  /** What an earlier run did; undefined to disregard it, and for standard input. */
  doneFile: DoneFile | undefined;
  /** `share` of the file, or undefined where its length is not known. */
  progress: (state: { lines: number; points: number; share: number | undefined }) => void;
}

export interface DumpResult {
  tally: Tally;
  lines: number;
  /** Lines that became points. */
  taken: number;
  bad: Told<{ line: number; problem: string }>;
  /** Bytes of text that came by an earlier run. */
  skipped: number;
}

/** Entries of the notes: how far the file is done in bytes and lines, and a point by which the server's data is known. */
const FILE = 'file';
const LINES = 'lines';
const SAMPLE = 'sample';

/**
 * Reads Graphite lines and hands their points to the server.
 * @throws HeedError `nothing_there` (404) without the file; as the server refuses
 */
export async function importDump({ client, signal, path, dry, doneFile, progress }: DumpImport): Promise<DumpResult> {
  const source = await openLines(path);
  const result: DumpResult = { tally: new Tally(), lines: 0, taken: 0, bad: new Told(), skipped: 0 };
  if (doneFile && !dry && (await isCurrent(client, signal, doneFile, source.fingerprint))) {
    result.skipped = doneFile.entries.get(FILE)?.until ?? 0;
    result.lines = doneFile.entries.get(LINES)?.until ?? 0;
  } else doneFile?.clear();
  const points = new DumpPoints();
  const names = new Set<string>();
  const pipeline = new ImportPipeline({ client, signal, dry, verify: false, tally: result.tally, sourceOf: () => undefined, done: () => undefined });
  const now = Math.floor(Date.now() / 1000);
  let end = result.skipped;
  let sampled = result.skipped > 0;
  const flush = async (): Promise<void> => {
    for (const series of points.take()) {
      names.add(series.name);
      if (!sampled && doneFile && !dry) {
        sampled = true;
        doneFile.add([{ name: SAMPLE, until: series.times[0], retention: series.name }]);
      }
      await pipeline.add(series);
    }
    await pipeline.finish();
    if (dry) return;
    doneFile?.add([
      { name: LINES, until: result.lines, retention: '' },
      { name: FILE, until: end, retention: source.fingerprint },
    ]);
  };
  await readLines(source, {
    skip: result.skipped,
    signal,
    line(text, at) {
      result.lines++;
      end = at;
      const line = text === undefined ? { problem: `it is longer than ${MAX_LINE_BYTES} bytes` } : parseDumpLine(text, now);
      if (line && 'problem' in line) result.bad.add({ line: result.lines, problem: line.problem });
      else if (line) {
        result.taken++;
        points.add(line);
      }
    },
    async pause(read) {
      if (points.isNearlyFull) await flush();
      progress({ lines: result.lines, points: result.taken, share: source.bytes > 0 ? read / source.bytes : undefined });
    },
  });
  await flush();
  result.tally.series = names.size;
  return result;
}

/** True when the notes are of this file as it is, and the server still has what they say. */
async function isCurrent(client: ServerClient, signal: AbortSignal, { entries }: DoneFile, fingerprint: string): Promise<boolean> {
  const sample = entries.get(SAMPLE);
  if (!sample || entries.get(FILE)?.retention !== fingerprint) return false;
  const builder = new BatchBuilder();
  builder.add({
    name: sample.retention,
    method: Method.byRule,
    runs: [{ step: 0, count: 1 }],
    times: Uint32Array.of(sample.until),
    values: Float64Array.of(0),
  });
  return (await sendBatch(client, builder.take(), { dry: true, signal })).written === 0;
}
