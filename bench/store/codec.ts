import { performance } from 'node:perf_hooks';
import { ByteSink, ByteSource, PAD } from '../../src/store/points/embedded/blocks/codec/bytes.ts';
import { ChunkHeader, encodeChunk } from '../../src/store/points/embedded/blocks/codec/chunk.ts';
import { EXTRA_KINDS, fillSeries, KINDS, kindOf } from './series-mix.ts';

// Bytes a point and million points a second of the chunk codec, on the mix of series that the store's targets are stated for.

const STEP = 10;
const ORIGIN = 1_760_000_400;

interface Workload {
  name: string;
  series: number;
  points: number;
  kind?: string;
}

function measure(workload: Workload, chunkPoints: number): string {
  const { series, points } = workload;
  const values = new Float64Array(series * points);
  for (let s = 0; s < series; s++) fillSeries(workload.kind ?? kindOf(s), s, values.subarray(s * points, (s + 1) * points));
  const times = Uint32Array.from({ length: points }, (_, i) => ORIGIN + i * STEP);
  let sink = new ByteSink(series * points * 9);
  const encodeMs = best(() => {
    sink.at = 0;
    for (let s = 0; s < series; s++) {
      const mine = values.subarray(s * points, (s + 1) * points);
      for (let at = 0; at < points; at += chunkPoints) {
        const count = Math.min(chunkPoints, points - at);
        encodeChunk(sink, times, mine, at, count, { origin: ORIGIN, isLast: at + count === points, idGap: 0 });
      }
    }
  });
  sink.reserve(PAD);
  const source = new ByteSource(sink.bytes);
  const header = new ChunkHeader();
  const decodeMs = best(() => {
    source.open(0, sink.at);
    while (source.at < sink.at) {
      header.read(source, ORIGIN);
      header.decode(source, false);
    }
  });
  const total = series * points;
  const rate = (ms: number): string => `${(total / ms / 1000).toFixed(0).padStart(4)} M/s`;
  return `${workload.name.padEnd(28)} ${String(chunkPoints).padStart(5)} a chunk  ${(sink.at / total).toFixed(3)} B/point  encode ${rate(encodeMs)}  decode ${rate(decodeMs)}`;
}

function best(run: () => void): number {
  let least = Infinity;
  for (let i = 0; i < 4; i++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

console.log(measure({ name: 'W1 100,000 x 60 (a fifth)', series: 20_000, points: 60 }, 60));
for (const chunk of [360, 720, 1080, 1440]) console.log(measure({ name: 'W2 2,000 x 8,640 (a tenth)', series: 200, points: 8640 }, chunk));
for (const kind of [...KINDS, ...EXTRA_KINDS]) console.log(measure({ name: kind, series: 20, points: 8640, kind }, 720));
