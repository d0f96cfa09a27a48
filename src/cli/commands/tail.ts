import type { EchoLine } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { ServerClient } from '../client.ts';
import { readEvents } from '../events.ts';
import { printable, styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'tail',
  about: 'Shows lines as they arrive, and what became of each; ends by Ctrl-C.',
  args: [{ name: '<what>', about: 'metrics' }],
  options: [
    { flags: '--dropped', about: 'Only lines that were dropped.' },
    { flags: '--match <text>', about: 'Only lines that contain this text.' },
    { flags: '--json', about: 'One JSON object a line.' },
  ],
  examples: ['heed tail metrics', 'heed tail metrics --dropped'],
  async run({ args, options, io }) {
    if (args[0] !== 'metrics') throw new HeedError('bad_option', `cannot tail ${args[0]}: metrics is what there is`);
    const client = new ServerClient(io);
    const style = styleFor(io);
    const response = await client.request('/api/v1/live?topics=echo');
    if (io.stderr.isTTY) io.stderr.write(`${style.dim(`what arrives at ${client.url}; Ctrl-C ends`)}\n`);
    for await (const { event, data } of readEvents(response)) {
      if (event !== 'echo') continue;
      for (const line of JSON.parse(data) as EchoLine[]) {
        if (options.dropped && line.taken) continue;
        if (typeof options.match === 'string' && !line.text.includes(options.match)) continue;
        io.stdout.write(options.json ? `${JSON.stringify(line)}\n` : show(line, style));
      }
    }
    return EXIT.ok;
  },
});

function show(line: EchoLine, style: ReturnType<typeof styleFor>): string {
  const time = new Date(line.time - new Date(line.time).getTimezoneOffset() * 60_000).toISOString().slice(11, 23);
  return `${style.dim(`${time}  ${line.transport.padEnd(4)} ${line.from.padEnd(15)}`)}  ${printable(line.text).padEnd(40)}  ${style.state(line.taken ? 'ok' : 'warn')} ${line.verdict}\n`;
}
