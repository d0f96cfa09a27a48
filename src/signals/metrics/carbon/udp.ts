import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { type Address, formatAddress } from '../../../core/config/values.ts';
import { counterIndex } from '../../../core/counters.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import type { ReceiveContext, ReceivePart } from '../context.ts';
import type { Libc } from '../udp/libc.ts';
import { startPump } from '../udp/pump.ts';
import { openDatagramSocket } from '../udp/socket.ts';
import { datagramSlots } from './datagrams.ts';
import type { LineParser } from './line.ts';

const NEWLINE = 10;
/** How often the kernel is asked what it dropped. */
const DROPS_EVERY_MS = 1000;

/** Takes one datagram; may write the newline that its last line lacks behind its end. */
type TakeDatagram = (bytes: Buffer, start: number, end: number, from: () => string) => void;

/**
 * Listens for lines on UDP, many a datagram. There is nobody to make wait: what the store's queue has no room for is counted.
 * @param libc undefined where datagrams can only be taken by Node's own sockets
 * @throws HeedError `cannot_listen`
 */
export function listenUdp(libc: Libc | undefined, context: ReceiveContext, address: Address, parser: LineParser): Promise<ReceivePart> {
  const { counters, echo } = context;
  const packets = counterIndex('carbon.udp.packets');
  const byteCount = counterIndex('carbon.udp.bytes');
  const take: TakeDatagram = (bytes, start, end, from) => {
    const now = Date.now();
    counters.values[packets]++;
    counters.values[byteCount] += end - start;
    if (echo.wants(now)) echo.note('carbon', 'udp', from(), bytes, start, end, now);
    if (end === start) return;
    let last = end;
    if (bytes[last - 1] !== NEWLINE) bytes[last++] = NEWLINE;
    for (let at = parser.parse(bytes, start, last, now); at < last; at = parser.parse(bytes, at, last, now)) {
      counters.add('points.dropped.queue_full');
      at = bytes.indexOf(NEWLINE, at) + 1;
    }
  };
  return libc ? listenFast(libc, context, address, take) : listenPlainly(context, address, take);
}

/** Takes datagrams in batches, and asks the kernel what it dropped. */
async function listenFast(libc: Libc, context: ReceiveContext, address: Address, take: TakeDatagram): Promise<ReceivePart> {
  const socket = await openDatagramSocket(libc, address, bufferBytes(context));
  const pump = startPump(libc, [socket], datagramSlots(libc, take));
  let told = 0;
  const countDrops = (): void => {
    const drops = socket.kernelDrops();
    // The kernel counts in 32 bits.
    context.counters.add('carbon.dropped.kernel', (drops - told) >>> 0);
    told = drops;
  };
  const counting = setInterval(countDrops, DROPS_EVERY_MS).unref();
  return {
    listening: [{ protocol: 'carbon', transport: 'udp', address: socket.address, port: socket.port }],
    async stop() {
      clearInterval(counting);
      pump.stop();
      countDrops();
      socket.close();
    },
  };
}

/** Where the fast way is not there (other systems): Node's UDP sockets. */
async function listenPlainly(context: ReceiveContext, address: Address, take: TakeDatagram): Promise<ReceivePart> {
  const socket = createSocket({ type: isIPv6(address.host) ? 'udp6' : 'udp4', recvBufferSize: bufferBytes(context) });
  try {
    socket.bind(address.port, address.host);
    await once(socket, 'listening');
  } catch (error) {
    throw new HeedError('cannot_listen', `cannot listen for carbon on udp ${formatAddress(address)}: ${causeOf(error)}`, { cause: error });
  }
  // After binding, an error concerns one datagram only.
  socket.on('error', () => undefined);
  socket.on('message', (message, sender) => {
    const room = Buffer.allocUnsafe(message.length + 1);
    message.copy(room);
    take(room, 0, message.length, () => sender.address);
  });
  const bound = socket.address();
  return {
    listening: [{ protocol: 'carbon', transport: 'udp', address: bound.address, port: bound.port }],
    stop: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

function bufferBytes({ config }: ReceiveContext): number {
  return config.statsdOptions.receiveBufferMegabytes * 1_048_576;
}
