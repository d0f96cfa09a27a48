import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TraceRow } from '../../api/contract-errors.ts';
import { styleFor } from '../terminal.ts';
import { traceInWords } from './trace-lines.ts';

const plain = styleFor({ stdout: { write: () => undefined }, stderr: { write: () => undefined }, env: {}, signal: new AbortController().signal });

const row = (part: Partial<TraceRow>): TraceRow => ({
  kind: 'error',
  time: 1000,
  durationMs: null,
  project: 'shop',
  level: 'error',
  title: 'E: broken',
  about: '',
  issue: 'SHOP-1',
  eventId: 'a',
  ...part,
});
const trace = 'ab'.repeat(16);

void test('a trace is told by what lies around the event, without the event itself', () => {
  const rows = [
    row({ kind: 'transaction', time: 900, durationMs: 250, level: '', title: 'GET /cart', about: 'http.server', issue: '', eventId: 't' }),
    row({}),
    row({ kind: 'log', time: 3000, level: 'warn', title: 'a\u001b[31m red', issue: '', eventId: '' }),
  ];
  assert.equal(
    traceInWords({ trace, rows, more: false }, { id: 'a', time: 1000 }, plain),
    `\nin the same trace, ${trace}\n−100 ms  shop  http.server  250 ms  GET /cart\n+2.0 s   shop  log warn             a\\x1b[31m red\n`,
  );
  assert.equal(traceInWords({ trace, rows: [row({})], more: false }, { id: 'a', time: 1000 }, plain), '');
  assert.equal(traceInWords({ trace: null, rows: [], more: false }, { id: 'a', time: 1000 }, plain), '');
});

void test('of many those nearest are told, and how many there are', () => {
  const rows = Array.from({ length: 30 }, (_, i) => row({ time: i * 1000, title: `E: ${i}`, eventId: `e${i}` }));
  const text = traceInWords({ trace, rows, more: false }, { id: 'a', time: 25_000 }, plain);
  assert.match(text, /the nearest 20 of 30/);
  assert.ok(text.includes('E: 29') && text.includes('E: 15') && !text.includes('E: 3 '));
});
