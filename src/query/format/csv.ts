import type { Row } from '../../core/frame.ts';
import { zoneOffset } from '../time/zone.ts';
import { type ByteWriter } from './byte-writer.ts';

/** Zones change their offset at quarters of an hour only. */
const QUARTER = 900_000;

/** `name,YYYY-MM-DD HH:MM:SS,value` with times of a zone; gaps are empty. Names are quoted where CSV asks for it. */
export function writeCsv(out: ByteWriter, rows: readonly Row[], timeZone: string): void {
  const wallClock = wallClocks(timeZone);
  for (const { name, start, step, values } of rows) {
    const quoted = /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
    for (let i = 0; i < values.length; i++) {
      out.text(`${quoted},${wallClock(start + i * step)},`);
      if (values[i] === values[i]) out.text(numberText(values[i]));
      out.text('\r\n');
    }
  }
}

/** A number as Python's text formats write it. */
export function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? 'inf' : '-inf';
}

function wallClocks(timeZone: string): (time: number) => string {
  let quarter = NaN;
  let offset = 0;
  return (time) => {
    const current = Math.floor(time / QUARTER);
    if (current !== quarter) {
      quarter = current;
      offset = zoneOffset(time, timeZone);
    }
    return new Date(time + offset).toISOString().slice(0, 19).replace('T', ' ');
  };
}
