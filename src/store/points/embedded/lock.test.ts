import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
    // Another run of the same number, as in a container; a number that nobody has; no owner at all.
    for (const stale of [`${process.pid}:other-boot/1`, `${2 ** 22 - 1}:x/1`, 'me']) {
      symlinkSync(stale, join(folder, 'lock'));
      lockFolder(folder)();
    }
    writeFileSync(join(folder, 'lock'), 'a file');
    lockFolder(folder)();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
