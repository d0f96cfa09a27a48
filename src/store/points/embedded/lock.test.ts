import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { HeedError } from '../../../core/errors.ts';
import { folderOwner, lockFolder } from './lock.ts';

void test('a folder is one process’ at a time, and anybody’s when that process is gone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'heed-lock-'));
  try {
    const unlock = lockFolder(folder);
    assert.equal(folderOwner(folder), process.pid);
    assert.throws(
      () => lockFolder(folder),
      (error) => error instanceof HeedError && error.code === 'folder_in_use',
    );
    unlock();
    assert.equal(folderOwner(folder), undefined);
    // Another run of the same number, as in a container; a number that nobody has; a lock cut short.
    for (const stale of [{ pid: process.pid, run: 'other-boot/1' }, { pid: 2 ** 22 - 1, run: 'x/1' }, '{"pid":']) {
      writeFileSync(join(folder, 'lock'), typeof stale === 'string' ? stale : JSON.stringify(stale));
      lockFolder(folder)();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
