import type { Row } from '../../core/frame.ts';
import type { ByteWriter } from './byte-writer.ts';
import { writeValue } from './numbers.ts';

/** For Rickshaw: `[{"target", "datapoints": [{"x": seconds, "y": value|null}, …]}, …]`. */
export function writeRickshaw(out: ByteWriter, rows: readonly Row[]): void {
  out.text('[');
  for (const [r, { name, start, step, values }] of rows.entries()) {
    out.text(`${r > 0 ? ',' : ''}{"target":${JSON.stringify(name)},"datapoints":[`);
    for (let i = 0; i < values.length; i++) {
      out.text(`${i > 0 ? ',' : ''}{"x":${(start + i * step) / 1000},"y":`);
      writeValue(out, values[i]);
      out.text('}');
    }
    out.text(']}');
  }
  out.text(']');
}
