import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fact } from '../../../core/fact.ts';
import type { EventRow } from '../../../store/errors/sqlite/event-row.ts';
import { ReleaseMarkers } from './release-markers.ts';

const row = (release: string, project = 1): EventRow => ({ project, slug: `p${project}`, release, environment: 'prod', time: 5 }) as EventRow;

/** Marks as the catalog keeps them, and facts as they are added. */
function make(marks = new Map<string, number>()): { releases: ReleaseMarkers; facts: Fact[]; marks: Map<string, number> } {
  const facts: Fact[] = [];
  const catalog = { marked: async (name: string) => marks.get(name), mark: async (name: string, time: number) => void marks.set(name, time) };
  return { releases: new ReleaseMarkers(catalog, { add: (fact) => facts.push(fact) > 0 }), facts, marks };
}

test('a release of a project is marked once, also after a restart', async () => {
  const { releases, facts, marks } = make();
  await releases.see([row('1.0'), row('1.0'), row(''), row('1.0', 2)], 0);
  assert.deepEqual(
    facts.map(({ kind, time, title, tags }) => [kind, time, title, tags.project, tags.release, tags.environment]),
    [
      ['event', 5, 'release 1.0', 'p1', '1.0', 'prod'],
      ['event', 5, 'release 1.0', 'p2', '1.0', 'prod'],
    ],
  );
  const again = make(marks);
  await again.releases.see([row('1.0'), row('1.1')], 0);
  assert.deepEqual(
    again.facts.map(({ tags }) => tags.release),
    ['1.1'],
  );
});

test('releases that are made up do not fill the charts', async () => {
  const { releases, facts } = make();
  await releases.see(
    Array.from({ length: 500 }, (_, index) => row(`made-up-${index}`)),
    0,
  );
  assert.equal(facts.length, 20);
  await releases.see([row('next hour')], 3_600_000);
  assert.equal(facts.length, 21);
});
