import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allocateCounters } from '../../../core/counters.ts';
import { errorsContract, type ErrorsPlace } from '../contract.suite.ts';
import { SqliteErrorsStore } from './sqlite-errors-store.ts';

function makePlace(): ErrorsPlace & { folder: string; counters: SharedArrayBuffer; open(): SqliteErrorsStore } {
  const folder = mkdtempSync(join(tmpdir(), 'heed-errors-'));
  const counters = allocateCounters();
  return {
    folder,
    counters,
    open: () => new SqliteErrorsStore(folder, counters),
    [Symbol.asyncDispose]: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

errorsContract('sqlite', makePlace);
