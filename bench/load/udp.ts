/**
 * Floods a StatsD port on loopback and prints what it sent as JSON. Packets are made beforehand and sent by sendmmsg, up to `--segments`
 * packets of one length by one walk through the kernel (UDP_SEGMENT; the receiver gets each by itself), so that the generator is not
 * what is measured. Bounded by `--secs`.
 * node bench/load/udp.ts --port 8125 --lines 10 --names 1000 --mix plain|full|timer --rate 0 --secs 2 --segments 1
 */
import koffi from 'koffi';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    port: { type: 'string' },
    lines: { type: 'string', default: '10' },
    names: { type: 'string', default: '1000' },
    mix: { type: 'string', default: 'plain' },
    rate: { type: 'string', default: '0' },
    secs: { type: 'string', default: '2' },
    segments: { type: 'string', default: '1' },
  },
});
const port = Number(options.port);
const linesPerPacket = Number(options.lines);
const names = Number(options.names);
const rate = Number(options.rate);
const seconds = Math.min(60, Number(options.secs));
const segments = Math.min(64, Number(options.segments));

let state = 0x2545f491;
function random(below: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}

const SERVICES = ['web', 'api', 'auth', 'billing', 'search', 'mailer', 'cart', 'feed'];
const EVENTS = ['request.time', 'request.count', 'db.query', 'cache.hit', 'queue.depth', 'users.seen'];

function lineFor(i: number): { text: string; counted: number } {
  const id = (i * 7919) % names;
  const name = `app.${SERVICES[id & 7]}.host${String((id >> 3) & 15).padStart(2, '0')}.${EVENTS[id % 6]}.m${id}`;
  const kind = (Math.imul(id, 2654435761) >>> 12) % 100;
  const full = options.mix === 'full';
  const tags = full && ((Math.imul(id, 40503) >>> 8) & 1) === 1 ? `|#env:prod,region:eu-${id & 3},version:1.${id % 9}` : '';
  if (options.mix === 'timer') return { text: `${name}:${(random(50_000) / 100).toFixed(2)}|ms`, counted: 0 };
  if (kind < (full ? 45 : 50)) {
    const value = random(4) > 0 ? 1 : 1 + random(9);
    const sampled = random(3) === 0;
    return { text: `${name}:${value}|c${sampled ? '|@0.1' : ''}${tags}`, counted: value * (sampled ? 10 : 1) };
  }
  if (kind < (full ? 65 : 80))
    return { text: `${name}:${random(2) ? (random(50_000) / 100).toFixed(2) : random(500)}|ms${random(8) === 0 ? '|@0.5' : ''}${tags}`, counted: 0 };
  if (kind < (full ? 80 : 95)) return { text: `${name}:${random(10) ? random(100_000) : `+${random(10)}`}|g${tags}`, counted: 0 };
  if (kind < (full ? 85 : 100)) return { text: `${name}:user${random(5000)}|s${tags}`, counted: 0 };
  return { text: `${name}:${random(500)}|h${tags}`, counted: 0 };
}

interface Packet {
  bytes: Buffer;
  /** Sum of its counters. */
  counted: number;
}

const packets: Packet[] = [];
for (let line = 0; packets.length < Math.max(8192, Math.ceil((names * 2) / linesPerPacket));) {
  const made = Array.from({ length: linesPerPacket }, () => lineFor(line++));
  packets.push({ bytes: Buffer.from(made.map(({ text }) => text).join('\n')), counted: made.reduce((sum, { counted }) => sum + counted, 0) });
}

/** What one system call's entry sends: packets of one length, side by side. */
const messages: Packet[][] = [];
if (segments > 1) packets.sort((a, b) => a.bytes.length - b.bytes.length);
for (const packet of packets) {
  const last = messages.at(-1);
  const fits = last && last.length < segments && last[0].bytes.length === packet.bytes.length && (last.length + 1) * packet.bytes.length < 65_000;
  if (fits) last.push(packet);
  else messages.push([packet]);
}
// The order in which they were made, more or less, and not all short ones first.
for (let i = messages.length - 1; i > 0; i--) {
  const other = random(i + 1);
  [messages[i], messages[other]] = [messages[other], messages[i]];
}
const sizes = Uint32Array.from(messages, (message) => message.length);
const counted = Float64Array.from(messages, (message) => message.reduce((sum, packet) => sum + packet.counted, 0));

const libc = koffi.load('libc.so.6');
const socket = libc.func('int socket(int, int, int)');
const connect = libc.func('int connect(int, void*, int)');
const setsockopt = libc.func('int setsockopt(int, int, int, void*, int)');
const sendmmsg = libc.func('int sendmmsg(int, uint64_t, unsigned int, int)');

const [HEADER_BYTES, CONTROL_BYTES] = [64, 24];
const [SOL_UDP, UDP_SEGMENT] = [17n, 103n];
const bytes = Buffer.concat(messages.flatMap((message) => message.map((packet) => packet.bytes)));
const vectors = new BigUint64Array(messages.length * 2);
const headers = new BigUint64Array(messages.length * (HEADER_BYTES / 8));
const controls = new BigUint64Array(messages.length * (CONTROL_BYTES / 8));
/** Exported, or the collector takes what only the kernel reads from here on. */
export const memory = [bytes, vectors, headers, controls];
const [bytesAt, vectorsAt, headersAt, controlsAt] = memory.map((part) => koffi.address(part));
for (let i = 0, offset = 0; i < messages.length; i++) {
  const length = messages[i][0].bytes.length;
  const total = length * messages[i].length;
  vectors[2 * i] = bytesAt + BigInt(offset);
  vectors[2 * i + 1] = BigInt(total);
  headers[8 * i + 2] = vectorsAt + BigInt(16 * i);
  headers[8 * i + 3] = 1n;
  if (segments > 1) {
    headers[8 * i + 4] = controlsAt + BigInt(CONTROL_BYTES * i);
    headers[8 * i + 5] = BigInt(CONTROL_BYTES);
    controls.set([18n, SOL_UDP | (UDP_SEGMENT << 32n), BigInt(length)], 3 * i);
  }
  offset += total;
}
const fd = socket(2, 2, 0) as number;
const address = Buffer.alloc(16);
address.writeUInt16LE(2, 0);
address.writeUInt16BE(port, 2);
address.set([127, 0, 0, 1], 4);
const size = Buffer.alloc(4);
size.writeInt32LE(4 << 20);
setsockopt(fd, 1, 7, size, 4);
if (connect(fd, address, 16) !== 0) throw new Error('cannot connect');

/** Most packets of a burst: what a millisecond's half would send. */
const BATCH = 64;
const packetRate = rate / linesPerPacket;
const burst = packetRate > 0 ? Math.max(1, Math.min(BATCH, Math.floor(packetRate * 0.0005))) : BATCH;
const nap = new Int32Array(new SharedArrayBuffer(4));
const start = performance.now();
let sent = 0;
let errors = 0;
let countedSum = 0;
for (let at = 0; ;) {
  const elapsed = (performance.now() - start) / 1000;
  if (elapsed >= seconds) break;
  if (packetRate > 0) {
    const ahead = sent / packetRate - elapsed;
    if (ahead > 0) {
      if (ahead > 0.0003) Atomics.wait(nap, 0, 0, (ahead - 0.0001) * 1000);
      continue;
    }
  }
  let count = 0;
  for (let inBurst = 0; at + count < messages.length && (count === 0 || inBurst + sizes[at + count] <= burst); count++) inBurst += sizes[at + count];
  const done = sendmmsg(fd, headersAt + BigInt(at * HEADER_BYTES), count, 0) as number;
  if (done <= 0) {
    errors++;
    continue;
  }
  for (let i = at; i < at + done; i++) {
    countedSum += counted[i];
    sent += sizes[i];
  }
  at = (at + done) % messages.length;
}
const elapsed = (performance.now() - start) / 1000;
const lines = sent * linesPerPacket;
console.log(
  JSON.stringify({
    packets: sent,
    lines,
    seconds: elapsed,
    linesPerSecond: lines / elapsed,
    packetsPerSecond: sent / elapsed,
    counterSum: Math.round(countedSum),
    errors,
  }),
);
