import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traceWords } from './trace-words.ts';

void test('a row of a trace says what it is and how it went', () => {
  assert.deepEqual(traceWords({ kind: 'error', level: 'fatal', about: 'a.js in b' }), { state: 'bad', icon: 'errors', lead: 'fatal' });
  assert.deepEqual(traceWords({ kind: 'log', level: 'warn', about: '' }), { state: 'warn', icon: 'term', lead: 'log warn' });
  assert.deepEqual(traceWords({ kind: 'log', level: '', about: '' }), { state: undefined, icon: 'term', lead: 'log' });
  assert.deepEqual(traceWords({ kind: 'transaction', level: '', about: 'http.server' }), { state: undefined, icon: 'http', lead: 'http.server' });
  assert.deepEqual(traceWords({ kind: 'transaction', level: '', about: 'db, internal_error' }), { state: 'warn', icon: 'http', lead: 'db, internal_error' });
  assert.deepEqual(traceWords({ kind: 'transaction', level: '', about: '' }).lead, 'took');
  assert.deepEqual(traceWords({ kind: 'page_view', level: '', about: '' }), { state: undefined, icon: 'list', lead: 'page view' });
});
