import type { Row } from '../../core/frame.ts';
import type { ByteWriter } from './byte-writer.ts';
import { writeValue } from './numbers.ts';

/** For dygraphs: `{"labels": ["Time", …], "data": [[milliseconds, value|null, …], …]}` on the first row's grid; other rows give what they have at its times. */
export function writeDygraph(out: ByteWriter, rows: readonly Row[]): void {
  if (rows.length === 0) {
    out.text('{}');
    return;
  }
  out.text(`{"labels":${JSON.stringify(['Time', ...rows.map(({ name }) => name)])},"data":[`);
  const [{ start, step, values }] = rows;
  for (let i = 0; i < values.length; i++) {
    const time = start + i * step;
    out.text(`${i > 0 ? ',' : ''}[${time}`);
    for (const row of rows) {
      out.text(',');
      writeValue(out, row.values[Math.floor((time - row.start) / row.step)]);
    }
    out.text(']');
  }
  out.text(']}');
}
