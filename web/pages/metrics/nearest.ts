import { askFrame, askSearch } from '../../state/api.ts';
import { statsOf } from '../../charts/rows.ts';

/** The path inside an expression: what stands in the innermost brackets, up to a comma. */
function pathIn(target: string): string {
  return target.replace(/^.*\(/, '').split(/[,)]/)[0].trim();
}

/** Up to five names that share words with a target: all its nodes, then fewer. */
export async function nearestNames(target: string, signal: AbortSignal): Promise<string[]> {
  const nodes = pathIn(target)
    .split(/[.*;{}[\]]+/)
    .filter((node) => node.length > 1);
  const tries = [nodes, nodes.slice(-2), nodes.slice(0, -1), nodes.slice(-1), nodes.slice(0, 1)].filter((words) => words.length > 0);
  for (const words of tries) {
    const { series } = await askSearch(words.join(' '), 5, signal);
    if (series.length > 0) return series.map(({ name }) => name);
  }
  return [];
}

/** When any of the targets last had a value within two years; null for never. */
export async function lastPoint(targets: readonly string[], signal: AbortSignal): Promise<number | null> {
  // Looked for from near to far, so that the answer is as exact as it can be.
  for (const from of ['-1d', '-30d', '-2y']) {
    const { rows } = await askFrame(targets, { from, maxDataPoints: '2000' }, signal);
    const times = rows.map((row) => statsOf(row).lastTime).filter((time) => time !== null);
    if (times.length > 0) return Math.max(...times);
  }
  return null;
}
