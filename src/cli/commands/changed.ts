import type { ChangesAnswer, FactsAnswer } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { formatCount, formatDuration, formatNumber, plain } from '../../core/numbers.ts';
import { ServerClient } from '../client.ts';
import { drawSpark } from '../draw/chart.ts';
import { columns, printable, styleFor, type Style } from '../terminal.ts';
import { lengthOf, secondsOf } from '../times.ts';

const GLYPHS = { rose: '↑', fell: '↓', appeared: '+', 'went silent': '○' } as const;
const SPARK = 20;

export default defineCommand({
  name: 'changed',
  about: 'Lists the series that changed at a moment, the most unusual change first.',
  args: [{ name: '[time]', about: 'The moment: an ISO time, seconds since 1970, or how long ago, e.g. 10min; the newest release, or event, unless given.' }],
  options: [
    { flags: '--span <length>', about: 'Time before and after to compare, e.g. 30min.', default: '30min' },
    { flags: '--match <glob>', about: "Look at these names only, e.g. 'shop.**'." },
    { flags: '--limit <count>', about: 'Most series to list.', default: '20' },
    { flags: '--json', about: 'Print the answer as JSON.' },
  ],
  examples: ['heed changed', "heed changed 20min --span 10min --match 'stats.timers.**'"],
  async run({ args: [time], options, io }) {
    const client = new ServerClient(io);
    const style = styleFor(io);
    const span = lengthOf(String(options.span));
    if (span === undefined) throw new HeedError('bad_option', `cannot read --span '${String(options.span)}': write a length such as 30min or 2h`);
    const moment = time === undefined ? await newestEvent(client) : { at: Math.round(secondsOf(time, 'the time') * 1000), title: '' };
    if (moment === undefined) {
      io.stderr.write('heed: nothing was marked; say when, e.g. heed changed 20min\n');
      return EXIT.notFound;
    }
    const question = new URLSearchParams({ at: String(moment.at), span: String(span * 1000), limit: String(options.limit) });
    if (typeof options.match === 'string') question.set('pattern', options.match);
    const answer = await client.json<ChangesAnswer>(`/api/v1/changes?${question}`);
    if (options.json) io.stdout.write(`${JSON.stringify(answer)}\n`);
    else io.stdout.write(inWords(answer, moment, style));
    return answer.changes.length === 0 ? EXIT.notFound : EXIT.ok;
  },
});

/** The newest release, or the newest event of any kind where none has that tag. */
async function newestEvent(client: ServerClient): Promise<{ at: number; title: string } | undefined> {
  for (const tag of ['&tag=release=true', '']) {
    const { facts } = await client.json<FactsAnswer>(`/api/v1/facts?kind=event&limit=1${tag}`);
    if (facts.length > 0) return { at: facts[0].time, title: facts[0].title };
  }
  return undefined;
}

function inWords(answer: ChangesAnswer, { at, title }: { at: number; title: string }, style: Style): string {
  const when = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  const head = title === '' ? style.bold(`${when} UTC`) : `${style.bold(printable(title))}, ${when} UTC`;
  const rows = answer.changes.map(({ name, how, before, after, start, step, values }) => [
    printable(name),
    drawSpark({ start, step, values: values.map((value) => value ?? NaN) }, SPARK),
    `${GLYPHS[how]} ${how}`,
    `${numberOf(before)} → ${style.accent(numberOf(after))}`,
  ]);
  const all = answer.looked === answer.of ? formatCount(answer.of) : `${formatCount(answer.looked)} of ${formatCount(answer.of)}`;
  const looked = `Looked at ${all} series, ${formatDuration(answer.span)} before and after, in ${formatCount(answer.ms)} ms`;
  return `${head}\n${rows.length === 0 ? 'nothing changed beyond what is usual\n' : columns(rows)}${style.dim(looked)}\n`;
}

function numberOf(value: number | null): string {
  return plain(formatNumber(value ?? NaN));
}
