import type { EchoLine } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { ServerClient } from '../client.ts';
import { readEvents } from '../events.ts';
import { followErrors, type NewEvent } from '../issues/follow.ts';
import { issueUrl } from '../issues/issue-words.ts';
import { printable, type Style, styleFor } from '../terminal.ts';

/** Between looks for errors, milliseconds. */
const PAUSE = 1000;

export default defineCommand({
  name: 'tail',
  about: 'Shows lines of metrics as they arrive and what became of each, or errors as they come; ends by Ctrl-C.',
  args: [{ name: '<what>', about: 'metrics or errors' }],
  options: [
    { flags: '--dropped', about: 'Only lines that were dropped.' },
    { flags: '--match <text>', about: 'Only lines that contain this text; of errors a search, e.g. level:fatal.' },
    { flags: '--json', about: 'One JSON object a line.' },
  ],
  examples: ['heed tail metrics', 'heed tail metrics --dropped', 'heed tail errors'],
  async run({ args, options, io }) {
    if (args[0] !== 'metrics' && args[0] !== 'errors') throw new HeedError('bad_option', `cannot tail ${args[0]}: metrics and errors are what there is`);
    const client = new ServerClient(io);
    const style = styleFor(io);
    if (args[0] === 'errors') {
      if (options.dropped) throw new HeedError('bad_option', 'cannot tail errors: --dropped is about metrics');
      if (io.stderr.isTTY) io.stderr.write(`${style.dim(`errors that come to ${client.url}; Ctrl-C ends`)}\n`);
      for await (const found of followErrors(client, String(options.match ?? ''), PAUSE, io.signal))
        io.stdout.write(options.json ? `${JSON.stringify(found.event)}\n` : showError(found, client.url, style));
    }
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

const timeOf = (time: number): string => new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(11, 23);

function showError({ issue, event }: NewEvent, server: string, style: Style): string {
  const more = [event.level, event.release, event.user].filter((part) => part !== '').join(' ');
  return `${style.dim(timeOf(event.time))}  ${style.bold(printable(issue.shortId))}  ${printable(event.title)}  ${style.dim(`${printable(more)}  ${issueUrl(server, issue.shortId)}`)}\n`;
}

function show(line: EchoLine, style: Style): string {
  return `${style.dim(`${timeOf(line.time)}  ${line.transport.padEnd(4)} ${line.from.padEnd(15)}`)}  ${printable(line.text).padEnd(40)}  ${style.state(line.taken ? 'ok' : 'warn')} ${line.verdict}\n`;
}
