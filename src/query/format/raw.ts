import type { Row } from '../../core/frame.ts';
import { endOf } from '../rows/row.ts';
import { type ByteWriter } from './byte-writer.ts';
import { numberText } from './csv.ts';

/** One line a row: `name,start,end,step|value,None,…`, times in seconds. */
export function writeRaw(out: ByteWriter, rows: readonly Row[]): void {
  for (const row of rows) {
    out.text(`${row.name},${row.start / 1000},${endOf(row) / 1000},${row.step / 1000}|`);
    const { values } = row;
    for (let i = 0; i < values.length; i++) {
      if (i > 0) out.text(',');
      if (Number.isFinite(values[i])) out.number(values[i]);
      else out.text(values[i] === values[i] ? numberText(values[i]) : 'None');
    }
    out.text('\n');
  }
}
