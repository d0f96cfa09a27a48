import { positionOf } from './arena.ts';
import { Best, byText } from './best.ts';
import { ROOT } from './name-tree.ts';
import type { SeriesIndex } from './series-index.ts';
import { fulfils, parseTagExpressions, type TagExpression } from './tag-expression.ts';
import { NAME_KEY } from './tag-postings.ts';

/**
 * What expressions say about pairs. A pair that an expression is about gets its bit: of one that needs the tag when the pair fulfils it, of one
 * that a missing tag fulfils when the pair does not. A series is selected when the bits of its pairs are those of the first sort.
 */
interface Verdict {
  bits: Uint32Array;
  wanted: number;
  /** Pairs that fulfil the expression which fewest series do. */
  rarest: number[];
}

/**
 * Visits the ids that fulfil all expressions, each once, in no order. A plain name has the one tag `name`.
 * @throws HeedError `bad_tags`, `bad_regex`
 */
export function selectByTags(index: SeriesIndex, texts: readonly string[], visit: (id: number) => void): void {
  const expressions = parseTagExpressions(texts);
  visitTagged(index, judge(index, expressions), visit);
  if (expressions.every(({ key, matchesMissing }) => key === 'name' || matchesMissing)) {
    visitPlain(
      index,
      expressions.filter(({ key }) => key === 'name'),
      visit,
    );
  }
}

function judge(index: SeriesIndex, expressions: TagExpression[]): Verdict {
  const { tags, tagged } = index;
  const verdict: Verdict = { bits: new Uint32Array(tagged.segments.count), wanted: 0, rarest: [] };
  let fewest = Infinity;
  for (const [i, expression] of expressions.entries()) {
    const pairs = pairsOf(index, expression);
    const bit = 1 << i;
    for (const pair of pairs) verdict.bits[pair] |= bit;
    if (expression.matchesMissing) continue;
    verdict.wanted |= bit;
    let series = 0;
    for (const pair of pairs) series += tags.live[pair];
    if (series >= fewest) continue;
    fewest = series;
    verdict.rarest = pairs;
  }
  return verdict;
}

/** Pairs that decide about an expression: they fulfil it, or break it where a missing tag would not. */
function pairsOf(index: SeriesIndex, expression: TagExpression): number[] {
  const { tags, tagged } = index;
  const { key, regex, value, negated, matchesMissing } = expression;
  const keyId = key === 'name' ? NAME_KEY : tags.keys.findText(key);
  if (keyId < 0 || keyId >= tags.keys.count) return [];
  if (!regex && value !== '' && negated === matchesMissing) {
    const texts = keyId === NAME_KEY ? [`${value};`, `~${value};`] : [`${key}=${value}`];
    return texts.map((text) => tagged.segments.findText(text)).filter((pair) => pair >= 0 && tags.live[pair] > 0);
  }
  const pairs: number[] = [];
  for (const pair of tags.pairsOf(keyId)) if (holds(index, expression, pair) !== matchesMissing) pairs.push(pair);
  return pairs;
}

function holds({ tags, arena }: SeriesIndex, expression: TagExpression, pair: number): boolean {
  const { offset, length } = tags.valueOf(pair);
  if (!expression.regex) return fulfils(expression, arena.text(offset, length));
  const at = positionOf(offset);
  return expression.regex.matchStartBytes(arena.chunkOf(offset), at, at + length) !== expression.negated;
}

function visitTagged(index: SeriesIndex, { bits, wanted, rarest }: Verdict, visit: (id: number) => void): void {
  const { tags, tagged } = index;
  const { parents, segmentOf, series } = tagged;
  for (const pair of rarest) {
    for (let posting = tags.newest[pair]; posting !== 0; posting = tags.older[posting - 1]) {
      const id = tags.ids[posting - 1];
      if (!index.alive(id)) continue;
      const node = index.nodeOf(id);
      let seen = 0;
      for (let at = node; at !== ROOT; at = parents[at]) seen |= bits[segmentOf[at]];
      if (seen === wanted && series[node] === id + 1) visit(id);
    }
  }
}

function visitPlain(index: SeriesIndex, expressions: TagExpression[], visit: (id: number) => void): void {
  const equal = expressions.find(({ regex, negated, value }) => !regex && !negated && value !== '');
  if (equal) {
    const id = index.lookup(equal.value);
    if (id >= 0 && !index.isTagged(id) && expressions.every((expression) => fulfils(expression, equal.value))) visit(id);
    return;
  }
  const { starts, lengths, arena } = index.texts;
  for (let id = 0; id < index.ids; id++) {
    if (!index.alive(id) || index.isTagged(id)) continue;
    const at = positionOf(starts[id]);
    const chunk = arena.chunkOf(starts[id]);
    const fits = expressions.every((expression) =>
      expression.regex ? expression.regex.matchStartBytes(chunk, at, at + lengths[id]) !== expression.negated : fulfils(expression, index.texts.text(id)),
    );
    if (fits) visit(id);
  }
}

/** Visits the pairs of all series that fulfil the expressions, or of all series when there are none; and the plain ids. */
function visitPairs(index: SeriesIndex, texts: readonly string[], onPair: (pair: number) => void, onPlain: (id: number) => void): void {
  const { tags, tagged } = index;
  if (texts.length === 0) {
    for (let pair = 0; pair < tagged.segments.count; pair++) if (tags.keyOf[pair] > 0 && tags.live[pair] > 0) onPair(pair);
    for (let id = 0; id < index.ids; id++) if (index.alive(id) && !index.isTagged(id)) onPlain(id);
    return;
  }
  const seen = new Uint8Array(tagged.segments.count);
  selectByTags(index, texts, (id) => {
    if (!index.isTagged(id)) return onPlain(id);
    for (let at = index.nodeOf(id); at !== ROOT; at = tagged.parents[at]) {
      const pair = tagged.segmentOf[at];
      if (seen[pair] === 1 || tags.keyOf[pair] === 0) continue;
      seen[pair] = 1;
      onPair(pair);
    }
  });
}

/** Keys that begin with `prefix`, of series that fulfil the expressions, sorted; keys that the expressions name are left out. */
export function tagKeys(index: SeriesIndex, texts: readonly string[], prefix: string, limit: number): string[] {
  const { tags } = index;
  const named = new Set(texts.length === 0 ? [] : parseTagExpressions(texts).map(({ key }) => key));
  const seen = new Uint8Array(tags.keys.count + 1);
  let hasPlain = false;
  if (texts.length === 0) {
    for (let key = 0; key < tags.keys.count; key++) seen[key] = tags.liveOfKey[key] > 0 ? 1 : 0;
    hasPlain = index.tree.counts[ROOT] > 0;
  } else {
    visitPairs(
      index,
      texts,
      (pair) => (seen[tags.keyOf[pair] - 1] = 1),
      () => (hasPlain = true),
    );
  }
  const best = new Best<string>(limit, byText);
  for (let key = 0; key < tags.keys.count; key++) {
    const text = tags.keys.text(key);
    if (seen[key] === 1 && key !== NAME_KEY && text.startsWith(prefix) && !named.has(text)) best.offer(text);
  }
  if ((hasPlain || seen[NAME_KEY] === 1) && 'name'.startsWith(prefix) && !named.has('name')) best.offer('name');
  return best.take();
}

/** Values of a key that begin with `prefix`, of series that fulfil the expressions, sorted. */
export function tagValues(index: SeriesIndex, texts: readonly string[], key: string, prefix: string, limit: number): string[] {
  const { tags, arena } = index;
  const keyId = key === 'name' ? NAME_KEY : tags.keys.findText(key);
  const best = new Best<string>(limit, byText);
  const values = new Set<string>();
  visitPairs(
    index,
    texts,
    (pair) => {
      if (tags.keyOf[pair] - 1 !== keyId) return;
      const { offset, length } = tags.valueOf(pair);
      const value = arena.text(offset, length);
      if (value.startsWith(prefix)) values.add(value);
    },
    (id) => {
      if (keyId === NAME_KEY && key === 'name') values.add(index.texts.text(id));
    },
  );
  for (const value of values) best.offer(value);
  return best.take();
}
