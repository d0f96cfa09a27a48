import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type Address, formatAddress } from '../../../core/config/values.ts';
import { counterIndex } from '../../../core/counters.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import type { ReceiveContext, ReceivePart } from '../context.ts';
import type { LineParser } from './line.ts';

const NEWLINE = 10;
// One more than the largest datagram, for the newline that the last line may lack.
const LARGEST = 65_536;

/**
 * Listens for lines on UDP, many a datagram. There is nobody to make wait: what the store's queue has no room for is counted.
 * @throws HeedError `cannot_listen`
 */
export async function listenUdp(context: ReceiveContext, address: Address, parser: LineParser): Promise<ReceivePart> {
  const { counters, echo } = context;
  const packets = counterIndex('carbon.udp.packets');
  const byteCount = counterIndex('carbon.udp.bytes');
  const scratch = Buffer.alloc(LARGEST);
  const socket = createSocket({ type: address.host.includes(':') ? 'udp6' : 'udp4' });
  socket.on('message', (message, { address: host, port }) => {
    const now = Date.now();
    counters.values[packets]++;
    counters.values[byteCount] += message.length;
    if (echo.wants(now)) echo.note('carbon', 'udp', formatAddress({ host, port }), message, 0, message.length, now);
    let bytes = message;
    let end = message.length;
    if (end > 0 && bytes[end - 1] !== NEWLINE) {
      bytes = scratch;
      message.copy(bytes);
      bytes[end++] = NEWLINE;
    }
    for (let at = parser.parse(bytes, 0, end, now); at < end; at = parser.parse(bytes, at, end, now)) {
      counters.add('points.dropped.queue_full');
      at = bytes.indexOf(NEWLINE, at) + 1;
    }
  });
  try {
    socket.bind(address.port, address.host);
    await once(socket, 'listening');
  } catch (error) {
    throw new HeedError('cannot_listen', `cannot listen for carbon on udp://${formatAddress(address)}: ${causeOf(error)}`, { cause: error });
  }
  socket.on('error', () => undefined);
  widen(socket, context.config.statsdOptions.receiveBufferMegabytes * 1024 * 1024);
  const bound = socket.address();
  return {
    listening: [{ protocol: 'carbon', transport: 'udp', address: bound.address, port: bound.port }],
    stop: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

function widen(socket: ReturnType<typeof createSocket>, bytes: number): void {
  try {
    socket.setRecvBufferSize(bytes);
  } catch {
    // The kernel's default buffer it is: fewer packets fit, and what does not is counted by the kernel.
  }
}
