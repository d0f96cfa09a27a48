import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issuesOf, tieAll } from './feedback-issues.ts';

const EVENTS: Record<string, number> = { e1: 7, e2: 8 };
const errors = { issuesOfEvents: async (_: number, ids: readonly string[]): Promise<number[]> => ids.map((id) => EVENTS[id] ?? 0) };

test('an event says whose feedback is, then what was known before; what is learnt is kept', async () => {
  const learnt: object[] = [];
  const feedback = { tie: async (known: readonly object[]) => void learnt.push(...known) };
  const ties = [
    { id: 1, eventId: 'e1', issue: 0 },
    { id: 2, eventId: 'e2', issue: 9 },
    { id: 3, eventId: 'gone', issue: 9 },
    { id: 4, eventId: 'gone', issue: 0 },
  ];
  assert.deepEqual(
    [...(await issuesOf({ errors, feedback }, 1, ties))],
    [
      [1, 7],
      [2, 8],
      [3, 9],
      [4, 0],
    ],
  );
  assert.deepEqual(learnt, [
    { id: 1, issue: 7 },
    { id: 2, issue: 8 },
  ]);
  const full = { tie: async () => Promise.reject(new Error('disk full')) };
  assert.equal((await issuesOf({ errors, feedback: full }, 1, ties)).get(1), 7, 'reading goes on');
});

test('what nobody looked at is tied in the background, project by project', async () => {
  const learnt: object[] = [];
  const asked: number[] = [];
  const feedback = {
    tie: async (known: readonly object[]) => void learnt.push(...known),
    ties: async ({ project, untied }: { project: number; untied?: boolean }) => {
      asked.push(project);
      return project === 2 && untied ? [{ id: 1, eventId: 'e1', issue: 0 }] : [];
    },
  };
  await tieAll({ errors, feedback, catalog: { projects: async () => ['1', '2'].map((id) => ({ id })) as never } });
  assert.deepEqual([asked, learnt], [[1, 2], [{ id: 1, issue: 7 }]]);
});
