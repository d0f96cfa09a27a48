import type { Row } from '../../core/frame.ts';

/** The straight line that comes closest to a row's known values, by least squares, as a function of time; fewer than two make none. */
export function lineThrough({ values, start, step }: Row): ((time: number) => number) | undefined {
  let known = 0;
  let meanIndex = 0;
  let meanValue = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== values[i]) continue;
    known++;
    meanIndex += i;
    meanValue += values[i];
  }
  if (known < 2) return undefined;
  meanIndex /= known;
  meanValue /= known;
  let squares = 0;
  let products = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== values[i]) continue;
    // Around the means the sums stay small, and keep the digits that sums of large squares would lose.
    squares += (i - meanIndex) ** 2;
    products += (i - meanIndex) * (values[i] - meanValue);
  }
  const slope = products / squares;
  return (time) => meanValue + slope * ((time - start) / step - meanIndex);
}
