import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeMarks } from './mark-places.ts';

test('labels of marks stand where there is room, the newest first', () => {
  const marks = [
    { time: 10, text: 'v1.4.0' },
    { time: 79, text: 'v1.4.1' },
    { time: 80, text: 'v1.4.2' },
    { time: 200, text: 'later' },
  ];
  assert.deepEqual(
    placeMarks(marks, 0, 100).map(({ mark, at, label }) => [mark.text, at, label]),
    [
      ['v1.4.2', 80, 'left'],
      ['v1.4.1', 79, 'none'],
      ['v1.4.0', 10, 'right'],
    ],
  );
});
