import { defineFunction, type FunctionDefinition } from '../../core/define.ts';
import { lineRow } from '../rows/line.ts';

const value = { name: 'value', type: 'float', required: true } as const;

export const constantLine: FunctionDefinition = defineFunction({
  name: 'constantLine',
  group: 'Special',
  about: 'A horizontal line at a value.',
  params: [value],
  call: ({ args, context }) => [lineRow(args.value as number, context)],
});

export const threshold = defineFunction({
  name: 'threshold',
  group: 'Graph',
  about: 'A horizontal line at a value, with a label and a colour.',
  params: [value, { name: 'label', type: 'string' }, { name: 'color', type: 'string' }],
  call({ args, context }) {
    const row = lineRow(args.value as number, context);
    const name = (args.label as string | null) || row.name;
    return [args.color ? { ...row, name, drawing: { colour: args.color as string } } : { ...row, name }];
  },
});
