import { positionOf } from './arena.ts';
import { Best } from './best.ts';
import { ROOT, type NameTree } from './name-tree.ts';
import type { SeriesNames } from './series-names.ts';

const MAX_WORDS = 8;
const MAX_WORD = 256;
/** Bits of what a name contains: one for each word, above those one for each that begins a segment, a tag or a value, and this. */
const BEGINS = 1 << MAX_WORDS;
const BEGINS_NAME = 1 << (2 * MAX_WORDS);
const DOT = 0x2e;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;

/** How a name matches, best first; the upper part of the number that it is ranked by, its length being the lower. */
const Rank = { exact: 0, prefix: 1, segmentStart: 2, inside: 3 } as const;

/** Where a word was found. */
const Place = { nowhere: 0, inside: 1, edge: 2 } as const;

/** Lower case of ASCII letters; other bytes as they are. */
const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte));

interface Word {
  /** Lower case. */
  bytes: Uint8Array;
  /** What a segment must contain for the word to be in the name: the word itself unless it spans segments. */
  part: Uint8Array;
  spans: boolean;
}

/** Ids of names that contain all words (eight at most count), best first. Costs one pass over the distinct segments and one over the nodes. */
export function searchNames(names: SeriesNames, text: string, limit: number): number[] {
  const words = text
    .trim()
    .split(/\s+/)
    .slice(0, MAX_WORDS)
    .filter((word) => word !== '')
    .map(readWord);
  const best = new Best<{ rank: number; id: number }>(limit, (a, b) => a.rank - b.rank || names.texts.compare(a.id, b.id));
  const exact = names.texts.findText(text.trim());
  let spanning = 0;
  for (const [i, { spans }] of words.entries()) if (spans) spanning |= (BEGINS << i) | (i === 0 ? BEGINS_NAME : 0);
  for (const tree of [names.tree, names.tagged]) {
    scan(tree, words, (id, bits) => {
      const length = names.texts.lengths[id];
      const isExact = id === exact;
      let rank: number = isExact ? Rank.exact : rankOf(words.length, bits | spanning);
      // To look at a name takes longer than all the rest, thus only where it can be among the best.
      if (rank * 0x10000 + length > (best.worst?.rank ?? Infinity)) return;
      if (!isExact && spanning !== 0) {
        const seen = lookAt(names, id, words, bits);
        if (seen < 0) return;
        rank = rankOf(words.length, seen);
      }
      best.offer({ rank: rank * 0x10000 + length, id });
    });
  }
  return best.take().map(({ id }) => id);
}

function readWord(text: string): Word {
  const bytes = Buffer.from(text.slice(0, MAX_WORD)).map((byte) => LOWER[byte]);
  const spans = /[.;]/.test(text);
  let part = bytes;
  if (spans) {
    part = bytes.subarray(0, 0);
    let from = 0;
    for (let at = 0; at <= bytes.length; at++) {
      if (at < bytes.length && bytes[at] !== DOT && bytes[at] !== SEMICOLON) continue;
      if (at - from > part.length) part = bytes.subarray(from, at);
      from = at + 1;
    }
  }
  return { bytes, part, spans };
}

/**
 * Visits the series whose segments contain all words' parts, with the bits of what they contain. Segments are judged once; a node inherits what its
 * parent contains.
 */
function scan(tree: NameTree, words: Word[], visit: (id: number, bits: number) => void): void {
  const { parents, segmentOf, series, counts } = tree;
  const all = (1 << words.length) - 1;
  const verdicts = judgeSegments(tree, words);
  const found = new Uint32Array(tree.size);
  for (let node = ROOT + 1; node < tree.size; node++) {
    const segment = segmentOf[node];
    let bits = found[parents[node]] | verdicts[segment];
    if (parents[node] === ROOT && (bits & BEGINS) !== 0 && beginsWith(tree, segment, words[0])) bits |= BEGINS_NAME;
    found[node] = bits;
    if ((bits & all) === all && series[node] !== 0 && counts[node] !== 0) visit(series[node] - 1, bits);
  }
}

function beginsWith({ segments }: NameTree, segment: number, { part }: Word): boolean {
  const offset = segments.starts[segment];
  const from = positionOf(offset);
  return startsWithFolded(segments.arena.chunkOf(offset), from, from + segments.lengths[segment], part);
}

/** By segment: a bit for each word that it contains, and above those one for each that stands where something begins. */
function judgeSegments({ segments }: NameTree, words: Word[]): Uint16Array {
  const verdicts = new Uint16Array(segments.count);
  for (let segment = 0; segment < segments.count; segment++) {
    const offset = segments.starts[segment];
    const chunk = segments.arena.chunkOf(offset);
    const from = positionOf(offset);
    for (let i = 0; i < words.length; i++) {
      const place = locate(chunk, from, from + segments.lengths[segment], words[i].part);
      if (place !== Place.nowhere) verdicts[segment] |= (place === Place.edge ? BEGINS | 1 : 1) << i;
    }
  }
  return verdicts;
}

function rankOf(words: number, bits: number): number {
  if ((bits & BEGINS_NAME) !== 0) return Rank.prefix;
  const all = (1 << words) - 1;
  return ((bits >>> MAX_WORDS) & all) === all ? Rank.segmentStart : Rank.inside;
}

/** The bits of a name with those of its spanning words put right; -1 when it lacks one of them. */
function lookAt(names: SeriesNames, id: number, words: Word[], bits: number): number {
  const { arena, starts, lengths } = names.texts;
  const chunk = arena.chunkOf(starts[id]);
  const from = positionOf(starts[id]);
  const to = from + lengths[id];
  let seen = bits;
  for (const [i, { bytes, spans }] of words.entries()) {
    if (!spans) continue;
    const place = locate(chunk, from, to, bytes);
    if (place === Place.nowhere) return -1;
    seen = place === Place.edge ? seen | (BEGINS << i) : seen & ~(BEGINS << i);
    if (i === 0) seen = startsWithFolded(chunk, from, to, bytes) ? seen | BEGINS_NAME : seen & ~BEGINS_NAME;
  }
  return seen;
}

function isEdge(byte: number): boolean {
  return byte === DOT || byte === SEMICOLON || byte === EQUALS;
}

function startsWithFolded(bytes: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  if (to - from < word.length) return false;
  for (let i = 0; i < word.length; i++) if (LOWER[bytes[from + i]] !== word[i]) return false;
  return true;
}

/** Whether a lower-case word is contained, whatever the case, and best where a segment, a tag or a value begins. */
function locate(bytes: Uint8Array, from: number, to: number, word: Uint8Array): number {
  if (word.length === 0) return Place.edge;
  const first = word[0];
  let place: number = Place.nowhere;
  for (let at = from; at <= to - word.length; at++) {
    if (LOWER[bytes[at]] !== first || !startsWithFolded(bytes, at, to, word)) continue;
    if (at === from || isEdge(bytes[at - 1])) return Place.edge;
    place = Place.inside;
  }
  return place;
}
