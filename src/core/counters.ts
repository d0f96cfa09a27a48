/**
 * Heed's own counters, shared by all threads. Each thread writes a lane of its own, so nothing is locked and nothing is
 * lost; a reading sums the lanes. Counts only grow. They become the series `heed.<name>` at every flush.
 */
export const COUNTERS = [
  'statsd.udp.packets',
  'statsd.udp.bytes',
  'statsd.tcp.packets',
  'statsd.tcp.bytes',
  'statsd.unix.packets',
  'statsd.unix.bytes',
  'statsd.lines',
  'statsd.series',
  'statsd.events',
  'statsd.service_checks',
  'statsd.flushes',
  'statsd.dropped.bad_line',
  'statsd.dropped.too_many_series',
  'statsd.dropped.too_many_members',
  'statsd.dropped.too_many_samples',
  'statsd.dropped.kernel',
  'statsd.dropped.repeater',
  'statsd.dropped.too_long',
  'statsd.dropped.connections',
  'statsd.dropped.facts',
  'carbon.tcp.bytes',
  'carbon.udp.packets',
  'carbon.udp.bytes',
  'carbon.pickle.bytes',
  'carbon.pickle.messages',
  'carbon.lines',
  'carbon.pickle.points',
  'carbon.connections',
  'carbon.dropped.bad_line',
  'carbon.dropped.not_a_number',
  'carbon.dropped.bad_name',
  'carbon.dropped.blacklist',
  'carbon.dropped.whitelist',
  'carbon.dropped.bad_pickle',
  'carbon.dropped.too_long',
  'carbon.dropped.kernel',
  'carbon.dropped.connections',
  'carbon.dropped.table_full',
  'forward.points',
  'forward.spooled_bytes',
  'forward.dropped.spool_full',
  'forward.dropped.queue_full',
  'points.received',
  'points.stored',
  'points.filled',
  'points.blocks_sealed',
  'points.blocks_compacted',
  'points.blocks_rolled_up',
  'points.dropped.bad_name',
  'points.dropped.too_many_series',
  'points.dropped.too_old',
  'points.dropped.in_future',
  'points.dropped.queue_full',
  'points.dropped.disk_full',
  'points.damaged_blocks',
  'points.damaged_records',
  'facts.stored',
  'facts.dropped.queue_full',
  'facts.dropped.disk_full',
  'facts.dropped.bad_fact',
  'facts.dropped.write_failed',
  'errors.stored',
  'errors.discarded',
  'errors.dropped.queue_full',
  'errors.dropped.disk_full',
  'errors.dropped.bad_event',
  'errors.dropped.write_failed',
  'jobs.check_ins',
  'jobs.dropped.too_many_jobs',
  'jobs.dropped.write_failed',
  'feedback.stored',
  'feedback.dropped.write_failed',
  'feedback.dropped.too_many',
  'attachments.stored',
  'attachments.bytes',
  'attachments.dropped.too_large',
  'attachments.dropped.too_many',
  'attachments.dropped.no_event',
  'attachments.dropped.no_room',
  'attachments.dropped.write_failed',
  'http.requests',
  'http.errors',
  'query.renders',
  'query.refused',
  'query.timed_out',
  'sentry.requests',
  'sentry.bytes',
  'sentry.events',
  'sentry.dropped.bad_key',
  'sentry.dropped.foreign_origin',
  'sentry.dropped.bad_request',
  'sentry.dropped.bad_item',
  'sentry.dropped.too_large',
  'sentry.dropped.rate_limited',
  'sentry.dropped.day_full',
  'sentry.dropped.queue_full',
  'sentry.dropped.too_many_names',
  'sentry.not_kept.nel',
  'sentry.not_kept.noise',
  'sentry.not_kept.profile',
  'sentry.not_kept.replay',
  'sentry.not_kept.span',
  'sentry.not_kept.other',
] as const;
export type CounterName = (typeof COUNTERS)[number];

/** Threads that count; each has a lane. */
export const LANES = ['main', 'receive', 'points', 'query', 'long_query', 'facts', 'errors'] as const;
export type Lane = (typeof LANES)[number];

const INDEX = new Map<string, number>(COUNTERS.map((name, index) => [name, index]));

/** The position of a counter inside a lane, for hot paths that add to `lane.values[index]` themselves. */
export function counterIndex(name: CounterName): number {
  return INDEX.get(name) as number;
}

/** Makes the memory that all threads' counters share. */
export function allocateCounters(): SharedArrayBuffer {
  return new SharedArrayBuffer(COUNTERS.length * LANES.length * 8);
}

/** One thread's lane: only that thread may add to it. */
export class CounterLane {
  readonly values: Float64Array;

  constructor(memory: SharedArrayBuffer, lane: Lane) {
    this.values = new Float64Array(memory, LANES.indexOf(lane) * COUNTERS.length * 8, COUNTERS.length);
  }

  add(name: CounterName, amount = 1): void {
    this.values[INDEX.get(name) as number] += amount;
  }
}

/** Sums of all lanes, by counter name. */
export function readCounters(memory: SharedArrayBuffer): Record<CounterName, number> {
  const all = new Float64Array(memory);
  const sums = {} as Record<CounterName, number>;
  for (let i = 0; i < COUNTERS.length; i++) {
    let sum = 0;
    for (let lane = 0; lane < LANES.length; lane++) sum += all[lane * COUNTERS.length + i];
    sums[COUNTERS[i]] = sum;
  }
  return sums;
}
