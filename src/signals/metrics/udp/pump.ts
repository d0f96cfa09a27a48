import type { DatagramSocket } from './socket.ts';
import type { Libc, Watch } from './libc.ts';

/** Where recvmmsg puts datagrams: slots inside a parser's memory. */
export interface Slots {
  count: number;
  /** Takes the first `received` slots' datagrams. */
  take(received: number, socket: DatagramSocket): void;
  /** Address of the mmsghdr table. */
  headers: bigint;
  /** Called before each call of recvmmsg. */
  prepare(): void;
}

/** The longest stretch of receiving before other work gets a turn. */
const TURN_MS = 2;
/** A batch below this share of the slots is worth a nap: the next one will be larger, and a system call costs as much as 20 lines. */
const SMALL_SHARE = 0.5;
/** So few datagrams at once need no nap: the traffic is light, and waiting for readability costs less. */
const LIGHT = 3;
/** A datagram of some 350 bytes takes this much kernel memory, and loopback can bring this many a millisecond. */
const BYTES_EACH = 1280;
const WORST_PER_MS = 400;
const LONGEST_NAP_MS = 0.5;

/**
 * Takes datagrams from sockets in large batches on the thread's event loop. While nothing comes it costs nothing: the loop waits
 * for readability. Under load it drains, naps a fraction of a millisecond, drains again, and lets the loop turn every two milliseconds.
 */
export function startPump(libc: Libc, sockets: DatagramSocket[], slots: Slots): { stop(): void } {
  const nap = new Int32Array(new SharedArrayBuffer(4));
  const smallest = Math.min(...sockets.map((socket) => socket.receiveBuffer));
  // Napping longer than it takes to fill half the kernel's buffer would lose datagrams.
  const napMs = Math.min(LONGEST_NAP_MS, smallest / BYTES_EACH / WORST_PER_MS / 2);
  let running = true;
  let draining = false;
  const watches: Watch[] = sockets.map((socket) => libc.watch(socket.fd, wake));

  function wake(): void {
    if (draining || !running) return;
    turn();
  }

  function turn(): void {
    if (!running) return;
    const end = performance.now() + TURN_MS;
    let most: number;
    do {
      most = 0;
      for (const socket of sockets) {
        slots.prepare();
        const received = libc.recvmmsg(socket.fd, slots.headers, slots.count, 0, null);
        if (received <= 0) continue;
        if (received > most) most = received;
        slots.take(received, socket);
      }
      if (most > LIGHT && most < slots.count * SMALL_SHARE) Atomics.wait(nap, 0, 0, napMs);
    } while (most > LIGHT && performance.now() < end);
    if (most > LIGHT) {
      if (!draining) for (const watch of watches) watch.pause();
      draining = true;
      setImmediate(turn);
    } else if (draining) {
      draining = false;
      for (const watch of watches) watch.resume();
    }
  }

  return {
    /** Takes what the kernel still holds, then stops. */
    stop() {
      if (!running) return;
      running = false;
      for (const watch of watches) watch.close();
      for (const socket of sockets) {
        for (let i = 0; i < 64; i++) {
          slots.prepare();
          const received = libc.recvmmsg(socket.fd, slots.headers, slots.count, 0, null);
          if (received <= 0) break;
          slots.take(received, socket);
        }
      }
    },
  };
}
