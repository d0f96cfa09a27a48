import type { Row } from '../../core/frame.ts';
import type { ByteWriter } from './byte-writer.ts';
import { CAPACITY, output, takeValues, writePoints } from './numbers.ts';
import { foldRows, type PointsWanted, toldPoints } from './points.ts';

/** Graphite's JSON: `[{"target", "tags", "datapoints": [[value|null, seconds], …]}, …]`. */
export function writeJson(out: ByteWriter, rows: readonly Row[], { maxDataPoints, noNullPoints }: PointsWanted): void {
  // As in Graphite rows without any points at all are no answer.
  if (rows.every((row) => row.values.length === 0)) {
    out.text('[]');
    return;
  }
  const folded = maxDataPoints === undefined ? rows : foldRows(rows, maxDataPoints);
  const known = noNullPoints === true;
  out.text('[');
  let separator = '';
  for (const row of folded) {
    if (known && !row.values.some((value) => value === value)) continue;
    out.text(`${separator}{"target":${JSON.stringify(row.name)},"tags":${JSON.stringify(row.tags)},"datapoints":[`);
    writePointsOf(row, known, out);
    out.text(']}');
    separator = ',';
  }
  out.text(']');
}

function writePointsOf(row: Row, known: boolean, out: ByteWriter): void {
  const { start, step } = row;
  const values = row.values.subarray(0, toldPoints(row));
  let first = true;
  for (let at = 0; at < values.length; at += CAPACITY) {
    const count = takeValues(values, at);
    const bytes = writePoints(count, start + at * step, step, first, known);
    out.bytes(output, bytes);
    first &&= bytes === 0;
  }
}
