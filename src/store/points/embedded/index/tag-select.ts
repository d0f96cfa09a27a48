import { positionOf } from './arena.ts';
import { ROOT } from './name-tree.ts';
import type { SeriesNames } from './series-names.ts';
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
export function selectByTags(names: SeriesNames, texts: readonly string[], visit: (id: number) => void): void {
  const expressions = parseTagExpressions(texts);
  visitTagged(names, judge(names, expressions), visit);
  if (expressions.every(({ key, matchesMissing }) => key === 'name' || matchesMissing)) {
    visitPlain(
      names,
      expressions.filter(({ key }) => key === 'name'),
      visit,
    );
  }
}

function judge(names: SeriesNames, expressions: TagExpression[]): Verdict {
  const { tags, tagged } = names;
  const verdict: Verdict = { bits: new Uint32Array(tagged.segments.count), wanted: 0, rarest: [] };
  let fewest = Infinity;
  for (const [i, expression] of expressions.entries()) {
    const pairs = pairsOf(names, expression);
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
function pairsOf(names: SeriesNames, expression: TagExpression): number[] {
  const { tags, tagged } = names;
  const { key, regex, value, negated, matchesMissing } = expression;
  const keyId = key === 'name' ? NAME_KEY : tags.keys.findText(key);
  if (keyId < 0 || keyId >= tags.keys.count) return [];
  if (!regex && value !== '' && negated === matchesMissing) {
    const texts = keyId === NAME_KEY ? [`${value};`, `~${value};`] : [`${key}=${value}`];
    return texts.map((text) => tagged.segments.findText(text)).filter((pair) => pair >= 0 && tags.live[pair] > 0);
  }
  const pairs: number[] = [];
  for (const pair of tags.pairsOf(keyId)) if (holds(names, expression, pair) !== matchesMissing) pairs.push(pair);
  return pairs;
}

function holds({ tags, arena }: SeriesNames, expression: TagExpression, pair: number): boolean {
  const { offset, length } = tags.valueOf(pair);
  if (!expression.regex) return fulfils(expression, arena.text(offset, length));
  const at = positionOf(offset);
  return expression.regex.matchStartBytes(arena.chunkOf(offset), at, at + length) !== expression.negated;
}

function visitTagged(names: SeriesNames, { bits, wanted, rarest }: Verdict, visit: (id: number) => void): void {
  const { tags, tagged } = names;
  const { parents, segmentOf, series } = tagged;
  for (const pair of rarest) {
    for (let posting = tags.newest[pair]; posting !== 0; posting = tags.older[posting - 1]) {
      const id = tags.ids[posting - 1];
      if (!names.alive(id)) continue;
      const node = names.nodeOf(id);
      let seen = 0;
      for (let at = node; at !== ROOT; at = parents[at]) seen |= bits[segmentOf[at]];
      if (seen === wanted && series[node] === id + 1) visit(id);
    }
  }
}

function visitPlain(names: SeriesNames, expressions: TagExpression[], visit: (id: number) => void): void {
  const equal = expressions.find(({ regex, negated, value }) => !regex && !negated && value !== '');
  if (equal) {
    const id = names.texts.findText(equal.value);
    if (id >= 0 && !names.isTagged(id) && expressions.every((expression) => fulfils(expression, equal.value))) visit(id);
    return;
  }
  const { starts, lengths, arena } = names.texts;
  for (let id = 0; id < names.ids; id++) {
    if (!names.alive(id) || names.isTagged(id)) continue;
    const at = positionOf(starts[id]);
    const chunk = arena.chunkOf(starts[id]);
    const fits = expressions.every((expression) =>
      expression.regex ? expression.regex.matchStartBytes(chunk, at, at + lengths[id]) !== expression.negated : fulfils(expression, names.texts.text(id)),
    );
    if (fits) visit(id);
  }
}
