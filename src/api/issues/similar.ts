/** What of an issue is compared. */
export interface Compared {
  title: string;
  metadata: Readonly<Record<string, string>>;
  culprit: string;
}

/** From here on two issues may be one fault. */
export const ALIKE = 0.5;
const OF_WORDS = 0.5;
const OF_TYPE = 0.25;
const OF_CULPRIT = 0.25;

/** How much alike two issues are, from 0 to 1: by their words without numbers, their type, and where they come from. */
export function likeness(a: Compared, b: Compared): number {
  const same = (one = '', other = ''): number => Number(one !== '' && one === other);
  return OF_WORDS * shared(wordsOf(a), wordsOf(b)) + OF_TYPE * same(a.metadata.type, b.metadata.type) + OF_CULPRIT * same(a.culprit, b.culprit);
}

/** What both have, of all that either has. */
function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const word of a) if (b.has(word)) both++;
  const all = a.size + b.size - both;
  return all === 0 ? 0 : both / all;
}

/** Numbers, ids and signs differ from event to event. */
function wordsOf({ title, metadata }: Compared): Set<string> {
  const text = metadata.value || title;
  return new Set(text.toLowerCase().match(/\p{L}[\p{L}_]+/gu) ?? []);
}
