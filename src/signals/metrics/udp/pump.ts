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
/** A batch that took longer to read than this makes the next ones smaller: a flood of broken lines must not keep the thread. */
const LONG_BATCH_MS = 2;
/** A batch below this share of the slots is worth a nap: the next one will be larger, and a system call costs as much as 20 lines. */
const SMALL_SHARE = 0.5;
/** So few datagrams at once need no nap: the traffic is light, and waiting for readability costs less. */
const LIGHT = 3;
/** A stop takes what the kernel still holds, for so long at most. */
const LAST_READ_MS = 500;
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
  /** The loop takes batch after batch and does not wait for readability. */
  let draining = false;
  /** Datagrams of the next batch at most. */
  let most = slots.count;
  const watches: Watch[] = sockets.map((socket) =>
    libc.watch(socket.fd, () => {
      if (!draining) turn();
    }),
  );

  /** Takes one batch: 0 when that was all, 1 when there is more to come but a nap is worth it, 2 when more is waiting. */
  function receive(socket: DatagramSocket): number {
    const asked = most;
    slots.prepare();
    const received = libc.recvmmsg(socket.fd, slots.headers, asked, 0, null);
    if (received <= 0) return 0;
    const start = performance.now();
    slots.take(received, socket);
    most = performance.now() - start > LONG_BATCH_MS ? Math.max(1, asked >> 1) : Math.min(slots.count, asked * 2);
    if (received >= asked * SMALL_SHARE) return 2;
    return received > LIGHT ? 1 : 0;
  }

  function turn(): void {
    if (!running) return;
    const end = performance.now() + TURN_MS;
    let load: number;
    do {
      load = 0;
      for (const socket of sockets) load = Math.max(load, receive(socket));
      if (load === 1) Atomics.wait(nap, 0, 0, napMs);
    } while (load > 0 && performance.now() < end);
    if (load > 0) {
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
      const end = performance.now() + LAST_READ_MS;
      for (const socket of sockets) while (receive(socket) > 0 && performance.now() < end);
    },
  };
}
