export const FILTERED = '[Filtered]';

/** A piece of a text that is to be replaced. */
export interface Range {
  start: number;
  end: number;
  text: string;
}

/** The text with its ranges replaced; of those that overlap, the union by the first one's text. */
export function replaceRanges(text: string, ranges: Range[]): string {
  if (ranges.length === 0) return text;
  let out = '';
  let at = 0;
  let open: Range | undefined;
  for (const range of ranges.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (open !== undefined && range.start < open.end) {
      open.end = Math.max(open.end, range.end);
      continue;
    }
    if (open !== undefined) {
      out += text.slice(at, open.start) + open.text;
      at = open.end;
    }
    open = { ...range };
  }
  return open === undefined ? text : out + text.slice(at, open.start) + open.text + text.slice(open.end);
}
