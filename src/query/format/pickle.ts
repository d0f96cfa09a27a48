import type { Row } from '../../core/frame.ts';
import { endOf } from '../rows/row.ts';
import type { ByteWriter } from './byte-writer.ts';
import { entry, OPCODE, opcodes, writeFloat, writeFloats, writeInteger, writeText } from './pickle-values.ts';

/** A list of dictionaries, as graphite-web's own servers exchange them: name, start, end, step, values and what says how to fold them. Times are seconds. */
export function writePickle(out: ByteWriter, rows: readonly Row[]): void {
  opcodes(out, OPCODE.proto, 2, OPCODE.emptyList, OPCODE.mark);
  for (const row of rows) {
    opcodes(out, OPCODE.emptyDict, OPCODE.mark);
    entry(out, 'name', () => writeText(out, row.name));
    entry(out, 'pathExpression', () => writeText(out, row.path));
    entry(out, 'start', () => writeInteger(out, row.start / 1000));
    entry(out, 'end', () => writeInteger(out, endOf(row) / 1000));
    entry(out, 'step', () => writeInteger(out, row.step / 1000));
    entry(out, 'values', () => writeFloats(out, row.values));
    entry(out, 'valuesPerPoint', () => writeInteger(out, 1));
    entry(out, 'consolidationFunc', () => writeText(out, row.consolidate));
    entry(out, 'xFilesFactor', () => writeFloat(out, row.xFilesFactor));
    opcodes(out, OPCODE.setItems);
  }
  opcodes(out, OPCODE.appends, OPCODE.stop);
}
