import { createSocket } from 'node:dgram';
import type { Address } from '../../../core/config/values.ts';
import { formatAddress } from '../../../core/config/values.ts';
import { causeOf, HeedError } from '../../../core/errors.ts';
import { isIPv6 } from 'node:net';
import type { Listening, ReceiveContext, ReceivePart } from '../context.ts';
import type { Libc } from '../udp/libc.ts';
import { startPump } from '../udp/pump.ts';
import { openDatagramSocket, type DatagramSocket } from '../udp/socket.ts';
import type { Door } from './door.ts';
import { makeSlots } from './slots.ts';

/** Datagram listeners, and what the kernel dropped before we could take it. */
export interface DatagramPart extends ReceivePart {
  /** Adds the kernel's drops since the last call to the counters. */
  countDrops(): void;
}

function bufferBytes({ config }: ReceiveContext): number {
  return Math.round(config.statsdOptions.receiveBufferMegabytes * 1_048_576);
}

/** Takes datagrams in batches straight from the kernel into the parser's memory. */
export async function listenFast(libc: Libc, context: ReceiveContext, door: Door, addresses: Address[]): Promise<DatagramPart> {
  const sockets: DatagramSocket[] = [];
  try {
    for (const address of addresses) sockets.push(await openDatagramSocket(libc, address, bufferBytes(context)));
  } catch (error) {
    for (const socket of sockets) socket.close();
    throw error;
  }
  const told = sockets.map(() => 0);
  const countDrops = (): void =>
    sockets.forEach((socket, i) => {
      const drops = socket.kernelDrops();
      // The kernel counts in 32 bits.
      context.counters.add('statsd.dropped.kernel', (drops - told[i]) >>> 0);
      told[i] = drops;
    });
  const pump =
    sockets.length > 0
      ? startPump(
          libc,
          sockets,
          makeSlots(libc, door.aggregation, (received, socket) => door.packets(received, socket)),
        )
      : undefined;
  return {
    listening: sockets.map(({ transport, address, port }): Listening => ({ protocol: 'statsd', transport, address, port })),
    countDrops,
    async stop() {
      pump?.stop();
      countDrops();
      for (const socket of sockets) socket.close();
    },
  };
}

/** Where the fast way is not there (other systems): Node's UDP sockets, the same parser. */
export async function listenPlainly(context: ReceiveContext, door: Door, addresses: Address[]): Promise<DatagramPart> {
  const parts = await Promise.all(addresses.map((address) => listenOnce(context, door, address)));
  return {
    listening: parts.map(({ listening }) => listening),
    countDrops: () => undefined,
    async stop() {
      await Promise.all(parts.map((part) => part.close()));
    },
  };
}

async function listenOnce(context: ReceiveContext, door: Door, address: Address): Promise<{ listening: Listening; close(): Promise<void> }> {
  if (address.transport === 'unix') throw new HeedError('cannot_listen', `cannot listen on unixgram ${address.path}: Unix datagram sockets need 64-bit Linux`);
  const socket = createSocket({
    type: isIPv6(address.host) ? 'udp6' : 'udp4',
    recvBufferSize: bufferBytes(context),
  });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(address.port, address.host, () => {
        socket.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    throw new HeedError('cannot_listen', `cannot listen on udp ${formatAddress(address)}: ${causeOf(error)}`, { cause: error });
  }
  // After binding, an error concerns one datagram only.
  socket.on('error', () => undefined);
  socket.on('message', (message, sender) => door.lines('udp', sender.address, message, 0, message.length));
  const bound = socket.address();
  return {
    listening: { protocol: 'statsd', transport: 'udp', address: bound.address, port: bound.port },
    close: () => new Promise((resolve) => socket.close(resolve)),
  };
}
