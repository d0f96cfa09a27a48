import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../core/errors.ts';
import type { StoredFact } from '../../store/facts/facts-store.ts';
import { annotationOf, readAnnotation } from './annotation.ts';
import { type Marker, readMarker } from './marker.ts';

const NOW = Date.UTC(2026, 10, 22, 14);

test('an event is read from an object or its text, null standing for nothing', () => {
  const said = { what: 'release', tags: 'web, prod', data: 'a note', when: 1_766_000_000.5 };
  const read = { what: 'release', tags: ['web', 'prod'], text: 'a note', time: 1_766_000_000_500, data: {} };
  assert.deepEqual(readMarker(said, NOW), read);
  assert.deepEqual(readMarker(JSON.stringify(said), NOW), read);
  assert.deepEqual(readMarker({ what: 'x', tags: null, data: null, when: null }, NOW), { what: 'x', tags: [], text: '', time: NOW, data: {} });
});

test('an annotation is read as Grafana reads it', () => {
  const said = { dashboardUID: 'jcIIG-07z', panelId: 2, time: NOW, timeEnd: NOW + 5, tags: ['a', 'b c'], text: 'release 2\n<b>more</b>\n' };
  const data = { timeEnd: NOW + 5, dashboardUID: 'jcIIG-07z', panelId: 2 };
  assert.deepEqual(readAnnotation(said, 1), { what: 'release 2', tags: ['a', 'b c'], text: '<b>more</b>', time: NOW, data });
  assert.deepEqual(readAnnotation({ text: 'x' }, NOW), { what: 'x', tags: [], text: '', time: NOW, data: {} });
  assert.deepEqual(readAnnotation({ title: 'old', text: 'form', time: 0, timeEnd: 0, panelId: 0 }, NOW), {
    what: 'old',
    tags: [],
    text: 'form',
    time: NOW,
    data: {},
  });
  const turned = readAnnotation({ text: 'x', time: 2000, timeEnd: 1000 }, NOW);
  assert.deepEqual([turned.time, turned.data], [1000, { timeEnd: 2000 }]);
});

test('what is no annotation is refused with a reason', () => {
  for (const [said, reason] of [
    [{}, /'text' must say what happened/],
    [{ text: ' \n ' }, /'text' must say what happened/],
    [{ text: 3 }, /'text' must be a text/],
    [{ text: 'x', title: [] }, /'title' must be a text/],
    [{ text: 'x', time: '1' }, /'time' must be milliseconds/],
    [{ text: 'x', timeEnd: 1e18 }, /'timeEnd' must be milliseconds/],
    [{ text: 'x', tags: { a: 1 } }, /'tags' must be a list/],
    [{ text: 'x', tags: Array.from({ length: 101 }, () => 'a') }, /100 tags/],
    [{ text: 'x', panelId: 'one' }, /'panelId' must be a whole number/],
    [{ text: 'x', dashboardUID: 'x'.repeat(101) }, /'dashboardUID' must be a text/],
    ['text=x', /such as \{"text": "release 1\.4\.2"/],
    [undefined, /must be a JSON object/],
  ] as const)
    assert.throws(
      () => readAnnotation(said, NOW),
      (error: HeedError) => error.code === 'bad_event' && reason.test(error.message),
      JSON.stringify(said),
    );
});

test('any body is a marker or is refused', () => {
  const field = fc.oneof(fc.string(), fc.jsonValue(), fc.double(), fc.array(fc.string()));
  const names = ['what', 'title', 'text', 'tags', 'data', 'when', 'time', 'timeEnd', 'dashboardUID', 'dashboardId', 'panelId', '__proto__'];
  const body = fc.oneof(fc.jsonValue(), fc.string(), fc.dictionary(fc.constantFrom(...names), field));
  fc.assert(
    fc.property(body, fc.constantFrom(readMarker, readAnnotation), (said, read) => {
      try {
        const { what, tags, text, time, data } = read(said, NOW);
        assert.ok(what.trim() !== '' && typeof text === 'string' && Number.isSafeInteger(time) && time >= 0);
        assert.ok(tags.every((tag) => typeof tag === 'string'));
        assert.ok(Object.values(data).every((value) => typeof value === 'string' || Number.isFinite(value)));
      } catch (error) {
        assert.ok(error instanceof HeedError, String(error));
      }
    }),
    { numRuns: 2000 },
  );
});

test('an annotation that was kept is listed as it was said', () => {
  const line = fc.stringMatching(/^[a-z<][a-z <>&]{0,20}[a-z>]$/);
  const said = fc.record({
    text: fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
    tags: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}(:[a-z:]{1,5})?$/), { maxLength: 4, selector: (tag) => tag.split(':')[0] }),
    time: fc.integer({ min: 1, max: 4e12 }),
    length: fc.integer({ min: 0, max: 1e9 }),
    dashboardUID: fc.stringMatching(/^[a-zA-Z0-9-]{0,10}$/),
    panelId: fc.nat(1000),
  });
  fc.assert(
    fc.property(said, ({ length, ...given }) => {
      const timeEnd = given.time + length;
      const { id, text, tags, time, timeEnd: end, dashboardUID, panelId } = annotationOf(stored(readAnnotation({ ...given, timeEnd }, NOW)));
      assert.deepEqual({ id, text, tags, time, end, dashboardUID, panelId }, { ...given, id: 7, end: timeEnd });
    }),
  );
});

function stored({ what, tags, text, time, data }: Marker): StoredFact {
  const pairs = tags.map((tag) => [tag.split(':', 1)[0], tag.includes(':') ? tag.slice(tag.indexOf(':') + 1) : 'true']);
  return { id: 7, kind: 'event', time, title: what, text, tags: Object.fromEntries(pairs) as Record<string, string>, data };
}
