import type { Socket } from 'node:net';
import type { HeedConfig } from '../../../core/config/config.ts';
import type { Address } from '../../../core/config/values.ts';
import { Kind } from '../../../core/series.ts';
import type { ReceivePart } from '../context.ts';
import { serveStreams } from '../receive/stream-server.ts';
import type { Door } from './door.ts';
import type { Flusher } from './flush.ts';
import type { Interval } from './interval.ts';

/** What the admin interface looks at and changes. */
export interface AdminSubject {
  config: HeedConfig;
  door: Door;
  flusher: Flusher;
  interval: Interval;
}

const COMMANDS = 'stats, counters, timers, gauges, delcounters, deltimers, delgauges, health, config, quit';
const MOST_CONNECTIONS = 64;
const END = 'END\n\n';
/** A listing is written in pieces of so many names, so that it holds nothing up. */
const PIECE = 512;

/** Upstream's admin interface: one command per chunk, arguments behind it, answers as upstream words them. */
export function startAdmin(address: Address, subject: AdminSubject): Promise<ReceivePart> {
  const started = Date.now();
  const health = { up: true };
  return serveStreams(address, {
    protocol: 'statsd-admin',
    maxConnections: MOST_CONNECTIONS,
    refused: () => undefined,
    open(socket) {
      // One command after the other; more is read when the answers are out.
      const obey = async (chunk: Buffer): Promise<void> => {
        socket.pause();
        for (const line of chunk.toString('utf8').split('\n')) {
          const words = line.trim().split(/\s+/);
          if (words[0] !== '' && socket.writable) await run(words, socket, subject, health, started);
        }
        socket.resume();
      };
      return { feed: (chunk) => void obey(chunk), end: () => undefined };
    },
  });
}

async function run([command, ...args]: string[], socket: Socket, subject: AdminSubject, health: { up: boolean }, started: number): Promise<void> {
  switch (command) {
    case 'help':
      socket.write(`Commands: ${COMMANDS}\n\n`);
      return;
    case 'config':
      await writeAll(socket, configLines(subject.config));
      return;
    case 'health':
      if (args[0] === 'up' || args[0] === 'down') health.up = args[0] === 'up';
      socket.write(`health: ${health.up ? 'up' : 'down'}\n`);
      return;
    case 'stats':
      socket.write(stats(subject, started));
      return;
    case 'counters':
    case 'timers':
    case 'gauges':
      await writeAll(socket, listing(subject.door, command));
      return;
    case 'delcounters':
    case 'deltimers':
    case 'delgauges':
      socket.write(remove(subject, kindOf(command.slice('del'.length)), args));
      return;
    case 'quit':
      socket.end();
      return;
    default:
      socket.write('ERROR\n');
  }
}

function kindOf(plural: string): Kind {
  return plural === 'counters' ? Kind.counter : plural === 'timers' ? Kind.timer : Kind.gauge;
}

function stats({ door, interval }: AdminSubject, started: number): string {
  const now = Date.now();
  const seconds = (since: number): number => Math.round((now - since) / 1000);
  const { flushedAt, last } = interval;
  door.settle();
  // Fields that start with last_ are told as seconds ago; of what never was, since 1970, as upstream does.
  const lines = {
    uptime: seconds(started),
    'messages.last_msg_seen': seconds(Number.isNaN(door.lastPacket) ? started : door.lastPacket),
    'messages.bad_lines_seen': door.badLinesEver,
    'graphite.last_flush': seconds(Number.isNaN(flushedAt) ? started : flushedAt),
    'graphite.last_exception': seconds(0),
    'graphite.flush_time': Math.round(last.wallMs),
    'graphite.flush_length': last.points,
  };
  return `${Object.entries(lines)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')}${END}`;
}

function* configLines(config: HeedConfig): Generator<string> {
  for (const [key, value] of Object.entries(config)) {
    if (key === 'token' || key === 'dsnKey') continue;
    yield `${key}: ${JSON.stringify(value)}\n`;
  }
  yield END;
}

/** The kind's series as a JavaScript object would print. */
function* listing(door: Door, plural: 'counters' | 'timers' | 'gauges'): Generator<string> {
  const { aggregation } = door;
  yield '{';
  let separator = '\n';
  for (const [key, index] of aggregation.known(kindOf(plural))) {
    const quoted = /^[A-Za-z_$][\w$]*$/.test(key) ? key : `'${key.replaceAll("'", "\\'")}'`;
    const value = plural === 'timers' ? timerText(aggregation.currentSamples(index)) : aggregation.currentValue(index);
    yield `${separator}  ${quoted}: ${value}`;
    separator = ',\n';
  }
  yield `${separator === '\n' ? '' : '\n'}}\n${END}`;
}

function timerText(samples: { count: number; values: Float64Array }): string {
  if (samples.count === 0) return '[]';
  const more = samples.count - samples.values.length;
  return `[ ${[...samples.values].join(', ')}${more > 0 ? `${samples.values.length > 0 ? ', ' : ''}... ${more} more items` : ''} ]`;
}

/** Deletes by exact name, or by prefix where the name ends in `.*`. */
function remove({ door, flusher }: AdminSubject, kind: Kind, names: string[]): string {
  const known = door.aggregation.known(kind);
  let answer = '';
  const gone: number[] = [];
  for (const name of names) {
    const keys = name.endsWith('.*') ? [...known.keys()].filter((key) => key.startsWith(name.slice(0, -1))) : known.has(name) ? [name] : [];
    if (keys.length === 0) answer += `metric ${name} not found\n`;
    for (const key of keys) {
      answer += `deleted: ${key}\n`;
      gone.push(known.get(key) as number);
    }
  }
  flusher.forget([...new Set(gone)]);
  return answer + END;
}

/** Writes in pieces and waits for a slow reader, which holds up nobody but itself. */
async function writeAll(socket: Socket, texts: Iterable<string>): Promise<void> {
  let piece: string[] = [];
  for (const text of texts) {
    piece.push(text);
    if (piece.length < PIECE) continue;
    const room = socket.write(piece.join(''));
    piece = [];
    if (room) await new Promise(setImmediate);
    else
      await new Promise<void>((resolve) => {
        socket.once('drain', resolve);
        socket.once('close', () => resolve());
      });
    if (socket.destroyed) return;
  }
  socket.write(piece.join(''));
}
