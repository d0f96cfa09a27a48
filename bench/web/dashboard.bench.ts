import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser } from '../../test/harness/browser.ts';
import { sendFile, writeLines } from '../load/graphite.ts';
import { seriesName } from '../load/workload.ts';
import { startHeed, stored } from '../peers/heed.ts';
import { newFolder } from '../process/folder.ts';
import { median, printMeasurements } from '../table.ts';

const PANELS = 30;
const SERIES = 300;
/** A day of minutes. */
const STEPS = 1440;
const RUNS = 7;
const FRAMES_MS = 2000;

/** Twelve columns, three panels a row; every fifth panel draws ten series. */
function thirtyPanels(): string {
  const panels = Array.from({ length: PANELS }, (_, i) => {
    const targets = Array.from({ length: i % 5 === 0 ? 10 : 1 }, (_, k) => `'${seriesName(i * 10 + k)}'`);
    return `  - { title: Panel ${i + 1}, targets: [${targets.join(', ')}], at: [${(i % 3) * 4}, ${Math.floor(i / 3) * 6}, 4, 6] }`;
  });
  return `title: Thirty\nrange: 24h\npanels:\n${panels.join('\n')}\n`;
}

/** A cold page with thirty panels in the system's browser: from the first request to the last chart, and frames while it scrolls and zooms. */
export async function bench(): Promise<void> {
  const scratch = newFolder('dashboards');
  const folder = join(scratch, 'dashboards');
  mkdirSync(folder);
  writeFileSync(join(folder, 'thirty.yaml'), thirtyPanels());
  const file = join(scratch, 'lines.txt');
  const end = Math.floor(Date.now() / 60_000) * 60;
  const server = await startHeed('0,1', { args: ['--dashboards', folder] });
  const lines = writeLines(file, SERIES, STEPS, end - STEPS * 60, 60);
  await sendFile(file, server.ports.carbon as number);
  await stored(server, lines, 120);

  const cold: number[] = [];
  let frames = { scroll: NaN, zoom: NaN };
  {
    await using browser = await startBrowser();
    for (let run = 0; run < RUNS; run++) {
      const page = await browser.open(`${server.url}/dashboards/thirty`);
      await page.waitForFunction((count) => document.querySelectorAll('.board .plot-canvas canvas').length === count, PANELS, { polling: 'raf' });
      cold.push(await page.evaluate(() => performance.now()));
      if (run === RUNS - 1) frames = { scroll: await scrolling(page), zoom: await zooming(page) };
      await page.context().close();
    }
  }
  await server.stop();
  rmSync(scratch, { recursive: true, force: true });
  printMeasurements('A dashboard of 30 panels, 24 h, in a browser', [
    { what: 'cold, until the last chart is drawn, median', values: { heed: median(cold) }, unit: 'ms', better: 'less', goal: '< 1,000' },
    { what: 'time of a frame while it scrolls, 95th percentile', values: { heed: frames.scroll }, unit: 'ms', better: 'less', goal: '<= 16.7' },
    { what: 'time of a frame while a zoom is dragged, 95th', values: { heed: frames.zoom }, unit: 'ms', better: 'less', goal: '<= 16.7' },
  ]);
}

/** Times between frames, milliseconds, at their 95th percentile. */
function framesOf(page: Page, scrolls: boolean): Promise<number> {
  return page.evaluate(
    ({ millis, scrolls }) =>
      new Promise<number>((resolve) => {
        const times: number[] = [];
        let last = performance.now();
        const end = last + millis;
        let top = 0;
        const frame = (now: number): void => {
          times.push(now - last);
          last = now;
          if (scrolls) scrollTo(0, (top += 20) % (document.body.scrollHeight - innerHeight));
          if (now < end) requestAnimationFrame(frame);
          else resolve(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)]);
        };
        requestAnimationFrame(frame);
      }),
    { millis: FRAMES_MS, scrolls },
  );
}

const scrolling = (page: Page): Promise<number> => framesOf(page, true);

/** A drag over a chart, which all others follow. */
async function zooming(page: Page): Promise<number> {
  await page.evaluate(() => scrollTo(0, 0));
  const box = await page.locator('.u-over').first().boundingBox();
  if (!box) return NaN;
  const measured = framesOf(page, false);
  await page.mouse.move(box.x + 20, box.y + 30);
  await page.mouse.down();
  for (let step = 0; step < 100; step++) await page.mouse.move(box.x + 20 + (step * (box.width - 40)) / 100, box.y + 30);
  const frame = await measured;
  await page.mouse.up();
  return frame;
}
