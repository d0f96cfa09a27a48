/** Many texts as one with the ends of each: a thousand strings cross threads in the time of a few. */
export interface Texts {
  all: string;
  ends: Uint32Array;
}

export function packTexts(texts: readonly string[]): Texts {
  const ends = new Uint32Array(texts.length);
  let end = 0;
  for (const [i, text] of texts.entries()) ends[i] = end += text.length;
  return { all: texts.join(''), ends };
}

export function unpackTexts({ all, ends }: Texts): string[] {
  return Array.from(ends, (end, i) => all.slice(i === 0 ? 0 : ends[i - 1], end));
}
