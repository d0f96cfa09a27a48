import { canonicalName } from './whisper-name.ts';

/** A Graphite line, read. */
export interface DumpLine {
  name: string;
  /** Seconds. */
  time: number;
  value: number;
}

const MAX_TIME = 0xffff_ffff;

/** Reads `name value timestamp`, as carbon does; `now` (seconds) is what a time of -1 means. Undefined for a blank line. */
export function parseDumpLine(text: string, now: number): DumpLine | { problem: string } | undefined {
  const fields = text.trim().split(/\s+/);
  if (fields[0] === '') return undefined;
  if (fields.length !== 3) return { problem: `${fields.length} fields, not name, value and time` };
  const [, valueText, timeText] = fields;
  const named = canonicalName(fields[0]);
  if ('problem' in named) return { problem: named.problem };
  const value = numberOf(valueText);
  if (Number.isNaN(value)) return { problem: `'${valueText.slice(0, 40)}' is not a number` };
  const stamp = numberOf(timeText);
  const time = stamp === -1 ? now : Math.floor(stamp);
  if (!(time >= 0 && time <= MAX_TIME)) return { problem: `'${timeText.slice(0, 40)}' is no time in seconds since 1970` };
  return { name: named.name, time, value };
}

/** A decimal number, or infinity as Python writes it; NaN for anything else. */
function numberOf(text: string): number {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  const infinity = /^([+-]?)inf(?:inity)?$/i.exec(text);
  return infinity ? (infinity[1] === '-' ? -Infinity : Infinity) : NaN;
}
