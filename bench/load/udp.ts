/**
 * Floods a StatsD port on loopback and prints what it sent as JSON. Packets are made beforehand and sent by sendmmsg, so
 * that the generator is not what is measured. Bounded by `--secs`.
 * node bench/load/udp.ts --port 8125 --lines 10 --names 1000 --mix plain|full|timer --rate 0 --secs 2
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
  },
});
const port = Number(options.port);
const linesPerPacket = Number(options.lines);
const names = Number(options.names);
const rate = Number(options.rate);
const seconds = Math.min(60, Number(options.secs));

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

const packetCount = Math.max(8192, Math.ceil((names * 2) / linesPerPacket));
const packets: Buffer[] = [];
const counted = new Float64Array(packetCount);
for (let i = 0, line = 0; i < packetCount; i++) {
  const texts: string[] = [];
  for (let k = 0; k < linesPerPacket; k++, line++) {
    const made = lineFor(line);
    texts.push(made.text);
    counted[i] += made.counted;
  }
  packets.push(Buffer.from(texts.join('\n')));
}

const libc = koffi.load('libc.so.6');
const socket = libc.func('int socket(int, int, int)');
const connect = libc.func('int connect(int, void*, int)');
const setsockopt = libc.func('int setsockopt(int, int, int, void*, int)');
const sendmmsg = libc.func('int sendmmsg(int, uint64_t, unsigned int, int)');

const HEADER_BYTES = 64;
const bytes = Buffer.concat(packets);
const vectors = new BigUint64Array(packetCount * 2);
const headers = new BigUint64Array(packetCount * (HEADER_BYTES / 8));
const [bytesAt, vectorsAt, headersAt] = [bytes, vectors, headers].map((memory) => koffi.address(memory));
for (let i = 0, offset = 0; i < packetCount; i++) {
  vectors[2 * i] = bytesAt + BigInt(offset);
  vectors[2 * i + 1] = BigInt(packets[i].length);
  headers[8 * i + 2] = vectorsAt + BigInt(16 * i);
  headers[8 * i + 3] = 1n;
  offset += packets[i].length;
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

const BATCH = 64;
const packetRate = rate / linesPerPacket;
const batch = packetRate > 0 ? Math.max(1, Math.min(BATCH, Math.floor(packetRate * 0.0005))) : BATCH;
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
  const count = Math.min(batch, packetCount - at);
  const done = sendmmsg(fd, headersAt + BigInt(at * HEADER_BYTES), count, 0) as number;
  if (done <= 0) {
    errors++;
    continue;
  }
  for (let i = at; i < at + done; i++) countedSum += counted[i];
  sent += done;
  at = (at + done) % packetCount;
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
