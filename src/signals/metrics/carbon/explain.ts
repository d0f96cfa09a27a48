import { formatTagged, parseTagged } from '../../../core/tagged.ts';
import { checkName } from '../../../intake/names.ts';
import { readNumber } from './number.ts';

/** What becomes of one line, for the packet echo. */
export interface CarbonVerdict {
  taken: boolean;
  /** For people, e.g. `taken, Graphite line` or `dropped: not a number; write 0.42 with a point`. */
  verdict: string;
  /** Start and end of the characters that are wrong. */
  fault: [number, number] | null;
  /** The series it is stored as before rewrite rules; empty when dropped. */
  series: string;
}

/** Says what the line parser does with a line, and why. Black and white lists and the store's own limits are not asked. */
export function explainCarbonLine(line: string): CarbonVerdict {
  const text = line.replace(/\r?\n?$/, '');
  // oxlint-disable-next-line no-control-regex
  const control = /[\u0000-\u0008\u000a-\u001f\u007f]/.exec(text);
  if (control) return dropped('a control character', control.index, control.index + 1);
  const fields = [...text.matchAll(/[^ \t]+/g)].map((found) => ({ text: found[0], start: found.index, end: found.index + found[0].length }));
  if (fields.length === 0) return { taken: false, verdict: 'empty line', fault: null, series: '' };
  if (fields.length !== 3) {
    const fault = fields.length > 3 ? fields[3].start : 0;
    return dropped('three fields needed: name value time', fault, text.length);
  }
  const [name, value, time] = fields;
  const seconds = readNumber(time.text);
  if (seconds === undefined || !Number.isFinite(seconds)) return dropped('not a time; write seconds since 1970, or -1 for now', time.start, time.end);
  const number = readNumber(value.text);
  if (number === undefined) return dropped(`not a number${hint(value.text)}`, value.start, value.end);
  if (Number.isNaN(number)) return dropped('NaN is no value', value.start, value.end);
  const tagged = parseTagged(name.text);
  if (!tagged) return dropped('bad tags; write name;key=value', name.start, name.end);
  const series = formatTagged(tagged);
  const refused = checkName(name.text) ?? checkName(series);
  if (refused !== undefined) return dropped(`bad name: ${refused}`, name.start, name.end);
  return { taken: true, verdict: seconds > 1e11 ? 'taken, Graphite line; its time looks like milliseconds' : 'taken, Graphite line', fault: null, series };
}

function dropped(why: string, start: number, end: number): CarbonVerdict {
  return { taken: false, verdict: `dropped: ${why}`, fault: [start, end], series: '' };
}

/** What to write instead, where it can be guessed. */
function hint(value: string): string {
  if (/^[+-]?\d+,\d+$/.test(value)) return `; write ${value.replace(',', '.')} with a point`;
  if (/\|(c|ms|g|s|h|d)\b/.test(value)) return '; StatsD lines go to the StatsD port';
  const unit = /^([+-]?\d+(?:\.\d+)?)[a-z%]+$/i.exec(value);
  if (unit && !/^[+-]?0x/i.test(value)) return `; write ${unit[1]} without a unit`;
  return '';
}
