import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '../load/ask.ts';
import { sendFile, writeLines } from '../load/graphite.ts';
import { seriesName } from '../load/workload.ts';
import { startHeed, stored } from '../peers/heed.ts';
import { newFolder } from '../process/folder.ts';
import { median, printMeasurements, type Measurement } from '../table.ts';

const SERIES = 10;
/** A day of minutes. */
const STEPS = 1440;
const RUNS = 60;

/** Pictures of ten series over a day, 800 by 300 pixels, over HTTP; the first one, which starts what draws, is told apart. */
export async function bench(): Promise<void> {
  const scratch = newFolder('pictures');
  const file = join(scratch, 'lines.txt');
  const end = Math.floor(Date.now() / 60_000) * 60;
  const server = await startHeed('0,1');
  const lines = writeLines(file, SERIES, STEPS, end - STEPS * 60, 60);
  await sendFile(file, server.ports.carbon as number);
  await stored(server, lines, 60);
  const targets = Array.from({ length: SERIES }, (_, i) => `target=${encodeURIComponent(seriesName(i))}`).join('&');
  const measurements: Measurement[] = [];
  for (const [format, goal] of [
    ['png', '<= 40'],
    ['svg', 'told beside it'],
    ['pdf', 'told beside it'],
  ]) {
    const times: number[] = [];
    let first = NaN;
    for (let run = 0; run <= RUNS; run++) {
      const { ms, status } = await ask(`${server.url}/render?${targets}&from=-24h&width=800&height=300&format=${format}`);
      if (status !== 200) throw new Error(`cannot measure pictures: ${format} answered ${status}`);
      if (run === 0) first = ms;
      else times.push(ms);
    }
    measurements.push({ what: `${format}, median; the first took ${Math.round(first)} ms`, values: { heed: median(times) }, unit: 'ms', better: 'less', goal });
  }
  await server.stop();
  rmSync(scratch, { recursive: true, force: true });
  printMeasurements('A picture of 10 series × 24 h, 800 × 300', measurements);
}
