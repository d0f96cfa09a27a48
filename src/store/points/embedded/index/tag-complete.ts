import { Best, byText } from './best.ts';
import { ROOT } from './name-tree.ts';
import type { SeriesNames } from './series-names.ts';
import { parseTagExpressions } from './tag-expression.ts';
import { NAME_KEY } from './tag-postings.ts';
import { selectByTags } from './tag-select.ts';

/** Keys that begin with `prefix`, of series that fulfil the expressions, sorted; keys that the expressions name are left out. */
export function tagKeys(names: SeriesNames, expressions: readonly string[], prefix: string, limit: number): string[] {
  const { tags } = names;
  const seen = new Uint8Array(tags.keys.count);
  let hasName = names.size > 0;
  if (expressions.length === 0) for (let key = 0; key < seen.length; key++) seen[key] = tags.liveOfKey[key] > 0 ? 1 : 0;
  else {
    hasName = false;
    visitPairs(
      names,
      expressions,
      (pair) => (seen[tags.keyOf[pair] - 1] = 1),
      () => (hasName = true),
    );
  }
  const named = new Set(expressions.length === 0 ? [] : parseTagExpressions(expressions).map(({ key }) => key));
  const best = new Best<string>(limit, byText);
  const offer = (key: string): void => {
    if (key.startsWith(prefix) && !named.has(key)) best.offer(key);
  };
  if (hasName) offer('name');
  for (let key = 0; key < seen.length; key++) if (seen[key] === 1) offer(tags.keys.text(key));
  return best.take();
}

/** Values of a key that begin with `prefix`, of series that fulfil the expressions, sorted. */
export function tagValues(names: SeriesNames, expressions: readonly string[], key: string, prefix: string, limit: number): string[] {
  const { tags, texts } = names;
  const keyId = key === 'name' ? NAME_KEY : tags.keys.findText(key);
  const values = new Best<string>(limit, byText);
  // Plain names may be a million, so they are compared where they lie and only the best are read.
  const plain = new Best<number>(limit, (a, b) => texts.compare(a, b));
  const prefixBytes = Buffer.from(prefix);
  const onPair = (pair: number): void => {
    const { offset, length } = tags.valueOf(pair);
    const value = names.arena.text(offset, length);
    if (value.startsWith(prefix)) values.offer(value);
  };
  const onPlain = (id: number): void => {
    const fits = texts.lengths[id] >= prefixBytes.length && names.arena.equals(texts.starts[id], prefixBytes, 0, prefixBytes.length);
    if (key === 'name' && fits) plain.offer(id);
  };
  if (expressions.length > 0) {
    visitPairs(names, expressions, (pair) => tags.keyOf[pair] - 1 === keyId && onPair(pair), onPlain);
  } else {
    if (keyId >= 0 && keyId < tags.keys.count) for (const pair of tags.pairsOf(keyId)) onPair(pair);
    if (key === 'name') names.visit((id) => !names.isTagged(id) && onPlain(id));
  }
  for (const id of plain.take()) values.offer(texts.text(id));
  return values.take();
}

/** Visits the tags of all series that fulfil the expressions, each once, and the ids of those without tags. */
function visitPairs(names: SeriesNames, expressions: readonly string[], onPair: (pair: number) => void, onPlain: (id: number) => void): void {
  const { tags, tagged } = names;
  const seen = new Uint8Array(tagged.segments.count);
  selectByTags(names, expressions, (id) => {
    if (!names.isTagged(id)) {
      onPlain(id);
      return;
    }
    for (let at = names.nodeOf(id); at !== ROOT; at = tagged.parents[at]) {
      const pair = tagged.segmentOf[at];
      if (seen[pair] === 1 || tags.keyOf[pair] === 0) continue;
      seen[pair] = 1;
      onPair(pair);
    }
  });
}
