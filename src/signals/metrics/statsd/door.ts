import type { EchoNote } from '../echo.ts';
import type { ReceiveContext } from '../context.ts';
import { Aggregation } from './aggregation.ts';
import { factOf } from './facts.ts';
import type { Repeater } from './repeat.ts';
import { copySlot, NAMED_SLOTS, senderOf, slotAt } from './slots.ts';
import type { DatagramSocket } from '../udp/socket.ts';

type Transport = EchoNote['transport'];

/** Where every listener brings what it received: counts it, lets the echo see it, aggregates it. */
export class Door {
  readonly aggregation: Aggregation;
  readonly #context: ReceiveContext;
  /** Gets a copy of every packet. */
  readonly #repeater: Repeater | undefined;
  /** Since the last flush. */
  #packets = 0;
  #badLines = 0;
  #lines = 0;
  /** Since the start, for the admin interface. */
  badLinesEver = 0;
  /** When the last packet came, milliseconds since 1970; NaN before the first. */
  lastPacket = Number.NaN;

  /** `slots` is for recvmmsg, 0 where datagrams come another way. */
  constructor(context: ReceiveContext, slots: number, repeater?: Repeater) {
    this.#context = context;
    this.#repeater = repeater;
    const { statsdOptions, histograms } = context.config;
    this.aggregation = new Aggregation({
      maxSeries: statsdOptions.maxSeries,
      sanitize: statsdOptions.keyNameSanitize,
      histograms,
      slots,
      factLine: (line) => this.#fact(line),
    });
  }

  /** Takes a batch of datagrams from the slots. */
  packets(received: number, socket: Pick<DatagramSocket, 'transport'>): void {
    const { aggregation } = this;
    const { counters, echo } = this.#context;
    const now = Date.now();
    for (let i = 0; i < received && i < NAMED_SLOTS && echo.wants(now); i++) {
      const { start, end } = slotAt(aggregation, i);
      echo.note('statsd', socket.transport, senderOf(aggregation, i), aggregation.memory, start, end, now);
    }
    if (this.#repeater) for (let i = 0; i < received; i++) this.#repeater.repeat(copySlot(aggregation, i));
    aggregation.packets(received);
    this.#count(socket.transport, received, aggregation.wasm.batchBytes.value, now);
    const cut = aggregation.wasm.cutPackets.value;
    if (cut > 0) counters.add('statsd.dropped.too_long', cut);
  }

  /** Takes whole lines from a stream, or a datagram that came another way; at most INPUT_BYTES. */
  lines(transport: Transport, from: string, bytes: Uint8Array, start: number, end: number): void {
    const now = Date.now();
    this.#context.echo.note('statsd', transport, from, bytes, start, end, now);
    this.#repeater?.repeat(Buffer.from(bytes.subarray(start, end)));
    this.aggregation.lines(bytes, start, end);
    this.#count(transport, 1, end - start, now);
  }

  #count(transport: Transport, packets: number, bytes: number, now: number): void {
    this.#packets += packets;
    this.lastPacket = now;
    this.#context.counters.add(`statsd.${transport}.packets`, packets);
    this.#context.counters.add(`statsd.${transport}.bytes`, bytes);
  }

  #fact(line: string): void {
    const { counters } = this.#context;
    const fact = factOf(line, Date.now());
    if (!fact) {
      this.badLinesEver++;
      this.#badLines++;
      counters.add('statsd.dropped.bad_line');
      return;
    }
    counters.add(fact.kind === 'event' ? 'statsd.events' : 'statsd.service_checks');
    if (!this.#context.fact(fact)) counters.add('statsd.dropped.facts');
  }

  /** Brings Heed's counters up to date; called every second or so. */
  settle(): void {
    const counts = this.aggregation.takeCounts();
    const { counters } = this.#context;
    counters.add('statsd.lines', counts.lines);
    counters.add('statsd.dropped.bad_line', counts.badLines);
    counters.add('statsd.dropped.too_many_series', counts.refused);
    counters.add('statsd.dropped.too_many_members', counts.membersDropped);
    counters.add('statsd.dropped.too_many_samples', counts.samplesDropped);
    counters.add('statsd.series', counts.newSeries);
    this.#lines += counts.lines;
    this.#badLines += counts.badLines;
    this.badLinesEver += counts.badLines;
  }

  /** Something came since the last flush. */
  get hasNews(): boolean {
    return this.#packets > 0;
  }

  /** Upstream's own counters since the last call. */
  takeOwn(): { packets: number; lines: number; badLines: number } {
    this.settle();
    const own = { packets: this.#packets, lines: this.#lines, badLines: this.#badLines };
    this.#packets = this.#lines = this.#badLines = 0;
    return own;
  }
}
