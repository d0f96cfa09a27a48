import { mkdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { basename, join } from 'node:path';
import { causeOf } from '../../../../core/errors.ts';
import { IndexLog, listLogFiles } from './index-log.ts';
import { readBatches, readEntries, type Gap } from './log-format.ts';
import { SeriesIndex, type IndexOptions } from './series-index.ts';
import { isNameSection } from './series-names.ts';
import { readSnapshot, SNAPSHOT_FILE, type LogPosition, type Snapshot } from './snapshot.ts';

export interface OpenOptions extends IndexOptions {
  /** Says which policies `classify` chooses from; when it is another than the snapshot's, all series are classified anew. */
  policyKey?: string;
}

/** Damage that was met, and what it cost. */
export interface IndexDamage {
  file: string;
  what: string;
}

export interface OpenedIndex {
  index: SeriesIndex;
  log: IndexLog;
  damage: IndexDamage[];
}

/**
 * Opens the index of a folder, made when missing: the snapshot, then the log from where that ends. Damage never keeps it from opening: a
 * damaged snapshot falls back to the whole log, damage in the log that the snapshot covers costs nothing, and damage behind it costs the
 * batch it is in. All of it is reported, and mended by the next `log.snapshot`.
 */
export function openIndex(folder: string, options: OpenOptions): OpenedIndex {
  mkdirSync(folder, { recursive: true });
  const damage: IndexDamage[] = [];
  const policyKey = options.policyKey ?? '';
  const index = new SeriesIndex(options);
  const snapshot = loadSnapshot(folder, index, damage);
  if (snapshot && snapshot.policyKey !== policyKey) index.reclassify();
  const { position, distrusted } = replay(folder, index, snapshot, damage);
  const log = new IndexLog(folder, { position, policyKey, distrusted });
  index.watch(log);
  return { index, log, damage };
}

function loadSnapshot(folder: string, index: SeriesIndex, damage: IndexDamage[]): Snapshot | undefined {
  let snapshot: Snapshot | undefined;
  try {
    snapshot = readSnapshot(join(folder, SNAPSHOT_FILE));
  } catch (error) {
    damage.push({ file: SNAPSHOT_FILE, what: `${causeOf(error)}; names come from the log, rhythms of series are learned again` });
  }
  if (!snapshot) return undefined;
  const { damaged, sections } = snapshot;
  if (damaged.some(isNameSection)) {
    damage.push({ file: SNAPSHOT_FILE, what: `damaged in ${damaged.join(', ')}; names come from the log, rhythms of series are learned again` });
    return undefined;
  }
  if (damaged.length > 0) damage.push({ file: SNAPSHOT_FILE, what: `damaged in ${damaged.join(', ')}; nothing is lost, it was built again` });
  index.load(sections, damaged.length === 0);
  return snapshot;
}

/** Reads the log from where the snapshot ends into the index and checks what is before. Gives where to go on writing. */
function replay(folder: string, index: SeriesIndex, snapshot: Snapshot | undefined, damage: IndexDamage[]): { position: LogPosition; distrusted: boolean } {
  const files = listLogFiles(folder);
  const from = snapshot?.position ?? { file: 0, offset: 0 };
  const reader = {
    added: index.restore.bind(index),
    removed: index.remove.bind(index),
    reserved: index.reserve.bind(index),
  };
  let position: LogPosition = { file: 1, offset: 0 };
  let isWhole = true;
  for (const { number, path } of files) {
    const file = readFileSync(path);
    const covered = number > from.file ? 0 : number < from.file ? file.length : Math.min(from.offset, file.length);
    const coveredGaps = readBatches(file.subarray(0, covered), 0, () => undefined);
    const gaps = readBatches(file, covered, (body) => readEntries(body, reader));
    const isTorn = number === files.at(-1)?.number && gaps.at(-1)?.end === file.length;
    const end = isTorn ? (gaps.pop() as Gap).start : file.length;
    report(path, coveredGaps, 'the snapshot has what was there', damage);
    report(path, gaps, 'names in there are lost until they are sent again', damage);
    if (isTorn) {
      truncateSync(path, end);
      damage.push({ file: basename(path), what: `${file.length - end} bytes at its end are no whole record and were cut off` });
    }
    if (coveredGaps.length + gaps.length > 0) isWhole = false;
    position = { file: number, offset: end };
  }
  if (!snapshot || covers(files, snapshot)) return { position, distrusted: !isWhole };
  damage.push({ file: basename(folder), what: 'the log of names lacks what the snapshot has; nothing is lost' });
  // Never write where the snapshot believes to have read.
  return { position: position.file > from.file ? position : { file: from.file + 1, offset: 0 }, distrusted: true };
}

/** Whether all that a snapshot was made from is still there. */
function covers(files: readonly { number: number; path: string }[], { firstFile, position }: Snapshot): boolean {
  const sizes = new Map(files.map(({ number, path }) => [number, statSync(path).size]));
  for (let file = firstFile; file <= position.file; file++) if (!sizes.has(file)) return false;
  return (sizes.get(position.file) as number) >= position.offset;
}

function report(path: string, gaps: readonly Gap[], consequence: string, damage: IndexDamage[]): void {
  for (const { start, end } of gaps) damage.push({ file: basename(path), what: `${end - start} bytes at ${start} are damaged; ${consequence}` });
}
