import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeedError } from '../../../../core/errors.ts';
import { compileGlob, expandBraces, splitGlob } from '../../../../core/glob.ts';
import { compileRegex } from '../../../../core/regex/regex.ts';
import { Kind, Method } from '../../../../core/series.ts';
import { SeriesIndex } from './series-index.ts';

/** Random numbers that are the same in every run. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

function randomText(random: (below: number) => number, alphabet: readonly string[], longest: number): string {
  let text = '';
  for (let length = random(longest + 1); length > 0; length--) text += alphabet[random(alphabet.length)];
  return text;
}

/** Runs what may refuse its input, and only in words of ours. */
function refusable<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    assert.ok(error instanceof HeedError, String(error));
    return undefined;
  }
}

const LETTERS = ['a', 'a', 'b', '.', '-', 'é', '😀', '\uFFFD', '\n'];

test('half a million globs and texts: no crash, and text and bytes agree', () => {
  const random = makeRandom(1);
  const alphabet = ['a', 'b', '.', '*', '?', '[', ']', '!', '-', '{', '}', ',', '\\', 'é', '😀'];
  for (let i = 0; i < 50_000; i++) {
    const glob = randomText(random, alphabet, 12);
    refusable(() => splitGlob(glob));
    refusable(() => expandBraces(glob));
    const compiled = refusable(() => compileGlob(glob));
    assert.ok(compiled);
    assert.ok(compiled.matches(glob));
    for (let j = 0; j < 4; j++) {
      const text = randomText(random, LETTERS, 8);
      const bytes = Buffer.from(text);
      assert.equal(compiled.matchesBytes(bytes, 0, bytes.length), compiled.matches(text), `${glob} of ${text}`);
    }
    const noise = Buffer.from([random(256), random(256), random(256)]);
    assert.equal(compiled.matchesBytes(noise, 0, 3), compiled.matches(noise.toString()));
  }
});

test('a quarter of a million regexes and texts: no crash, and the two matchers agree', () => {
  const random = makeRandom(2);
  const alphabet = [
    'a',
    'b',
    '.',
    '*',
    '+',
    '?',
    '(',
    ')',
    '|',
    '[',
    ']',
    '^',
    '$',
    '-',
    '{',
    '}',
    ',',
    '1',
    '2',
    '\\',
    '\\d',
    '\\W',
    '(?:',
    '{1,2}',
    '{2}',
    'é',
  ];
  for (let i = 0; i < 60_000; i++) {
    const source = randomText(random, alphabet, 10);
    const regex = refusable(() => compileRegex(source, { ignoreCase: i % 2 === 0, maxSteps: 1_000_000 }));
    if (!regex) continue;
    for (let j = 0; j < 4; j++) {
      const text = randomText(random, LETTERS, 8);
      assert.equal(regex.search(text), regex.exec(text) !== undefined, `${source} of ${text}`);
    }
  }
});

test('a quarter of a million names of any bytes: every one is known by its id afterwards', () => {
  const random = makeRandom(3);
  const index = new SeriesIndex({ maxSeries: 100_000, classify: () => 0 });
  const alphabet = Buffer.from('ab..;;=~{*\0\x80\xff', 'latin1');
  const bytes = Buffer.alloc(16);
  for (let i = 0; i < 250_000; i++) {
    const length = random(bytes.length + 1);
    for (let at = 0; at < length; at++) bytes[at] = alphabet[random(alphabet.length)];
    const id = index.internBytes(bytes, 0, length, Kind.unknown, Method.byRule);
    if (id < 0) {
      assert.equal(index.size, 100_000);
      for (let old = 0; old < index.ids; old += 2) index.remove(old);
      index.rebuild();
      continue;
    }
    assert.equal(index.internBytes(bytes, 0, length, Kind.unknown, Method.byRule), id);
    if (i % 3 === 0) index.remove(id);
    if (i % 1000 === 0) {
      const pattern = bytes.toString('latin1', 0, length);
      refusable(() => index.find(pattern, { limit: 10, counts: true }));
      refusable(() => index.select({ glob: pattern }, 10));
      refusable(() => index.select({ tags: pattern.split(';') }, 10));
      refusable(() => index.tagValues([], 'a', pattern, 10));
      refusable(() => index.search(pattern, 10));
    }
  }
  for (const id of index.names(-1, Infinity)) assert.ok(index.alive(id));
});
