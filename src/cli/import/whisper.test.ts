import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../core/errors.ts';
import { Method } from '../../core/series.ts';
import { fileOf } from './whisper.fixture.ts';
import { parseWhisper } from './whisper.ts';

const NOW = 1_700_000_003;

const floor = (time: number, step: number): number => time - (time % step);

test('the header that whisper writes is read', () => {
  // whisper.create(…, [(10, 6), (60, 10)], 0.5, 'sum'), protocols.md §5.
  const header = Buffer.from('00000002000002583f00000000000002000000280000000a00000006000000700000003c0000000a', 'hex');
  const series = parseWhisper(Buffer.concat([header, Buffer.alloc(232 - header.length)]), NOW);
  assert.deepEqual([series.method, series.xFilesFactor, series.times.length], [Method.sum, 0.5, 0]);
  assert.deepEqual(series.archives, [
    { step: 10, points: 6 },
    { step: 60, points: 10 },
  ]);
});

test('each stretch of time is told by the finest archive that covers it', () => {
  const point = fc.tuple(fc.nat(400), fc.double({ noNaN: true }));
  fc.assert(
    fc.property(fc.array(point), fc.array(point), fc.array(point), fc.nat(59), (tens, minutes, hours, shift) => {
      const now = NOW + shift;
      const held = (list: [number, number][], step: number, points: number): [number, number][] => {
        const last = floor(now, step);
        return [...new Map(list.map(([back, value]): [number, number] => [last - (back % points) * step, value]))];
      };
      const shape = [
        { step: 10, points: 30, list: tens },
        { step: 60, points: 60, list: minutes },
        { step: 600, points: 400, list: hours },
      ];
      const archives = shape.map(({ step, points, list }) => ({ step, points, held: held(list, step, points) }));
      const series = parseWhisper(fileOf(archives), now);
      // From here on the finer archive tells a whole slot of the coarser one.
      const fromTens = floor(now - 300, 60) + 60;
      const fromMinutes = floor(now - 3600, 600) + 600;
      const wanted = [
        ...archives[2].held.filter(([time]) => time < fromMinutes && time > now - 240_000),
        ...archives[1].held.filter(([time]) => time >= fromMinutes && time < fromTens),
        ...archives[0].held.filter(([time]) => time >= fromTens),
      ].toSorted((a, b) => a[0] - b[0]);
      assert.deepEqual(
        Array.from(series.times, (time, i) => [time, series.values[i]]),
        wanted,
      );
      assert.equal(
        series.runs.reduce((sum, { count }) => sum + count, 0),
        wanted.length,
      );
    }),
  );
});

test('what a ring has kept from its last round is no point', () => {
  const last = floor(NOW, 60);
  const old: [number, number] = [last - 60 * 12, 5];
  const series = parseWhisper(fileOf([{ step: 60, points: 10, held: [[last, 1], old, [last - 60, 2]] }]), NOW);
  assert.deepEqual([...series.values], [2, 1]);
});

test('any bytes are read or refused as no whisper file', () => {
  const file = fileOf([
    { step: 10, points: 6, held: [[floor(NOW, 10), 1]] },
    { step: 60, points: 10, held: [[floor(NOW, 60), 1]] },
  ]);
  const broken = fc.tuple(fc.nat(file.length - 1), fc.nat(255)).map(([at, byte]) => {
    const bytes = Buffer.from(file);
    bytes[at] = byte;
    return bytes;
  });
  const cut = fc.nat(file.length - 1).map((length) => file.subarray(0, length));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), broken, cut), (bytes) => {
      try {
        const { times } = parseWhisper(bytes, NOW);
        for (let i = 1; i < times.length; i++) assert.ok(times[i] > times[i - 1]);
      } catch (error) {
        assert.ok(error instanceof HeedError && error.code === 'bad_whisper', String(error));
      }
    }),
  );
});

test('a damaged file is told with the reason', () => {
  const archive = { step: 60, points: 10, held: [] };
  const rows: [bytes: Buffer, why: RegExp][] = [
    [Buffer.alloc(3), /cannot read whisper file: it ends within its header/],
    [fileOf([archive], { method: 9 }), /no aggregation method 9/],
    [fileOf([archive], { xFilesFactor: 2 }), /xFilesFactor is not from 0 to 1/],
    [fileOf([archive]).subarray(0, -20), /it ends 20 bytes early/],
    [fileOf([archive, { step: 90, points: 10, held: [] }]), /60 s and 90 s do not fit/],
    [fileOf([]), /it says that it has 0 archives/],
  ];
  for (const [bytes, why] of rows) assert.throws(() => parseWhisper(bytes, NOW), why);
});
