import type { HeedConfig } from '../../core/config/config.ts';
import type { EchoNote } from '../../signals/metrics/echo.ts';
import { explainCarbonLine } from '../../signals/metrics/carbon/explain.ts';
import { explainOptions, explainStatsdLine, type ExplainOptions } from '../../signals/metrics/statsd/explain.ts';
import type { EchoLine } from '../contract.ts';
import type { ReceiverView } from '../deps.ts';
import { explainPickle } from './explain-pickle.ts';
import { printable } from './printable.ts';

/** A note holds at most 2,048 bytes, so its lines' ids never meet the next note's. */
const IDS_A_NOTE = 4096;
const MOST_BYTES = 2048;

interface Verdict {
  taken: boolean;
  verdict: string;
  fault: [number, number] | null;
  series: string;
}

/** The packet echo: received pieces as lines, each with what became of it. Nothing is kept here. */
export class EchoState {
  readonly #receiver: ReceiverView;
  readonly #options: ExplainOptions;

  constructor(receiver: ReceiverView, config: HeedConfig) {
    this.#receiver = receiver;
    this.#options = explainOptions(config);
  }

  /** Lines after the one with id `after`, oldest first. */
  async since(after: number): Promise<EchoLine[]> {
    // The note that holds `after` may hold more lines.
    const notes = await this.#receiver.echo(Math.floor(after / IDS_A_NOTE) - 1);
    return notes.flatMap((note) => linesOf(note, this.#options)).filter(({ id }) => id > after);
  }
}

function linesOf(note: EchoNote, options: ExplainOptions): EchoLine[] {
  const common = { time: note.time, transport: note.transport, protocol: note.protocol, from: withoutPort(note.from) };
  if (note.protocol === 'pickle') return [{ id: note.id * IDS_A_NOTE + 1, ...common, ...explainPickle(note.bytes) }];
  const explain = (line: string): Verdict => (note.protocol === 'statsd' ? explainStatsdLine(line, options) : explainCarbonLine(line));
  return splitLines(note).map((line, index) => ({ id: note.id * IDS_A_NOTE + index + 1, ...common, ...explained(line, explain(line)) }));
}

/** `127.0.0.1` of `127.0.0.1:40312`, `::1` of `[::1]:40312`; a bare address or path stays. */
function withoutPort(from: string): string {
  return /^\[(.+)\]:\d+$/.exec(from)?.[1] ?? /^([^:]+):\d+$/.exec(from)?.[1] ?? from;
}

/** Whole lines of a note. A last line without an end is left out where it may go on in what was not noted. */
function splitLines({ bytes, transport }: EchoNote): string[] {
  const lines = new TextDecoder().decode(bytes).split('\n');
  const cut = lines.length > 1 && (transport !== 'udp' || bytes.length >= MOST_BYTES);
  if (cut) lines.pop();
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)).filter((line) => line !== '');
}

function explained(line: string, { taken, verdict, fault, series }: Verdict): Pick<EchoLine, 'text' | 'taken' | 'verdict' | 'fault' | 'series'> {
  const { text, at } = printable(line);
  return { text, taken, verdict, fault: fault && [at(fault[0]), at(fault[1])], series };
}
