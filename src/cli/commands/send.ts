import { createSocket } from 'node:dgram';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { EchoAnswer, NowAnswer } from '../../api/contract.ts';
import { parseHostPort } from '../../core/config/values.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';
import { ServerClient } from '../client.ts';
import { printable, styleFor } from '../terminal.ts';

const PATIENCE_MS = 2000;

export default defineCommand({
  name: 'send',
  about: 'Sends lines as a client would, and says what became of them.',
  args: [{ name: '<lines...>', about: 'StatsD (deploys:1|c) or Graphite (room.temperature 21.5 -1); the form decides.' }],
  options: [
    { flags: '--to <address>', about: 'HOST:PORT to send to, instead of where the server at HEED_URL listens.' },
    { flags: '--json', about: 'Print what became of each line as JSON.' },
  ],
  examples: ["heed send 'deploys:1|c'", "heed send 'room.temperature 21.5 -1'"],
  async run({ args, options, io }) {
    const statsd = args.filter((line) => !isGraphite(line));
    const graphite = args.filter(isGraphite);
    if (typeof options.to === 'string') {
      const target = parseHostPort(options.to);
      if (statsd.length > 0) await sendUdp(statsd, target);
      if (graphite.length > 0) await sendTcp(graphite, target);
      io.stdout.write(`sent ${args.length} ${args.length === 1 ? 'line' : 'lines'} to ${options.to}\n`);
      return EXIT.ok;
    }
    const client = new ServerClient(io);
    const now = await client.json<NowAnswer>('/api/v1/now');
    const before = (await client.json<EchoAnswer>('/api/v1/echo')).lines.at(-1)?.id ?? 0;
    if (statsd.length > 0) await sendUdp(statsd, listening(now, 'statsd', 'udp'));
    if (graphite.length > 0) await sendTcp(graphite, listening(now, 'carbon', 'tcp'));
    const lines = await echoed(client, args, before);
    if (options.json) io.stdout.write(`${JSON.stringify(lines)}\n`);
    const style = styleFor(io);
    for (const line of options.json ? [] : lines) {
      const link = line.taken && line.series ? `  ${style.dim(`${client.url}/metrics?target=${encodeURIComponent(line.series)}`)}` : '';
      io.stdout.write(`${style.state(line.taken ? 'ok' : 'warn')} ${printable(line.text)}  ${line.verdict}${link}\n`);
    }
    if (lines.length < args.length)
      io.stderr.write(`heed: sent, but ${args.length - lines.length} did not show within ${PATIENCE_MS / 1000} s; heed doctor says what arrives\n`);
    return lines.length === args.length && lines.every(({ taken }) => taken) ? EXIT.ok : EXIT.failed;
  },
});

/** `name value time` is Graphite's; all else is taken as StatsD. */
function isGraphite(line: string): boolean {
  return /^\S+\s+\S+\s+-?[\d.]+\s*$/.test(line) && !/^[^\s:]+:[^\s|]*\|/.test(line);
}

function listening(now: NowAnswer, protocol: string, transport: string): { host: string; port: number } {
  const address = now.protocols.find(({ name }) => name === protocol)?.addresses.find((text) => text.startsWith(`${transport} `));
  if (!address) throw new HeedError('not_listening', `cannot send: the server does not listen for ${protocol} on ${transport}; --to names another address`);
  const { host, port } = parseHostPort(address.slice(transport.length + 1));
  return { host: host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host, port };
}

async function sendUdp(lines: string[], { host, port }: { host: string; port: number }): Promise<void> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  try {
    for (const line of lines) await new Promise<void>((resolve, reject) => socket.send(line, port, host, (error) => (error ? reject(error) : resolve())));
  } finally {
    socket.close();
  }
}

async function sendTcp(lines: string[], { host, port }: { host: string; port: number }): Promise<void> {
  const socket = createConnection(port, host);
  await once(socket, 'connect');
  socket.end(`${lines.join('\n')}\n`);
  await once(socket, 'close');
}

async function echoed(client: ServerClient, sent: string[], after: number): Promise<EchoAnswer['lines']> {
  const until = Date.now() + PATIENCE_MS;
  let found: EchoAnswer['lines'] = [];
  while (found.length < sent.length && Date.now() < until) {
    const { lines } = await client.json<EchoAnswer>(`/api/v1/echo?after=${after}`);
    found = lines.filter((line) => sent.includes(line.text));
    if (found.length < sent.length) await wait(50);
  }
  return found;
}
