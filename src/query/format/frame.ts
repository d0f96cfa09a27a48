import type { Row } from '../../core/frame.ts';
import { Kind, KIND_NAMES } from '../../core/series.ts';
import { type ByteWriter, writeValue } from './byte-writer.ts';
import { foldRows } from './points.ts';

const CHUNK = 1024;
const MAX_VALUE = 33;

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
    const { name, start, step, values } = folded?.[i] ?? row;
    const head = { name, target, kind: KIND_NAMES[kinds.get(row.name) ?? Kind.unknown], start, step };
    out.text(`${i > 0 ? ',' : ''}${JSON.stringify(head).slice(0, -1)},"values":[`);
    writeValues(out, values);
    out.text(']}');
  }
  out.text(`],"ms":${Math.round((performance.now() - began) * 100) / 100}}`);
}

function writeValues(out: ByteWriter, values: Float64Array): void {
  for (let chunk = 0; chunk < values.length; chunk += CHUNK) {
    const bytes = out.reserve(CHUNK * MAX_VALUE);
    const end = Math.min(chunk + CHUNK, values.length);
    let at = out.length;
    for (let i = chunk; i < end; i++) {
      if (i > 0) bytes[at++] = 44;
      at = writeValue(bytes, at, values[i]);
    }
    out.advance(at);
  }
}
