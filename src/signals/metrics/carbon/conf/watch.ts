import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { causeOf } from '../../../../core/errors.ts';
import { log } from '../../../../core/log.ts';
import type { PointsPolicy } from '../../../../core/policy.ts';
import { type CarbonConf, CARBON_FILES, readCarbonConf } from './read.ts';

/** As often as carbon looks at its rule files. */
const EVERY_MS = 10_000;

/**
 * Reads the folder again whenever one of carbon's files has changed, and hands on what it says then. While the folder cannot
 * be read, what was read last stays.
 * @returns stops watching
 */
export function watchCarbonConf(folder: string, own: PointsPolicy, changed: (conf: CarbonConf) => void, every = EVERY_MS): () => void {
  let known: string | undefined;
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      const marks = await markFiles(folder);
      if (known !== undefined && marks !== known) changed(await readCarbonConf(folder, own));
      known = marks;
    } catch (error) {
      log.warn(causeOf(error));
    } finally {
      looking = false;
    }
  };
  void look();
  const timer = setInterval(() => void look(), every).unref();
  return () => clearInterval(timer);
}

/** Changes when any of the files does. */
async function markFiles(folder: string): Promise<string> {
  const marks = await Promise.all(
    CARBON_FILES.map((file) =>
      stat(join(folder, file)).then(
        ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
        () => '',
      ),
    ),
  );
  return marks.join('\n');
}
