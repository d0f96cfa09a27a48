import { defineFunction, type FunctionDefinition } from '../../core/define.ts';
import type { Row } from '../../core/frame.ts';
import { mapValues, renamed } from '../rows/row.ts';
import { formatG } from '../rows/text.ts';

function removing(name: string, about: string, goes: (value: number, n: number) => boolean): FunctionDefinition {
  return defineFunction({
    name,
    group: 'Filter Data',
    about,
    params: [
      { name: 'seriesList', type: 'seriesList', required: true },
      { name: 'n', type: 'float', required: true },
    ],
    call({ args }) {
      const n = args.n as number;
      return (args.seriesList as Row[]).map((row) => ({
        ...renamed(row, `${name}(${row.name}, ${formatG(n)})`),
        values: mapValues(row.values, (value) => (goes(value, n) ? NaN : value)),
      }));
    },
  });
}

export const removeAboveValue = removing('removeAboveValue', 'Leaves out values above n.', (value, n) => value > n);
export const removeBelowValue = removing('removeBelowValue', 'Leaves out values below n.', (value, n) => value < n);
