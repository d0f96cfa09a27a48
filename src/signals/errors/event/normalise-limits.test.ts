import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ID, NOW, notesOf, read } from './normalise.fixture.ts';

test('what is too large is cut, and the event tells', () => {
  const event = read({ message: 'm'.repeat(10_000), extra: { big: 'x'.repeat(40_000), small: 1 } });
  assert.equal(event.logentry?.formatted.length, 8192);
  assert.equal(String(event.extra?.big).length, 16_384);
  assert.equal(event.extra?.small, 1);
  assert.deepEqual(notesOf(event), ['value_too_long logentry', 'value_too_long extra.big']);
  const all = read({ extra: Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, 'x'.repeat(16_000)])) });
  assert.ok(JSON.stringify(all.extra).length < 270_000);
});

test('of a thousand of everything, each as long as can be, so many are kept as there may be', () => {
  const long = 'x'.repeat(1000);
  const many = <One>(one: (i: number) => One): One[] => Array.from({ length: 1100 }, (_, i) => one(i));
  const keys = Object.fromEntries(many((i) => [`k${i}`, long]));
  const frames = many((i) => ({ function: `f${i}`, filename: long, vars: keys, pre_context: many(() => long), context_line: long.repeat(9) }));
  const event = read({
    type: 'transaction',
    start_timestamp: NOW / 1000,
    exception: many(() => ({ type: long, value: long.repeat(20), stacktrace: { frames: frames.slice(0, 2) } })),
    stacktrace: { frames },
    threads: many((id) => ({ id })),
    breadcrumbs: many(() => ({ message: long.repeat(20), data: keys })),
    request: { url: long.repeat(9), query_string: keys, headers: keys, cookies: keys, data: keys, env: keys },
    user: { id: long, data: keys, ...keys },
    contexts: Object.fromEntries(many((i) => [`c${i}`, keys])),
    tags: keys,
    extra: Object.fromEntries(many((i) => [`k${i}`, long])),
    modules: keys,
    fingerprint: many(() => long),
    sdk: { name: long, version: long, integrations: many(() => long), packages: many(() => ({ name: long, version: long })) },
    debug_meta: { images: many(() => ({ type: 'sourcemap', debug_id: ID, more: long.repeat(9) })) },
    measurements: Object.fromEntries(many((i) => [`m${i}`, i])),
    spans: many(() => ({ start_timestamp: NOW / 1000, timestamp: NOW / 1000, data: keys })),
  });
  const size = (value: unknown): number => JSON.stringify(value).length;
  const count = (value: object | undefined): number => Object.keys(value ?? {}).length;
  assert.deepEqual(
    {
      exceptions: [count(event.exception), event.exception?.[0].type?.length, event.exception?.[0].value?.length],
      frames: [count(event.stacktrace?.frames), count(event.stacktrace?.frames[0].pre_context), event.stacktrace?.frames[0].context_line?.length],
      lists: [event.threads, event.breadcrumbs, event.tags, event.fingerprint, event.spans, event.debug_meta?.images].map(count),
      records: [event.contexts, event.extra, event.modules, event.measurements].map(count),
      request: [event.request?.url?.length, count(event.request?.query_string), count(event.request?.headers), count(event.request?.cookies)],
      sdk: [event.sdk?.name.length, count(event.sdk?.integrations), count(event.sdk?.packages)],
    },
    {
      exceptions: [50, 256, 8192],
      frames: [250, 20, 1024],
      lists: [256, 100, 100, 32, 1000, 1000],
      records: [64, 256, 1000, 100],
      request: [2048, 100, 100, 100],
      sdk: [128, 100, 100],
    },
  );
  assert.ok((event.errors?.length ?? 0) <= 50);
  for (const [part, most] of [
    [event.stacktrace?.frames[0].vars, 10_000],
    [event.breadcrumbs?.[0].data, 10_000],
    [event.request?.data, 20_000],
    [event.user, 12_000],
    [event.contexts?.c0, 20_000],
    [event.extra, 270_000],
    [event.spans?.[0], 20_000],
    [event.debug_meta?.images[0], 3000],
  ] as const)
    assert.ok(size(part) <= most, String(size(part)));
  assert.deepEqual(read(event), event);
});
