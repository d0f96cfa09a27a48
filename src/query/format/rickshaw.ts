import type { Row } from '../../core/frame.ts';
import { endOf } from '../rows/row.ts';
import type { ByteWriter } from './byte-writer.ts';
import { writeValue } from './numbers.ts';

/** For Rickshaw: `[{"target", "datapoints": [{"x": seconds, "y": value|null}, …]}, …]`. */
export function writeRickshaw(out: ByteWriter, rows: readonly Row[]): void {
  out.text('[');
  for (const [r, row] of rows.entries()) {
    const { name, start, step, values } = row;
    const count = Math.min(values.length, Math.ceil((endOf(row) - start) / step));
    out.text(`${r > 0 ? ',' : ''}{"target":${JSON.stringify(name)},"datapoints":[`);
    for (let i = 0; i < count; i++) {
      out.text(`${i > 0 ? ',' : ''}{"x":${(start + i * step) / 1000},"y":`);
      writeValue(out, values[i]);
      out.text('}');
    }
    out.text(']}');
  }
  out.text(']');
}
