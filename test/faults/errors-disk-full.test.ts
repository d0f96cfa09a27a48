import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

void test('a full disk: errors are refused in words, reads go on, nothing is lost, and writing resumes by itself', { timeout: 300_000 }, () => {
  const disk = mkdtempSync(join(tmpdir(), 'heed-disk-'));
  try {
    // A small disk of our own, which goes with the process; without root in a user namespace.
    const unshare = ['unshare', process.getuid?.() === 0 ? '-m' : '-rm', 'sh', '-c', 'mount -t tmpfs -o size=40m tmpfs "$0" && exec "$@"', disk];
    const [command, ...args] = [...unshare, process.execPath, join(import.meta.dirname, 'fill-disk-errors.ts'), disk];
    const { status, stderr, stdout } = spawnSync(command, args, { encoding: 'utf8' });
    assert.equal(status, 0, `${stdout}${stderr}`);
  } finally {
    rmdirSync(disk);
  }
});
