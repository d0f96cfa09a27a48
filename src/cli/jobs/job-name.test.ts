import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDsn } from './job-door.ts';
import { nameOfCommand } from './job-name.ts';

test('a job is called as its program', () => {
  const name = (command: string): string => nameOfCommand(command.split(' '));
  assert.deepEqual(['node jobs/import-orders.js a.csv', 'python3 -u sync.py', '/usr/bin/pg_dump shop', 'bash -c', './…'].map(name), [
    'import-orders',
    'sync',
    'pg-dump',
    'bash',
    '',
  ]);
});

test('a DSN tells where to send', () => {
  const { base, project, key } = readDsn('https://abc@heed.example.org:8443/mon/7');
  assert.deepEqual([base, project, key], ['https://heed.example.org:8443/mon', '7', 'abc']);
  for (const wrong of ['', 'heed', 'http://127.0.0.1/1', 'http://abc@127.0.0.1/shop']) assert.throws(() => readDsn(wrong), { code: 'bad_option' });
});
