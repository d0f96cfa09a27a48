import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { cursorOf, placeOf } from './cursor.ts';
import { spanOf } from './moment.ts';
import { likeOf, matchesWildcard } from './wildcard.ts';

const NOW = Date.UTC(2026, 7, 20, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('wildcards', () => {
  it('matches as SQL does by the pattern that it is given', () => {
    const database = new DatabaseSync(':memory:');
    const like = database.prepare(`SELECT ? LIKE ? ESCAPE '\\' AS matches`);
    const letters = fc.string({ unit: fc.constantFrom('a', 'B', '*', '%', '_', '\\', '[', '.', ' '), maxLength: 8 });
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        assert.equal(matchesWildcard(pattern, text), like.get(text, likeOf(pattern))?.matches === 1, `${pattern} and ${text}`);
      }),
      { numRuns: 2000 },
    );
    database.close();
  });
});

describe('times of a search', () => {
  it('reads what is relative, a day, and a second', () => {
    assert.deepEqual(spanOf('firstSeen', '=', '-24h', NOW), { from: NOW - DAY, until: Infinity });
    assert.deepEqual(spanOf('firstSeen', '=', '+2w', NOW), { from: -Infinity, until: NOW - 14 * DAY });
    assert.deepEqual(spanOf('firstSeen', '=', '2026-08-01', NOW), { from: Date.UTC(2026, 7, 1), until: Date.UTC(2026, 7, 2) - 1 });
    assert.deepEqual(spanOf('lastSeen', '>', '2026-08-01', NOW), { from: Date.UTC(2026, 7, 2), until: Infinity });
    assert.deepEqual(spanOf('lastSeen', '<=', '2026-08-01T10:00:00', NOW), { from: -Infinity, until: Date.UTC(2026, 7, 1, 10) + 999 });
    assert.deepEqual(spanOf('lastSeen', '<', '2026-08-01T10:00:00+02:00', NOW), { from: -Infinity, until: Date.UTC(2026, 7, 1, 8) - 1 });
    assert.deepEqual(spanOf('age', '>', '1d', NOW), { from: -Infinity, until: NOW - DAY - 1 }, 'what is older began earlier');
    assert.deepEqual(spanOf('firstSeen', '>', '-1d', NOW), { from: NOW - DAY + 1, until: Infinity });
  });

  it('refuses anything else in words', () => {
    for (const value of ['', 'yesterday', '-24', '2026-13-40', '2026-08-01T', '--1h', '9'.repeat(30)])
      assert.throws(() => spanOf('age', '=', value, NOW), { code: 'bad_search' }, value);
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('=', '>', '<=', 'glob'), (value, operator) => {
        try {
          const { from, until } = spanOf('age', operator, value, NOW);
          assert.ok(from <= until + 1);
        } catch (error) {
          assert.equal((error as { code: string }).code, 'bad_search');
        }
      }),
    );
  });
});

describe('cursors', () => {
  it('give back their place in their own order, and none in another', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.maxSafeNat(), (key, id) => {
        assert.deepEqual(placeOf('date', cursorOf('date', { key, id })), { key: Object.is(key, -0) ? 0 : key, id });
        assert.equal(placeOf('freq', cursorOf('date', { key, id })), undefined);
      }),
    );
  });

  it('are safe on anything', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((text) => Buffer.from(text).toString('base64url')),
        ),
        (text) => void placeOf('date', text),
      ),
    );
  });
});
