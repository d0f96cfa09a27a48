import { decodePickle, type PickleValue } from '../../signals/metrics/carbon/pickle.ts';
import type { EchoLine } from '../contract.ts';
import { printable } from './printable.ts';
import { bytesText, plural } from './words.ts';

/** Longest pickle that carbon takes; a first number beyond it is no length. */
const MOST_BYTES = 1_048_576;

type Told = Pick<EchoLine, 'text' | 'taken' | 'verdict' | 'fault' | 'series'>;

/** Says what a noted piece of a pickle connection holds: its points where all of it was noted, else how much came. */
export function explainPickle(bytes: Uint8Array): Told {
  const length = bytes.length < 4 ? Infinity : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (length > MOST_BYTES) return told('part of a pickle', 'taken, part of a Graphite pickle');
  if (bytes.length < 4 + length) return told(`pickle of ${bytesText(length)}`, 'taken, Graphite pickle');
  try {
    const items = decodePickle(bytes.subarray(4, 4 + length));
    if (!Array.isArray(items)) return refused();
    const [name, point] = Array.isArray(items[0]) ? items[0] : [];
    const [time, value] = Array.isArray(point) ? point : [];
    const first = items.length === 0 ? '' : `: ${textOf(name)} ${textOf(value)} ${textOf(time)}${items.length > 1 ? ' …' : ''}`;
    return { ...told(printable(`${plural(items.length, 'point')}${first}`).text, 'taken, Graphite pickle'), series: textOf(name) };
  } catch {
    return refused();
  }
}

function told(text: string, verdict: string): Told {
  return { text, taken: true, verdict, fault: null, series: '' };
}

function refused(): Told {
  return { ...told('pickle', 'dropped: not a list of (name, (time, value)), or damaged'), taken: false };
}

function textOf(value: PickleValue | undefined): string {
  if (value !== null && typeof value === 'object' && 'bytes' in value) return new TextDecoder().decode(value.bytes.subarray(value.start, value.end));
  return typeof value === 'number' ? String(value) : '';
}
