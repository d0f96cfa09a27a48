import { createSocket } from 'node:dgram';
import { connect, isIPv6, type Socket } from 'node:net';
import type { Address } from '../../../core/config/values.ts';
import type { CounterLane } from '../../../core/counters.ts';

/** Sends every packet on to other StatsD servers as it came. */
export interface Repeater {
  /** Takes the packet over: its memory must not be used again. */
  repeat(packet: Buffer): void;
  stop(): void;
}

/** Bytes that wait for one target at most. */
const QUEUE_BYTES = 4 * 1024 * 1024;
const RECONNECT_MS = 1000;
const NEWLINE = Buffer.from('\n');

interface Target {
  /** False when the packet was dropped because too much is waiting. */
  send(packet: Buffer): boolean;
  close(): void;
}

/** Opens the targets of `statsdOptions.repeat`; undefined when there are none. What a target cannot take is counted. */
export function startRepeater(addresses: Address[], counters: CounterLane): Repeater | undefined {
  if (addresses.length === 0) return undefined;
  const targets = addresses.map((address) => (address.transport === 'tcp' ? tcpTarget(address) : udpTarget(address)));
  return {
    repeat(packet) {
      for (const target of targets) if (!target.send(packet)) counters.add('statsd.dropped.repeater');
    },
    stop() {
      for (const target of targets) target.close();
    },
  };
}

function udpTarget({ host, port }: Address): Target {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  socket.on('error', () => undefined);
  socket.unref();
  return {
    send(packet) {
      if (socket.getSendQueueSize() > QUEUE_BYTES) return false;
      socket.send(packet, port, host, () => undefined);
      return true;
    },
    close: () => void socket.close(),
  };
}

/** Keeps one connection; while there is none, packets wait up to the bound. */
function tcpTarget({ host, port }: Address): Target {
  let socket: Socket;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const open = (): void => {
    socket = connect({ host, port, noDelay: true });
    socket.unref();
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (!closed) timer = setTimeout(open, RECONNECT_MS).unref();
    });
  };
  open();
  return {
    send(packet) {
      if (socket.destroyed || socket.writableLength > QUEUE_BYTES) return false;
      socket.write(packet);
      if (packet.at(-1) !== NEWLINE[0]) socket.write(NEWLINE);
      return true;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket.end();
    },
  };
}
