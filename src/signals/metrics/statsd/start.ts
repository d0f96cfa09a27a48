import { HeedError } from '../../../core/errors.ts';
import { Kind } from '../../../core/series.ts';
import type { ReceiveContext, ReceivePart } from '../context.ts';
import { loadLibc } from '../udp/libc.ts';
import { startAdmin } from './admin.ts';
import { listenFast, listenPlainly } from './datagrams.ts';
import { Door } from './door.ts';
import { boundaryAt, startFlushClock } from './flush-clock.ts';
import { Flusher, type FlushReport } from './flush.ts';
import { readHistograms } from './histograms.ts';
import { Outputs } from './output.ts';
import { startRepeater } from './repeat.ts';
import { SLOT_COUNT } from './slots.ts';
import { listenStream } from './streams.ts';

/** Counters and drops reach the shared memory this often. */
const SETTLE_MS = 1000;

export interface StatsdPart extends ReceivePart {
  seriesInUse(): number;
  /** Ends the interval now and stores it at `time`; for tests and the stop. Does nothing while a flush goes on. */
  flush(time: number): Promise<void>;
}

interface FlushState {
  flushing: Promise<void> | undefined;
  /** When the last flush began, milliseconds since 1970. */
  flushedAt: number;
  last: FlushReport;
}

/**
 * Listens for StatsD where the config says, aggregates, and flushes into the store at every multiple of the flush interval.
 * A test may give a clock of its own.
 * @throws HeedError `cannot_listen`; what was bound before is closed
 */
export async function startStatsd(context: ReceiveContext, startClock = startFlushClock): Promise<StatsdPart> {
  const { config, counters, points } = context;
  const libc = loadLibc();
  const addresses = config.statsd;
  const isDatagram = ({ transport, datagram }: (typeof addresses)[number]): boolean => transport === 'udp' || datagram === true;
  const door = new Door(context, libc && addresses.some(isDatagram) ? SLOT_COUNT : 0);
  const flusher = new Flusher(door.aggregation, new Outputs(config, readHistograms(config.statsdOptions.histogram)), points, counters, config);
  const ownKey = (name: string): string => (config.statsdOptions.prefixStats === '' ? name : `${config.statsdOptions.prefixStats}.${name}`);
  const state: FlushState = { flushing: undefined, flushedAt: Number.NaN, last: { stats: 0, points: 0, workMs: 0, wallMs: 0 } };
  const parts: ReceivePart[] = [];

  const runFlush = async (time: number): Promise<void> => {
    const { aggregation } = door;
    const own = door.takeOwn();
    aggregation.add(Kind.counter, ownKey('bad_lines_seen'), own.badLines);
    aggregation.add(Kind.counter, ownKey('packets_received'), own.packets);
    aggregation.add(Kind.counter, ownKey('metrics_received'), own.lines);
    const now = Date.now();
    if (!Number.isNaN(state.flushedAt)) aggregation.add(Kind.gauge, ownKey('timestamp_lag'), Math.round((now - state.flushedAt) / 1000 - config.flush) || 0);
    state.flushedAt = now;
    const report = await flusher.flush(time);
    counters.add('statsd.flushes');
    await flusher.own({
      numStats: report.stats,
      processing_time: Math.round(report.workMs),
      'graphiteStats.calculationtime': Math.round(report.workMs),
      // What upstream tells of its connection to Graphite, told of the hand-over to the store; the length is in points.
      'graphiteStats.last_exception': 0,
      'graphiteStats.last_flush': Math.round(time / 1000),
      'graphiteStats.flush_time': Math.round(state.last.wallMs),
      'graphiteStats.flush_length': state.last.points,
    });
    state.last = report;
  };
  const flush = (time: number): Promise<void> =>
    (state.flushing ??= runFlush(time).finally(() => {
      state.flushing = undefined;
    }));

  let stopClock = (): void => undefined;
  let stopSettling = (): void => undefined;
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= end());
  const end = async (): Promise<void> => {
    stopClock();
    stopSettling();
    await Promise.all(parts.map((part) => part.stop()));
    await state.flushing;
    // The interval that was cut short belongs to the boundary that it would have reached.
    const intervalMs = config.flush * 1000;
    if (door.lastPacket >= state.flushedAt || (Number.isNaN(state.flushedAt) && !Number.isNaN(door.lastPacket)))
      await flush(boundaryAt(Date.now() + intervalMs / 2, intervalMs));
    door.settle();
  };
  try {
    const repeater = startRepeater(config.statsdOptions.repeat, counters);
    if (repeater) parts.push(repeater);
    door.repeater = repeater;
    const datagrams = addresses.filter(isDatagram);
    const datagramPart = libc ? await listenFast(libc, context, door, datagrams) : await listenPlainly(context, door, datagrams);
    parts.unshift(datagramPart);
    for (const address of addresses) if (!isDatagram(address)) parts.unshift(await listenStream(context, address, door));
    for (const address of config.statsdAdmin) parts.unshift(await startAdmin(address, { config, door, flusher, flushes: state }));
    const settling = setInterval(() => {
      door.settle();
      datagramPart.countDrops();
    }, SETTLE_MS).unref();
    stopSettling = () => clearInterval(settling);
    const clock = startClock(config.flush * 1000, (boundary) => void flush(boundary));
    stopClock = () => clock.stop();
  } catch (error) {
    await stop();
    throw error instanceof HeedError ? error : new HeedError('cannot_listen', `cannot start StatsD: ${String(error)}`, { cause: error });
  }
  return { listening: parts.flatMap(({ listening }) => listening), stop, flush, seriesInUse: () => door.aggregation.seriesInUse };
}
