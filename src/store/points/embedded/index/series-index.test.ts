import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { expandBraces } from '../../../../core/glob.ts';
import { Kind, Method } from '../../../../core/series.ts';
import { SeriesIndex } from './series-index.ts';

function makeIndex(names: readonly string[] = [], maxSeries = 100_000): SeriesIndex {
  const index = new SeriesIndex({ maxSeries, classify: (name) => name.length % 256 });
  for (const name of names) index.intern(name, Kind.unknown, Method.byRule);
  return index;
}

const segment = fc.constantFrom('a', 'b', 'ab', 'ba', '', 'A', 'a-b', '[a]', 'é');
const plain = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('.'));
const tagged = fc
  .tuple(
    fc.constantFrom('a', 'a.b', 'ab', 'name'),
    fc.uniqueArray(fc.constantFrom('host', 'dc', 'x'), { minLength: 1 }),
    fc.array(fc.constantFrom('a', 'ab', 'b.a', '=')),
  )
  .map(([name, keys, values]) => [name, ...keys.toSorted().map((key, i) => `${key}=${values[i] ?? 'a'}`)].join(';'));
const anyName = fc.oneof(plain, tagged);

/** Live names by id, and every id ever given. */
class Model {
  readonly live = new Map<string, number>();
  ids = 0;

  intern(name: string): number {
    if (!this.live.has(name)) this.live.set(name, this.ids++);
    return this.live.get(name) as number;
  }

  plainNames(): string[] {
    return [...this.live.keys()].filter((name) => !name.includes(';'));
  }
}

function globToRegex(glob: string): RegExp {
  const source = glob.replaceAll(/[.]|\*|\?|\[!?[^\]]*\]|[^\w]/g, (part) => {
    if (part === '*') return '[^.]*';
    if (part === '?') return '[^.]';
    if (part.length > 1) return part.replace('[!', '[^.');
    return `\\u{${(part.codePointAt(0) as number).toString(16)}}`;
  });
  return new RegExp(`^${source}$`, 'u');
}

/** What the index promises of a glob: its segments match level by level, or are written just so. */
function globMatches(glob: string, name: string): boolean {
  return expandBraces(glob).some((one) => {
    const globs = one.split('.');
    return levelsMatch(globs.at(-1) === '**' ? [...globs, '*'] : globs, name.split('.'));
  });
}

function levelsMatch([glob, ...globs]: string[], parts: string[]): boolean {
  if (glob === undefined) return parts.length === 0;
  if (glob === '**') return levelsMatch(globs, parts) || (parts.length > 0 && levelsMatch([glob, ...globs], parts.slice(1)));
  return parts.length > 0 && (glob === parts[0] || globToRegex(glob).test(parts[0])) && levelsMatch(globs, parts.slice(1));
}

const globSegment = fc.constantFrom('a', 'b', '**', '*', 'a*', '*b*', '?', '[ab]', '[!a]', '{a,b}', '', 'é', '{a,ab,}', '[a]');
const glob = fc.oneof(
  fc.array(globSegment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('.')),
  fc.constantFrom('a.{b.a,b}.*', '{a.b,b.*}', '{a,b.{a,b}}'),
);

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

test('interning, removing, finding and selecting agree with a map and regexes', () => {
  const step = fc.oneof(fc.record({ add: anyName }), fc.record({ remove: anyName }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.array(glob, { maxLength: 5 }), (steps, globs) => {
      const index = makeIndex();
      const model = new Model();
      for (const step of steps) {
        if ('add' in step) assert.equal(index.intern(step.add, Kind.counter, Method.sum), model.intern(step.add));
        else {
          index.remove(index.lookup(step.remove));
          model.live.delete(step.remove);
        }
      }
      assert.equal(index.size, model.live.size);
      assert.equal(index.ids, model.ids);
      assert.deepEqual(
        index.names(-1, 1000).map((id) => index.name(id)),
        [...model.live].toSorted((a, b) => a[1] - b[1]).map(([name]) => name),
      );
      for (const [name, id] of model.live) assert.equal(index.lookup(name), id);
      for (const one of globs) {
        const wanted = model.plainNames().filter((name) => globMatches(one, name));
        assert.deepEqual(
          index.select({ glob: one }, 1000).map((id) => index.name(id)),
          wanted.toSorted(byCodeUnit),
        );
        assert.deepEqual(index.find(one, { limit: 1000, counts: true }), modelFind(model, one));
      }
    }),
    { numRuns: 400 },
  );
});

function modelFind(model: Model, glob: string): unknown[] {
  const nodes = new Map<string, { path: string; text: string; leaf: boolean; branch: boolean; count: number }>();
  for (const name of model.plainNames()) {
    const parts = name.split('.');
    for (let depth = 1; depth <= parts.length; depth++) {
      const path = parts.slice(0, depth).join('.');
      if (!globMatches(glob, path)) continue;
      const node = nodes.get(path) ?? { path, text: parts[depth - 1], leaf: false, branch: false, count: 0 };
      nodes.set(path, node);
      node.count++;
      if (depth === parts.length) node.leaf = true;
      else node.branch = true;
    }
  }
  return [...nodes.values()].toSorted((a, b) => byCodeUnit(a.path, b.path));
}

function tagsOf(name: string): Map<string, string> {
  const [metric, ...tags] = name.split(';');
  return new Map([['name', metric], ...tags.map((tag): [string, string] => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)])]);
}

function fulfilsModel(name: string, expression: string): boolean {
  const [, key, operator, value] = /^(\w+)(!?=~?)(.*)$/.exec(expression) as RegExpExecArray;
  const actual = tagsOf(name).get(key) ?? '';
  const holds = operator.endsWith('~') ? new RegExp(`^(?:${value})`).test(actual) : actual === value;
  return operator.startsWith('!') ? !holds : holds;
}

const expression = fc
  .tuple(
    fc.constantFrom('name', 'host', 'dc', 'y'),
    fc.constantFrom('=', '!=', '=~', '!=~'),
    fc.constantFrom('a', 'ab', 'a.b', '', 'b', '.*b', '(a|b)$', 'nothing'),
  )
  .map((parts) => parts.join(''));

test('tag expressions select what they say, in plain names too', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { maxLength: 40 }), fc.array(expression, { minLength: 1, maxLength: 3 }), fc.nat(3), (names, expressions, drop) => {
      const index = makeIndex(names);
      for (let id = 0; id < names.length; id += drop + 2) index.remove(id);
      // An empty name has no tag `name`, so that no expression can ask for it.
      const live = names.filter((name, i) => i % (drop + 2) !== 0 && name !== '');
      if (expressions.every((one) => fulfilsModel(';', one))) {
        assert.throws(() => index.select({ tags: expressions }, 1000), { code: 'bad_tags' });
        return;
      }
      const wanted = live.filter((name) => expressions.every((one) => fulfilsModel(name, one)));
      assert.deepEqual(
        index.select({ tags: expressions }, 1000).map((id) => index.name(id)),
        wanted.toSorted(byCodeUnit),
      );
      const named = new Set(expressions.map((one) => (/^\w+/.exec(one) as RegExpExecArray)[0]));
      const keys = new Set(wanted.flatMap((name) => [...tagsOf(name).keys()]).filter((key) => !named.has(key)));
      assert.deepEqual(index.tagKeys(expressions, '', 100), [...keys].toSorted());
      for (const key of ['name', 'host']) {
        const values = new Set(wanted.flatMap((name) => tagsOf(name).get(key) ?? []));
        assert.deepEqual(index.tagValues(expressions, key, 'a', 100), [...values].filter((value) => value.startsWith('a')).toSorted());
      }
    }),
    { numRuns: 1000 },
  );
});

test('keys and values without expressions are those of all live series', () => {
  const index = makeIndex(['plain.one', 'disk;dc=x;host=b', 'disk;dc=y;host=a', 'cpu;host=a']);
  assert.deepEqual(index.tagKeys([], '', 10), ['dc', 'host', 'name']);
  assert.deepEqual(index.tagKeys([], 'h', 10), ['host']);
  assert.deepEqual(index.tagValues([], 'host', '', 10), ['a', 'b']);
  assert.deepEqual(index.tagValues([], 'name', '', 2), ['cpu', 'disk']);
  assert.deepEqual(index.tagValues([], 'nothing', '', 10), []);
  index.remove(1);
  assert.deepEqual(index.tagValues([], 'host', '', 10), ['a']);
});

test('search finds all words in any case and puts the best first', () => {
  const names = ['stats.web', 'web', 'web.stats', 'my.cobweb', 'a.web.b', 'WEB.up', 'disk.web;host=db1'];
  const index = makeIndex(names);
  const found = (words: string, limit = 10): string[] => index.search(words, limit).map((id) => index.name(id));
  assert.deepEqual(found('web'), ['web', 'WEB.up', 'web.stats', 'a.web.b', 'stats.web', 'disk.web;host=db1', 'my.cobweb']);
  assert.deepEqual(found('WEB stats'), ['web.stats', 'stats.web']);
  assert.deepEqual(found('web.st'), ['web.stats']);
  assert.deepEqual(found('b.s'), ['web.stats']);
  assert.deepEqual(found('db1 disk'), ['disk.web;host=db1']);
  assert.deepEqual(found('web;host'), ['disk.web;host=db1']);
  assert.deepEqual(found('web', 2), ['web', 'WEB.up']);
  assert.deepEqual(found('nothing'), []);
  assert.equal(found('').length, names.length);
});

/** Order of what a search finds, told from the names alone. */
function searchNaively(names: readonly string[], words: readonly string[]): string[] {
  const ranked = names.flatMap((name) => {
    const lower = name.toLowerCase();
    if (!words.every((word) => lower.includes(word))) return [];
    const isEdge = (word: string): boolean => ['.', ';', '='].some((edge) => lower.includes(edge + word)) || lower.startsWith(word);
    const rank = name === words.join(' ') ? 0 : words.length > 0 && lower.startsWith(words[0]) ? 1 : words.every(isEdge) ? 2 : 3;
    return [{ name, rank, bytes: Buffer.from(name) }];
  });
  const sorted = ranked.toSorted((a, b) => a.rank - b.rank || a.bytes.length - b.bytes.length || Buffer.compare(a.bytes, b.bytes));
  return sorted.map(({ name }) => name);
}

test('search finds the names that contain the words and no other, the best first', () => {
  const word = fc.constantFrom('a', 'ab', 'a.b', '.', 'b.a', 'host', 't=a', ';', 'é', '..');
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { maxLength: 40 }), fc.array(word, { maxLength: 3 }), (names, words) => {
      const index = makeIndex(names);
      const found = index.search(words.join(' '), 100).map((id) => index.name(id));
      assert.deepEqual(found, searchNaively(names, words));
    }),
    { numRuns: 500 },
  );
});

test('search puts the best of very many first', () => {
  const names = Array.from({ length: 6000 }, (_, i) => `${i % 3 === 0 ? 'x.' : ''}${['a.b', 'xa.bx', 'a.x.a.b', 'b;a=b'][i % 4]}${(i * 7919) % 6000}`);
  const index = makeIndex(names);
  for (const words of [['a'], ['b'], ['a.b'], ['b', 'a'], ['7', 'a.b'], ['x.a'], []]) {
    const found = index.search(words.join(' '), 20).map((id) => index.name(id));
    assert.deepEqual(found, searchNaively(names, words).slice(0, 20), words.join(' '));
  }
});

test('a known name keeps its id and learns what was unknown', () => {
  const index = makeIndex();
  const id = index.intern('a.b', Kind.unknown, Method.byRule);
  assert.equal(index.intern('a.b', Kind.timer, Method.byRule), id);
  assert.equal(index.intern('a.b', Kind.gauge, Method.max), id);
  assert.deepEqual(index.ref(id), { id, name: 'a.b', kind: Kind.timer, method: Method.max });
  assert.equal(index.policy(id), 3);
  index.setStride(id, 100_000);
  assert.equal(index.stride(id), 65_535);
});

test('odd names are names', () => {
  const names = [
    '',
    '.',
    '..',
    'a..b',
    '.a',
    'a.',
    '__proto__',
    'constructor',
    'x'.repeat(1024),
    '.'.repeat(1024),
    ';',
    ';;',
    'a;',
    'a;b',
    'a;=b',
    'a;b=',
    '~a;b=c',
  ];
  const index = makeIndex(names);
  for (const [id, name] of names.entries()) {
    assert.equal(index.lookup(name), id);
    assert.equal(index.name(id), name);
    assert.ok(index.select({ glob: name }, 10).includes(id), name.slice(0, 10));
  }
  assert.equal(index.intern('x'.repeat(1025), Kind.unknown, Method.byRule), -1);
  assert.equal(index.intern('é'.repeat(513), Kind.unknown, Method.byRule), -1);
  assert.equal(index.intern('é'.repeat(512), Kind.unknown, Method.byRule), names.length);
  assert.deepEqual(index.select({ tags: ['name=a', 'b=c'] }, 10), [names.length - 1]);
  for (let id = 0; id <= names.length; id++) index.remove(id);
  assert.equal(index.size, 0);
  assert.deepEqual(index.find('*', { limit: 10, counts: true }), []);
});

test('names that are no UTF-8 keep their bytes and are found as they are displayed', () => {
  const index = makeIndex();
  const first = index.internBytes(Buffer.from([0x61, 0x2e, 0xff]), 0, 3, Kind.unknown, Method.byRule);
  const second = index.internBytes(Buffer.from([0x61, 0x2e, 0xfe]), 0, 3, Kind.unknown, Method.byRule);
  assert.notEqual(first, second);
  assert.equal(index.name(first), 'a.\uFFFD');
  assert.equal(index.internBytes(Buffer.from([0x61, 0x2e, 0xff]), 0, 3, Kind.unknown, Method.byRule), first);
  assert.deepEqual(index.select({ glob: 'a.\uFFFD' }, 10), [second, first]);
});

test('ten thousand children of one node are found in order, and the first of them at a limit', () => {
  const index = makeIndex();
  for (let i = 9999; i >= 0; i--) index.intern(`wide.n${String((i * 7919) % 10_000).padStart(4, '0')}`, Kind.unknown, Method.byRule);
  const found = index.find('wide.*', { limit: 3, counts: false });
  assert.deepEqual(found, [
    { path: 'wide.n0000', text: 'n0000', leaf: true, branch: false, count: 0 },
    { path: 'wide.n0001', text: 'n0001', leaf: true, branch: false, count: 0 },
    { path: 'wide.n0002', text: 'n0002', leaf: true, branch: false, count: 0 },
  ]);
  assert.equal(index.find('wide.*99*', { limit: 10_000, counts: false }).length, 280);
  index.intern('wide.a', Kind.unknown, Method.byRule);
  assert.equal(index.find('wide.*', { limit: 1, counts: true })[0].path, 'wide.a');
  assert.equal(index.find('wide', { limit: 1, counts: true })[0].count, 10_001);
});

test('bounds hold: series, selected series, and nodes of names made to be expensive', () => {
  const index = makeIndex(['a', 'b', 'c'], 2);
  assert.equal(index.size, 2);
  assert.equal(index.intern('c', Kind.unknown, Method.byRule), -1);
  assert.equal(index.intern('b', Kind.unknown, Method.byRule), 1);
  assert.throws(() => index.select({ glob: '*' }, 1), { code: 'too_many_series', status: 422 });
  index.remove(0);
  assert.equal(index.intern('a', Kind.unknown, Method.byRule), 2);

  const deep = makeIndex([], 1000);
  let refused = 0;
  for (let i = 0; i < 1000; i++) {
    const name = Array.from({ length: 250 }, (_, level) => (i * 250 + level).toString(36))
      .join('.')
      .slice(0, 1024);
    if (deep.intern(name, Kind.unknown, Method.byRule) < 0) refused++;
  }
  assert.ok(refused > 0 && refused < 1000);
});

test('what removed series took is given back, and nothing else changes', () => {
  const names = Array.from({ length: 3000 }, (_, i) => (i % 3 === 0 ? `m${i % 7};host=h${i}` : `web.h${i % 50}.m${i}`));
  const index = makeIndex(names);
  for (let id = 0; id < names.length; id++) if (id % 10 !== 0) index.remove(id);
  const before = index.nameBytes;
  assert.ok(index.rebuild());
  assert.ok(index.nameBytes < before / 2);
  assert.equal(index.rebuild(), false);
  assert.equal(index.ids, 3000);
  const live = names.filter((_, id) => id % 10 === 0);
  for (const name of live) assert.equal(index.lookup(name), names.indexOf(name));
  assert.equal(index.select({ tags: ['host=~h'] }, 1000).length, 100);
  assert.equal(index.find('web', { limit: 1, counts: true })[0].count, 200);
  assert.equal(index.intern('new', Kind.unknown, Method.byRule), 3000);
});

test('braces that make too many passes over all names are refused', () => {
  const index = makeIndex(Array.from({ length: 50_000 }, (_, i) => `a.b${i}`));
  const glob = `{${Array.from({ length: 900 }, (_, i) => `*.*x${i}`).join(',')}}`;
  assert.throws(() => index.find(glob, { limit: 10, counts: false }), { code: 'bad_glob' });
  assert.equal(index.find(`{${Array.from({ length: 900 }, (_, i) => `*.b${i}`).join(',')}}`, { limit: 10, counts: false }).length, 10);
  const deep = makeIndex(Array.from({ length: 1000 }, (_, i) => `${'a.'.repeat(100)}b${i}`));
  assert.throws(() => deep.find('**.a.'.repeat(12) + 'c*', { limit: 10, counts: false }), { code: 'bad_glob' });
});

test('a bad glob, tag expression or regex is refused with its code', () => {
  const index = makeIndex(['a;b=c']);
  assert.throws(() => index.select({ tags: ['nonsense'] }, 1), { code: 'bad_tags' });
  assert.throws(() => index.select({ tags: [] }, 1), { code: 'bad_tags' });
  assert.throws(() => index.select({ tags: ['b=~(?=x)'] }, 1), { code: 'bad_regex' });
  assert.throws(() => index.select({ glob: '{a.,b}'.repeat(20) }, 1), { code: 'too_many_braces' });
  assert.throws(() => index.select({ tags: Array.from({ length: 40 }, () => 'a=b') }, 1), { code: 'bad_tags' });
});
