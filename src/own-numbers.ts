import { COUNTERS, readCounters } from './core/counters.ts';
import type { ProbeContext } from './core/define.ts';
import type { PointsStore } from './store/points/points-store.ts';

/** Heed's own numbers for the collector of itself: what was counted since the last asking, and sizes as they are. */
export function ownNumbers(memory: SharedArrayBuffer, points: PointsStore): ProbeContext['own'] {
  let before = readCounters(memory);
  let cpuBefore = process.cpuUsage();
  let timeBefore = performance.now();
  return async () => {
    const counts = readCounters(memory);
    const counters: Record<string, number> = {};
    for (const name of COUNTERS) counters[name] = counts[name] - before[name];
    before = counts;
    const cpu = process.cpuUsage(cpuBefore);
    const now = performance.now();
    const percent = ((cpu.user + cpu.system) / 1000 / (now - timeBefore)) * 100;
    cpuBefore = process.cpuUsage();
    timeBefore = now;
    const { series, headPoints, blocks, bytes, diskFree } = await points.stats();
    return {
      counters,
      gauges: {
        'process.rss_bytes': process.memoryUsage.rss(),
        'process.cpu_percent': percent,
        'points.series': series,
        'points.head': headPoints,
        'points.blocks': blocks,
        'points.disk_bytes': bytes.blocks + bytes.log + bytes.index,
        'points.disk_free_bytes': diskFree,
      },
    };
  };
}
