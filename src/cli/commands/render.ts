import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { FrameAnswer, FrameRow } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { causeOf, HeedError } from '../../core/errors.ts';
import { formatNumber, plain } from '../../core/numbers.ts';
import { ServerClient } from '../client.ts';
import { drawChart, drawSpark } from '../draw/chart.ts';
import { columns, printable, styleFor } from '../terminal.ts';

const LINES = 20;
const PICTURES = ['png', 'svg', 'pdf'];

export default defineCommand({
  name: 'render',
  about: 'Draws series, or any Graphite expression of them, in the terminal.',
  args: [{ name: '<targets...>', about: 'Paths, globs or expressions, e.g. "sumSeries(stats.*.hits)".' }],
  options: [
    { flags: '--from <time>', about: 'Start, as Graphite writes it: -1h, 13:00_20261122, an epoch in seconds.', default: '-1h' },
    { flags: '--until <time>', about: 'End.', default: 'now' },
    { flags: '--json', about: 'Print the answer as JSON.' },
    { flags: '--csv', about: 'Print name,time,value lines.' },
    { flags: '--output <file>', about: 'Write a picture instead: .png, .svg or .pdf, by the name.' },
    { flags: '--style <options>', about: 'How the picture looks, as /render takes it, e.g. "width=800&template=dark".', default: '' },
  ],
  examples: [
    'heed render stats.deploys --from -3h',
    "heed render 'aliasByNode(stats.timers.*.mean, 2)' --json",
    'heed render stats.deploys --output deploys.png --style "width=800&title=Deploys"',
  ],
  async run({ args, options, io }) {
    const client = new ServerClient(io);
    const style = styleFor(io);
    const width = Math.min(io.stdout.columns ?? 80, 160);
    const query = new URLSearchParams({ from: String(options.from), until: String(options.until) });
    for (const target of args) query.append('target', target);
    if (options.csv) {
      io.stdout.write(await (await client.request(`/render?${query.toString()}&format=csv`)).text());
      return EXIT.ok;
    }
    if (options.output !== undefined) {
      await writePicture(client, query, String(options.output), String(options.style));
      io.stdout.write(`wrote ${String(options.output)}\n`);
      return EXIT.ok;
    }
    query.set('maxDataPoints', String(options.json ? 100_000 : width * 2));
    const answer = await client.json<FrameAnswer>(`/api/v1/frame?${query.toString()}`);
    if (options.json) {
      io.stdout.write(`${JSON.stringify(answer)}\n`);
      return answer.rows.length === 0 ? EXIT.notFound : EXIT.ok;
    }
    if (answer.rows.length === 0) {
      io.stderr.write(`heed: no series matches ${args.join(' ')}; heed find '*' lists the names\n`);
      return EXIT.notFound;
    }
    if (answer.rows.length === 1) io.stdout.write(single(answer.rows[0], width, style));
    else io.stdout.write(many(answer.rows, width, style));
    // The page reads spans back from now, and seconds since 1970; the answer knows what other forms of time meant.
    const live = options.until === 'now' && /^-\d+(?:s|min|h|d|w)$/.test(String(options.from));
    const link = new URLSearchParams(
      live ? { from: String(options.from) } : { from: String(Math.floor(answer.from / 1000)), until: String(Math.ceil(answer.until / 1000)) },
    );
    for (const target of args) link.append('target', target);
    io.stdout.write(`${style.dim(`${client.url}/metrics?${link.toString()}`)}\n`);
    return EXIT.ok;
  },
});

/** Writes the server's picture into a file, in the format of its name. */
async function writePicture(client: ServerClient, query: URLSearchParams, path: string, style: string): Promise<void> {
  const format = extname(path).slice(1).toLowerCase();
  if (!PICTURES.includes(format)) throw new HeedError('bad_option', `cannot write ${path}: pictures end in ${PICTURES.map((one) => `.${one}`).join(', ')}`);
  const all = new URLSearchParams([...query, ...new URLSearchParams(style)]);
  all.set('format', format);
  const answer = await client.request('/render', { method: 'POST', body: all });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  try {
    await writeFile(path, bytes);
  } catch (error) {
    throw new HeedError('unwritable', `cannot write ${path}: ${causeOf(error)}`, { cause: error });
  }
}

function numbersOf(row: FrameRow): number[] {
  return row.values.map((value) => value ?? NaN);
}

function summary(values: number[]): { last: string; min: string; mean: string; max: string } {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const show = (value: number): string => plain(formatNumber(known.length === 0 ? NaN : value));
  return { last: show(known.at(-1) ?? NaN), min: show(Math.min(...known)), mean: show(mean), max: show(Math.max(...known)) };
}

function single(row: FrameRow, width: number, style: ReturnType<typeof styleFor>): string {
  const values = numbersOf(row);
  const { last, min, mean, max } = summary(values);
  const chart = drawChart({ start: row.start, step: row.step, values }, width, 10);
  const head = `${style.bold(printable(row.name))}  ${style.dim(`every ${row.step / 1000} s`)}\n`;
  if (chart === '') return `${head}no data in this range\n`;
  return `${head}${chart}last ${style.accent(last)}  min ${min}  mean ${mean}  max ${max}\n`;
}

function many(rows: FrameRow[], width: number, style: ReturnType<typeof styleFor>): string {
  const shown = rows.slice(0, LINES);
  const longest = Math.max(...shown.map((row) => row.name.length));
  const nameWidth = Math.min(longest, Math.max(20, width - 60));
  const sparkWidth = Math.max(10, Math.min(40, width - nameWidth - 45));
  const table = shown.map((row) => {
    const values = numbersOf(row);
    const { last, min, mean, max } = summary(values);
    const name = printable(row.name);
    return [
      name.length > nameWidth ? `…${name.slice(1 - nameWidth)}` : name,
      drawSpark({ start: row.start, step: row.step, values }, sparkWidth),
      style.accent(last),
      min,
      mean,
      max,
    ];
  });
  const head = ['series', '', 'last', 'min', 'mean', 'max'].map((title) => style.dim(title));
  const more = rows.length > LINES ? `${rows.length - LINES} more; --json has them all\n` : '';
  return columns([head, ...table], [2, 3, 4, 5]) + more;
}
