import type { Mark } from '../../state/marks.ts';

/** A mark above a chart: where, in percent from the left, and whether its label has room and to which side. */
export interface MarkPlace {
  mark: Mark;
  at: number;
  label: 'right' | 'left' | 'none';
}

/** Width of a label in percent of a chart that is this narrow. */
const LETTER = 6.4;
const PADDING = 12;
const MOST_LETTERS = 24;

export const cutLabel = (text: string): string => (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text);

/** Places marks of a window; a label that would lie on another one is left out, its line stays. The newest are placed first. */
export function placeMarks(marks: readonly Mark[], from: number, until: number, width = 330): MarkPlace[] {
  const taken: [number, number][] = [];
  return marks
    .filter(({ time }) => time >= from && time <= until)
    .toReversed()
    .map((mark) => {
      const at = ((mark.time - from) / (until - from)) * 100;
      const wide = ((cutLabel(mark.text).length * LETTER + PADDING) / width) * 100;
      const sides = at > 50 ? (['left', 'right'] as const) : (['right', 'left'] as const);
      for (const label of sides) {
        const [start, end] = label === 'left' ? [at - wide, at] : [at, at + wide];
        if (start < -8 || end > 100 || taken.some(([a, b]) => start < b && end > a)) continue;
        taken.push([start, end]);
        return { mark, at, label };
      }
      return { mark, at, label: 'none' as const };
    });
}
