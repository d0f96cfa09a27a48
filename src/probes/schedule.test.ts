import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineProbe, type ProbeContext } from '../core/define.ts';
import { Kind, Method } from '../core/series.ts';
import type { PointsWriter } from '../store/points/points-store.ts';
import { Schedule } from './schedule.ts';

/** A writer that remembers what it was given, by name. */
function recordingWriter(): { writer: PointsWriter; points: { name: string; time: number; value: number }[] } {
  const names: string[] = [];
  const points: { name: string; time: number; value: number }[] = [];
  return {
    points,
    writer: {
      declare: (name) => names.push(name) - 1,
      add: (id, time, value) => points.push({ name: names[id], time, value }) > 0,
      forget: () => undefined,
      flush: () => undefined,
      drained: async () => undefined,
      close: () => undefined,
    },
  };
}

const own: ProbeContext['own'] = async () => ({ counters: {}, gauges: {} });

const probe = (read: Parameters<typeof defineProbe>[0]['read']): ReturnType<typeof defineProbe> =>
  defineProbe({ name: 'thing', group: 'collectors', about: 'A thing.', every: 10_000, options: {}, read });

test('a reading is written at a multiple of its interval, with whether it went well', async () => {
  const { writer, points } = recordingWriter();
  const schedule = new Schedule(writer, own);
  await schedule.start(probe(async () => ({ problem: '', points: [{ name: 'thing.size', value: 3, kind: Kind.gauge, method: Method.last }] })));
  await schedule.stop();
  assert.deepEqual(
    points.map(({ name, value }) => [name, value]),
    [
      ['thing.size', 3],
      ['collectors.thing.ok', 1],
    ],
  );
  assert.equal(points[0].time % 10_000, 0);
});

test('a probe that fails or throws gives a 0 and no points', async () => {
  const { writer, points } = recordingWriter();
  const schedule = new Schedule(writer, own);
  await schedule.read(
    probe(async () => ({ problem: 'no answer', points: [] })),
    0,
  );
  await schedule.read(
    probe(async () => {
      throw new Error('broken');
    }),
    10_000,
  );
  await schedule.stop();
  assert.deepEqual(
    points.map(({ name, value }) => [name, value]),
    [
      ['collectors.thing.ok', 0],
      ['collectors.thing.ok', 0],
    ],
  );
});

test('a stop does not wait for a probe that never answers', async () => {
  const { writer } = recordingWriter();
  const schedule = new Schedule(writer, own);
  void schedule.start(probe(() => new Promise(() => undefined)));
  await schedule.stop();
});
