import type { GraphiteEvent, MarkAnswer } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { ServerClient } from '../client.ts';
import { columns, printable, styleFor, type Style } from '../terminal.ts';
import { secondsOf } from '../times.ts';

const listOf = (text: unknown): string[] => (typeof text === 'string' ? text.split(/[\s,]+/).filter((tag) => tag !== '') : []);

export default defineCommand({
  name: 'mark',
  about: 'Marks that something happened, such as a release, as an event of Graphite; or lists what was marked.',
  args: [{ name: '[what]', about: 'What happened, e.g. "release 1.4.2".' }],
  options: [
    { flags: '--tags <list>', about: 'Its tags, with commas between, e.g. release,web; with --list all that an event must have.' },
    { flags: '--data <text>', about: 'More about it.' },
    { flags: '--at <time>', about: 'When it happened: an ISO time, seconds since 1970, or how long ago, e.g. 10min; now unless given.' },
    { flags: '--list', about: 'List events instead, oldest first.' },
    { flags: '--from <time>', about: 'List events from this time on, as in /render.', default: '-7d' },
    { flags: '--json', about: 'Print the answer as JSON.' },
  ],
  examples: ['heed mark "release 1.4.2" --tags release,web', 'heed mark --list --tags release'],
  async run({ args: [what], options, io }) {
    const client = new ServerClient(io);
    const style = styleFor(io);
    const tags = listOf(options.tags);
    if (options.list === true) {
      const question = new URLSearchParams({ from: String(options.from), ...(tags.length > 0 ? { tags: tags.join(' ') } : {}) });
      const events = await client.json<GraphiteEvent[]>(`/events/get_data?${question}`);
      io.stdout.write(options.json ? `${JSON.stringify(events)}\n` : columns(events.map((event) => lineOf(event, style))));
      if (events.length === 0 && !options.json) io.stderr.write('heed: nothing was marked\n');
      return events.length === 0 ? EXIT.notFound : EXIT.ok;
    }
    if (!what) throw new HeedError('bad_option', 'cannot mark: say what happened, or --list what was marked');
    const when = options.at === undefined ? undefined : secondsOf(String(options.at), '--at');
    const { added } = await client.post<MarkAnswer>('/events/', { what, tags, data: typeof options.data === 'string' ? options.data : '', when });
    if (options.json) io.stdout.write(`${JSON.stringify({ added })}\n`);
    else io.stdout.write(`${style.state('ok')} ${printable(what)}  ${added ? 'marked' : 'was marked within this minute already'}\n`);
    return EXIT.ok;
  },
});

function lineOf({ when, what, data, tags }: GraphiteEvent, style: Style): string[] {
  return [
    style.dim(new Date(when * 1000).toISOString().slice(0, 19).replace('T', ' ')),
    printable(what),
    style.dim(printable(tags.join(' '))),
    printable(data),
  ];
}
