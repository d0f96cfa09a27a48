import type { Address } from '../../../core/config/values.ts';
import type { ReceiveContext, ReceivePart } from '../context.ts';
import { loadLibc } from '../udp/libc.ts';
import { startAdmin } from './admin.ts';
import { listenFast, listenPlainly } from './datagrams.ts';
import { Door } from './door.ts';
import { startFlushClock } from './flush-clock.ts';
import { Flusher } from './flush.ts';
import { readHistograms } from './histograms.ts';
import { Interval } from './interval.ts';
import { Outputs } from './output.ts';
import { startRepeater } from './repeat.ts';
import { SLOT_COUNT } from './slots.ts';
import { listenStream } from './streams.ts';

/** Counters and the kernel's drops reach the shared memory this often. */
const SETTLE_MS = 1000;

export interface StatsdPart extends ReceivePart {
  /** Names that are aggregated at present. */
  seriesInUse(): number;
  /** Ends the interval now and stores it at `time`; while a flush goes on it only waits for that. */
  flush(time: number): Promise<void>;
}

/**
 * Listens for StatsD where the config says, aggregates, and flushes into the store at every multiple of the flush interval.
 * A test may give a clock of its own.
 * @throws HeedError `cannot_listen` or `bad_option`; what was bound before is closed
 */
export async function startStatsd(context: ReceiveContext, startClock = startFlushClock): Promise<StatsdPart> {
  const { config, counters, points } = context;
  if (config.statsd.length === 0) return { listening: [], stop: async () => undefined, flush: async () => undefined, seriesInUse: () => 0 };
  const outputs = new Outputs(config, readHistograms(config.statsdOptions.histogram));
  const libc = loadLibc();
  const datagrams = config.statsd.filter(isDatagram);
  const repeater = startRepeater(config.statsdOptions.repeat, counters);
  const door = new Door(context, libc && datagrams.length > 0 ? SLOT_COUNT : 0, repeater);
  const flusher = new Flusher(door.aggregation, outputs, points, counters, config);
  const interval = new Interval(config, counters, door, flusher);
  const parts: ReceivePart[] = [];
  const timers: { stop(): void }[] = [];
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= end());
  const end = async (): Promise<void> => {
    for (const timer of timers) timer.stop();
    await Promise.all(parts.map((part) => part.stop()));
    await interval.finish();
    repeater?.stop();
  };
  try {
    const datagramPart = await (libc ? listenFast(libc, context, door, datagrams) : listenPlainly(context, door, datagrams));
    parts.push(datagramPart);
    for (const address of config.statsd) if (!isDatagram(address)) parts.push(await listenStream(context, address, door));
    for (const address of config.statsdAdmin) parts.push(await startAdmin(address, { config, door, flusher, interval }));
    const settling = setInterval(() => {
      door.settle();
      datagramPart.countDrops();
    }, SETTLE_MS).unref();
    timers.push({ stop: () => clearInterval(settling) });
    timers.push(startClock(config.flush * 1000, (boundary) => void interval.flush(boundary)));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    listening: parts.flatMap(({ listening }) => listening),
    stop,
    flush: (time) => interval.flush(time),
    seriesInUse: () => door.aggregation.seriesInUse,
  };
}

function isDatagram({ transport, datagram }: Address): boolean {
  return transport === 'udp' || datagram === true;
}
