import { parameterise } from './parameterise.ts';

const LINE_ENDS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** A message as it is grouped by: its first two lines that are not empty, with values replaced by their kind. */
export function normaliseMessage(message: string): string {
  return parameterise(firstLines(message));
}

function firstLines(message: string): string {
  const lines = message
    .split(LINE_ENDS, 1000)
    .filter((line) => line.trim() !== '')
    .slice(0, 2);
  const first = lines.join('\n');
  return first === message ? message : `${first}...`;
}
