import type { SearchAnswer } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { ServerClient } from '../client.ts';
import { printable, styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'find',
  about: 'Lists names: one level of the tree by glob, or all series that contain some words.',
  args: [{ name: '<pattern>', about: 'A glob such as stats.*.hits, or words.' }],
  options: [
    { flags: '--limit <count>', about: 'Most names to print.', default: '1000' },
    { flags: '--json', about: 'Print the answer as JSON.' },
  ],
  examples: ["heed find 'stats.*'", "heed find 'checkout mean'"],
  async run({ args, options, io }) {
    const client = new ServerClient(io);
    const style = styleFor(io);
    const [pattern] = args;
    const limit = Number(options.limit);
    const isGlob = /[.*?[{]/.test(pattern) && !/\s/.test(pattern);
    const names = isGlob ? await byGlob(client, pattern) : await byWords(client, pattern, limit);
    if (options.json) io.stdout.write(`${JSON.stringify(names.slice(0, limit))}\n`);
    else for (const { path, leaf } of names.slice(0, limit)) io.stdout.write(`${leaf ? printable(path) : `${printable(path)}${style.dim('.')}`}\n`);
    if (names.length > limit) io.stderr.write(`heed: ${names.length - limit} more; --limit shows them\n`);
    if (names.length === 0 && !options.json) io.stderr.write(`heed: nothing matches ${printable(pattern)}\n`);
    return names.length === 0 ? EXIT.notFound : EXIT.ok;
  },
});

type Name = { path: string; leaf: boolean };

async function byGlob(client: ServerClient, pattern: string): Promise<Name[]> {
  const nodes = await client.json<{ path: string; is_leaf: boolean }[]>(`/metrics/find?format=json&query=${encodeURIComponent(pattern)}`);
  return nodes.map(({ path, is_leaf }) => ({ path, leaf: is_leaf }));
}

async function byWords(client: ServerClient, words: string, limit: number): Promise<Name[]> {
  const { series } = await client.json<SearchAnswer>(`/api/v1/search?limit=${limit}&q=${encodeURIComponent(words)}`);
  return series.map(({ name }) => ({ path: name, leaf: true }));
}
