import { defineFunction } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import type { Row } from '../../core/frame.ts';
import { aggregateByName, AGGREGATE_NAMES } from '../rows/aggregate.ts';
import { fillPercent, formatFixed, scaleToUnit, type UnitSystem } from '../rows/percent.ts';
import { replaceAll, userRegex } from '../rows/regex.ts';
import { formatFloat } from '../rows/text.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;
const systems = ['si', 'binary'] as const;

/** Characters as Graphite counts them: one beyond the basic plane is one. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - lengthOf(text)));
}

export const cactiStyle = defineFunction({
  name: 'cactiStyle',
  group: 'Special',
  about: 'Adds the last, highest and lowest value to the names, in columns.',
  params: [seriesList, { name: 'system', type: 'string', options: systems }, { name: 'units', type: 'string' }],
  call({ args }) {
    const rows = args.seriesList as Row[];
    const system = args.system as UnitSystem | null;
    const units = (args.units as string | null) ?? '';
    const format = (number: number): string => {
      const { value, prefix } = system ? scaleToUnit(number, system) : { value: number, prefix: '' };
      return `${formatFixed(value, 2)}${units === '' ? '' : ' '}${prefix}${units}`;
    };
    const columns = [
      { title: 'Current', aggregate: aggregateByName('last') },
      { title: 'Max', aggregate: aggregateByName('max') },
      { title: 'Min', aggregate: aggregateByName('min') },
    ].map(({ title, aggregate }) => {
      const numbers = rows.map(({ values }) => aggregate(values, 0, values.length));
      // As in Graphite a column is as wide as its whole numbers, and what is not known or 0 counts as a 3.
      const widths = numbers.map((number) => format(Math.trunc(number || 3) + 0).length + 3);
      const width = widths.reduce((most, one) => Math.max(most, one), 0);
      return numbers.map((number) => `${title}:${pad(Number.isNaN(number) ? 'nan' : format(number), width)} `);
    });
    const width = rows.reduce((most, { name }) => Math.max(most, lengthOf(name)), 0);
    return rows.map((row, i) => ({ ...row, name: `${pad(row.name, width)} ${columns.map((column) => column[i]).join('')}` }));
  },
});

/** An aggregation of the row's values in words; `(?)` for one that is not known, as Graphite writes it. */
function legendText(row: Row, aggregation: string, system: UnitSystem | undefined): string {
  if (!AGGREGATE_NAMES.includes(aggregation)) return '(?)';
  const number = aggregateByName(aggregation)(row.values, 0, row.values.length);
  if (Number.isNaN(number)) return 'None';
  if (!system) return aggregation === 'count' ? String(number) : formatFloat(number);
  const { value, prefix } = scaleToUnit(number, system);
  return formatFixed(value, 2) + prefix;
}

export const legendValue = defineFunction({
  name: 'legendValue',
  group: 'Alias',
  about: `Adds aggregations of the values to the names; 'si' or 'binary' at the end writes them short.`,
  // Graphite does not refuse an unknown one, so these are no options.
  params: [seriesList, { name: 'valuesTypes', type: 'string', multiple: true, suggestions: [...AGGREGATE_NAMES, ...systems] }],
  call({ args }) {
    const types = args.valuesTypes as string[];
    const system = systems.find((one) => one === types.at(-1));
    const aggregations = system ? types.slice(0, -1) : types;
    return (args.seriesList as Row[]).map((row) => {
      let name = row.name;
      for (const aggregation of aggregations) {
        const text = legendText(row, aggregation, system);
        name = system ? pad(name, 20) + pad(aggregation, 5) + pad(text, 10) : `${name} (${aggregation}: ${text})`;
      }
      return { ...row, name };
    });
  },
});

export const aliasQuery = defineFunction({
  name: 'aliasQuery',
  group: 'Alias',
  about: `Names series after the last value of another query, which a regular expression makes of each name; '%d' in the new name is the value.`,
  params: [
    seriesList,
    { name: 'search', type: 'string', required: true },
    { name: 'replace', type: 'string', required: true },
    { name: 'newName', type: 'string', required: true },
  ],
  call({ args, context }) {
    const regex = userRegex(args.search as string, context);
    const last = aggregateByName('last');
    return Promise.all(
      (args.seriesList as Row[]).map(async (row) => {
        const query = replaceAll(regex, row.name, args.replace as string);
        const [found] = await context.evaluate(query, context);
        if (!found) throw new HeedError('bad_argument', `cannot call aliasQuery(): no series found with query '${query.slice(0, 200)}'`);
        const current = last(found.values, 0, found.values.length);
        if (Number.isNaN(current)) throw new HeedError('bad_argument', `cannot call aliasQuery(): '${query.slice(0, 200)}' has no values`);
        return { ...row, name: fillPercent(args.newName as string, current) };
      }),
    );
  },
});
