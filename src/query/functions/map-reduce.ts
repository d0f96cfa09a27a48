import { defineFunction } from '../../core/define.ts';
import type { Row } from '../../core/frame.ts';
import { nodesKey, type NodeOrTag } from '../rows/node.ts';
import { endOf } from '../rows/row.ts';

const seriesList = { name: 'seriesList', type: 'seriesList', required: true } as const;

export const mapSeries = defineFunction({
  name: 'mapSeries',
  aliases: ['map'],
  group: 'Combine',
  about: 'Puts series together that have the same parts of the path, for reduceSeries.',
  params: [seriesList, { name: 'mapNodes', type: 'nodeOrTag', required: true, multiple: true }],
  // One list of all groups: reduceSeries tells them apart by their names.
  call: ({ args }) => [...Map.groupBy(args.seriesList as Row[], (row) => nodesKey(row, args.mapNodes as NodeOrTag[])).values()].flat(),
});

export const reduceSeries = defineFunction({
  name: 'reduceSeries',
  aliases: ['reduce'],
  group: 'Combine',
  about: 'Calls a function with the series of each group whose part of the path is one of the matchers, in their order.',
  params: [
    { name: 'seriesLists', type: 'seriesLists', required: true },
    { name: 'reduceFunction', type: 'string', required: true },
    { name: 'reduceNode', type: 'node', required: true },
    { name: 'reduceMatchers', type: 'string', required: true, multiple: true },
  ],
  async call({ args, context }) {
    const node = args.reduceNode as number;
    const callback = args.reduceFunction as string;
    const matchers = args.reduceMatchers as string[];
    // A matcher that finds nothing stays an empty list: the function knows what that means to it.
    const groups = new Map<string, Row[][]>();
    for (const row of args.seriesLists as Row[]) {
      const parts = row.name.split('.');
      const place = matchers.indexOf(parts.at(node) ?? '');
      if (place < 0) continue;
      const key = `${parts.slice(0, node).join('.')}.reduce.${callback}`;
      const lists = groups.get(key) ?? matchers.map(() => []);
      groups.set(key, lists.with(place, [row]));
    }
    const reduced = await Promise.all(
      [...groups].map(async ([name, lists]) => (await context.apply(callback, lists)).slice(0, 1).map((row) => ({ ...row, name }))),
    );
    return reduced.flat();
  },
});

export const applyByNode = defineFunction({
  name: 'applyByNode',
  group: 'Combine',
  about: 'Evaluates a target for each different beginning of the paths, which replaces % in the target and in the new name.',
  params: [
    seriesList,
    { name: 'nodeNum', type: 'node', required: true },
    { name: 'templateFunction', type: 'string', required: true },
    { name: 'newName', type: 'string' },
  ],
  async call({ args, context }) {
    const rows = args.seriesList as Row[];
    const node = args.nodeNum as number;
    const last = rows[rows.length - 1];
    const beginning = ({ name }: Row): string =>
      name
        .split('.')
        .slice(0, node + 1)
        .join('.');
    const prefixes = new Set(rows.map(beginning));
    const evaluated = await Promise.all(
      [...prefixes].toSorted().map(async (prefix) => {
        const fill = (template: string): string => template.replaceAll('%', () => prefix);
        const made = await context.evaluate(fill(args.templateFunction as string), context);
        const newName = args.newName as string | null;
        // As in Graphite all results begin and end where the last series does, whatever the template did to the time.
        return made.map((row) => ({ ...row, name: newName ? fill(newName) : row.name, path: prefix, start: last.start, end: endOf(last) }));
      }),
    );
    return evaluated.flat();
  },
});
