import { closeSync, fstatSync, openSync } from 'node:fs';
import { causeOf } from '../../../../core/errors.ts';
import { BlockData } from './block-data.ts';
import { HEADER_BYTES, readHeader, type BlockHeader } from './block-header.ts';
import type { BlockInfo } from './block-key.ts';
import { BlockReader } from './block-reader.ts';
import { PointColumns } from './point-columns.ts';
import { scanSeries } from './scan-series.ts';

/** Problems listed at most; a block that is all damaged has one per page. */
const MAX_PROBLEMS = 100;

export interface BlockVerdict {
  ok: boolean;
  /** Missing when not even a header could be read. */
  info?: BlockInfo;
  problems: string[];
}

/** Reads all of a block file, decodes every chunk and compares what it finds with what the header and the index say. Never throws. */
export function verifyBlock(path: string): BlockVerdict {
  const problems: string[] = [];
  const note = (what: string): void => {
    if (problems.length < MAX_PROBLEMS && !problems.includes(what)) problems.push(what);
  };
  let info: BlockInfo | undefined;
  try {
    const reader = BlockReader.open(path, (_, what) => note(what));
    info = reader.info;
    try {
      const counted = readAll(reader, note);
      if (counted !== info.points) note(`it has ${counted} sound points of ${info.points}`);
      compareWithData(path, reader, note);
    } finally {
      reader.close();
    }
  } catch (error) {
    note(causeOf(error));
  }
  return { ok: problems.length === 0, info, problems };
}

function readAll(reader: BlockReader, note: (what: string) => void): number {
  const { windowStart, windowEnd } = reader.info;
  const points = new PointColumns();
  let counted = 0;
  for (const id of reader.ids()) {
    points.clear();
    reader.read(id, 0, Infinity, points);
    counted += points.count;
    for (let i = 0; i < points.count; i++) {
      const time = points.times[i];
      if (time < windowStart || time >= windowEnd || (i > 0 && time <= points.times[i - 1])) note(`series ${id} has a point at ${time}, out of place`);
      if (points.values[i] !== points.values[i]) note(`series ${id} has no number at ${time}`);
    }
  }
  return counted;
}

/** The file's second header and the series that its data itself tells must agree with its first header and its index. */
function compareWithData(path: string, reader: BlockReader, note: (what: string) => void): void {
  const file = openSync(path, 'r');
  try {
    const last = readHeader(file, fstatSync(file).size - HEADER_BYTES);
    if (!last) note('its second header is damaged');
    const header = readHeader(file, 0) ?? last;
    if (last && JSON.stringify(last) !== JSON.stringify(header)) note('its two headers differ');
    if (header) compareIds(new BlockData(file, path, header, (_, what) => note(what)), header, reader, note);
  } finally {
    closeSync(file);
  }
}

function compareIds(data: BlockData, header: BlockHeader, reader: BlockReader, note: (what: string) => void): void {
  let found = 0;
  for (const { id } of scanSeries(data)) {
    found++;
    if (!reader.has(id)) note(`series ${id} is missing in its index`);
  }
  if (found !== header.series) note(`${found} of ${header.series} series can be found`);
  data.close();
}
