import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { allocateCounters } from '../../../core/counters.ts';
import { attached, texts } from '../../../store/attachments/contract.suite.ts';
import { openAttachments } from '../../../store/attachments/folder/open-attachments.ts';
import { makeEvent } from '../../../store/errors/contract/world.ts';
import { openErrors } from '../../../store/errors/sqlite/open-errors.ts';
import { forgetOld } from './ageing.ts';

const DAY = 86_400_000;

test('events and attachments older than the days that are kept go, and their issue stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heed-ageing-'));
  const errors = openErrors(folder, allocateCounters());
  const attachments = openAttachments(folder, allocateCounters());
  const now = Date.now();
  const [{ issue }] = await errors.add([makeEvent('a', { timestamp: now - 20 * DAY }), makeEvent('a', { timestamp: now - DAY })]);
  await attachments.add([attached('old', { time: now - 20 * DAY }), attached('new', { time: now - DAY })]);
  assert.equal(await forgetOld({ errors, attachments }, { keepDays: 10, mostEvents: 1000 }, now), 1);
  assert.equal(await forgetOld({ errors, attachments }, { keepDays: 10, mostEvents: 1000 }, now), 0);
  assert.equal((await errors.issue(issue))?.events, 2);
  assert.equal((await errors.event(issue, 'latest'))?.kept, 1);
  assert.deepEqual(await texts(attachments), ['new']);
  await errors[Symbol.asyncDispose]();
  await attachments[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});
