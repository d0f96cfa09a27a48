import { defineFunction, type EvalContext, type FunctionDefinition, type ParamDefinition } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Drawing, Row } from '../../core/frame.ts';
import { aggregateByName, aggregateName } from '../rows/aggregate.ts';
import { lineRow } from '../rows/line.ts';
import { formatFloat, formatG } from '../rows/text.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;

/** The row as it was, with something more to say of its line. */
function drawn(row: Row, drawing: Drawing): Row {
  return { ...row, drawing: { ...row.drawing, ...drawing } };
}

/** Says something about the line in pictures; name and numbers stay as they are. */
function style(name: string, about: string, param: ParamDefinition, drawing: (value: unknown) => Drawing): FunctionDefinition {
  return defineFunction({
    name,
    group: 'Graph',
    about,
    params: [seriesList, param],
    call: ({ args }) => (args.seriesList as Row[]).map((row) => drawn(row, drawing(args[param.name]))),
  });
}

export const alpha = style(
  'alpha',
  'How opaque the line is in pictures, 0 to 1; its numbers stay as they are.',
  { name: 'alpha', type: 'float', required: true },
  (value) => ({ alpha: value as number }),
);
export const color = style(
  'color',
  'The colour of the line in pictures; its numbers stay as they are.',
  { name: 'theColor', type: 'string', required: true },
  (value) => ({ colour: value as string }),
);
export const lineWidth = style(
  'lineWidth',
  'The width of the line in pictures; its numbers stay as they are.',
  { name: 'width', type: 'float', required: true },
  (value) => ({ width: value as number }),
);

/** The same, said in the row's name and tags; the path stays what it was. */
function marked(name: string, about: string, drawing: Drawing): FunctionDefinition {
  return defineFunction({
    name,
    group: 'Graph',
    about,
    params: [seriesList],
    call: ({ args }) => (args.seriesList as Row[]).map((row) => ({ ...drawn(row, drawing), name: `${name}(${row.name})`, tags: { ...row.tags, [name]: '1' } })),
  });
}

export const drawAsInfinite = marked('drawAsInfinite', 'Marks the series for pictures: a line from top to bottom wherever a value is above 0.', {
  infinite: true,
});
export const secondYAxis = marked('secondYAxis', 'Marks the series for pictures: drawn against the axis on the right.', { secondAxis: true });

export const dashed = defineFunction({
  name: 'dashed',
  group: 'Graph',
  about: 'Marks the series for pictures: drawn in dashes of a length.',
  params: [seriesList, { name: 'dashLength', type: 'integer', default: 5, fractions: true }],
  call({ args }) {
    const length = args.dashLength as number;
    const tags = { dashed: Number.isInteger(length) ? String(length) : formatFloat(length) };
    return (args.seriesList as Row[]).map((row) => ({
      ...drawn(row, { dashes: length }),
      name: `dashed(${row.name}, ${formatG(length)})`,
      tags: { ...row.tags, ...tags },
    }));
  },
});

export const areaBetween = defineFunction({
  name: 'areaBetween',
  group: 'Graph',
  about: 'Marks two series for pictures, the lower one first: the area between them is filled.',
  params: [seriesList],
  call({ args }) {
    const rows = args.seriesList as Row[];
    if (rows.length !== 2) throw new HeedError('bad_argument', `cannot call areaBetween(): it takes exactly 2 series, not ${rows.length}`);
    const [lower, upper] = rows;
    const name = `areaBetween(${upper.path})`;
    const tags = { ...upper.tags, areaBetween: '1' };
    return [drawn(lower, { hidden: true }), drawn(upper, { between: true })].map((row) => ({ ...row, name, tags }));
  },
});

/** The name of the stack that a series joins unless another one is named. */
const DEFAULT_STACK = '__DEFAULT__';

/** What a stack of the question holds so far, at least `length` values of it. */
function stackTotals(context: EvalContext, stack: string, length: number): Float64Array {
  const known = context.stacks.get(stack);
  if (known && known.length >= length) return known;
  context.spend(length);
  const totals = new Float64Array(length);
  if (known) totals.set(known);
  context.stacks.set(stack, totals);
  return totals;
}

export const stacked = defineFunction({
  name: 'stacked',
  group: 'Graph',
  about: "Puts each series on top of those before it in the same stack, other targets' too; a gap adds nothing and stays a gap.",
  params: [seriesList, { name: 'stack', type: 'string' }],
  call({ args, context }) {
    const stack = (args.stack as string | null) ?? DEFAULT_STACK;
    const rows = args.seriesList as Row[];
    const length = rows.reduce((most, { values }) => Math.max(most, values.length), 0);
    const totals = stackTotals(context, stack, length);
    return rows.map((row) => {
      const values = row.values.map((value, i) => (value === value ? (totals[i] += value) : NaN));
      if (stack !== DEFAULT_STACK) return { ...drawn(row, { stack }), path: row.name, values };
      const name = `stacked(${row.name})`;
      return { ...drawn(row, { stack }), name, path: name, tags: { ...row.tags, stacked: stack }, values };
    });
  },
});

export const verticalLine = defineFunction({
  name: 'verticalLine',
  group: 'Graph',
  about: 'A vertical line at a time, which must be within the window.',
  params: [
    { name: 'ts', type: 'date', required: true },
    { name: 'label', type: 'string' },
    { name: 'color', type: 'string' },
  ],
  call({ args, context, text }) {
    const at = args.ts as number;
    const side = at < context.from ? 'before the begin' : at > context.until ? 'after the end' : '';
    if (side !== '') throw new HeedError('bad_argument', `cannot call verticalLine(): ${new Date(at).toISOString()} is ${side} of what is asked for`);
    const name = (args.label as string | null) ?? text;
    const { xFilesFactor } = context;
    const drawing = { infinite: true, ...(args.color ? { colour: args.color as string } : {}) };
    return [{ name, path: name, tags: { name }, start: at, step: 1000, values: Float64Array.of(1), consolidate: 'average', xFilesFactor, drawing }];
  },
});

export const aggregateLine = defineFunction({
  name: 'aggregateLine',
  group: 'Calculate',
  about: 'A horizontal line at an aggregation of the values.',
  params: [seriesList, { name: 'func', type: 'aggFunc', default: 'average' }, { name: 'keepStep', type: 'boolean', default: false }],
  call({ args, context }) {
    const func = args.func as string;
    const aggregate = aggregateByName(func);
    const isWhole = aggregateName(func) === 'count';
    return (args.seriesList as Row[]).map((row) => {
      const value = aggregate(row.values, 0, row.values.length);
      const known = value === value;
      const name = `aggregateLine(${row.name}, ${known ? formatG(value) : 'None'})`;
      if (args.keepStep === true) return { ...row, name, path: name, values: new Float64Array(row.values.length).fill(value) };
      const tags = { name: !known ? 'None' : isWhole ? String(value) : formatFloat(value) };
      return { ...lineRow(value, context), name, path: name, tags };
    });
  },
});
