import type { Row } from '../../core/frame.ts';
import { Kind, KIND_NAMES } from '../../core/series.ts';
import type { ByteWriter } from './byte-writer.ts';
import { CAPACITY, output, takeValues, writeValues } from './numbers.ts';
import { foldRows } from './points.ts';

export interface FrameHead {
  from: number;
  until: number;
  maxDataPoints?: number;
  /** What series measure, by name. */
  kinds: ReadonlyMap<string, Kind>;
  /** When the question began, by `performance.now()`. */
  began: number;
}

/** Our own answer (FrameAnswer of the API's contract): `targets[i]` are the rows of the i-th target. Times are milliseconds. */
export function writeFrame(out: ByteWriter, targets: readonly Row[][], { from, until, maxDataPoints, kinds, began }: FrameHead): void {
  out.text(`{"from":${from},"until":${until},"rows":[`);
  const rows = targets.flatMap((list, target) => list.map((row) => ({ row, target })));
  const folded =
    maxDataPoints === undefined
      ? undefined
      : foldRows(
          rows.map(({ row }) => row),
          maxDataPoints,
        );
  for (const [i, { row, target }] of rows.entries()) {
    const { name, start, step, values, drawing } = folded?.[i] ?? row;
    const head = { name, target, kind: KIND_NAMES[kinds.get(row.name) ?? Kind.unknown], start, step, drawing };
    out.text(`${i > 0 ? ',' : ''}${JSON.stringify(head).slice(0, -1)},"values":[`);
    writeValuesOf(values, out);
    out.text(']}');
  }
  out.text(`],"ms":${Math.round((performance.now() - began) * 100) / 100}}`);
}

function writeValuesOf(values: Float64Array, out: ByteWriter): void {
  for (let at = 0; at < values.length; at += CAPACITY) out.bytes(output, writeValues(takeValues(values, at), at === 0));
}
