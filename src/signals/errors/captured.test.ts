import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { ErrorEvent } from '../../core/error-event.ts';
import { HeedError } from '../../core/errors.ts';
import { normaliseEvent } from './event/normalise.ts';
import { type ReadItem, readItem } from './items/read-item.ts';
import { scrubEvent } from './scrub/scrub-event.ts';
import { DEFAULT_SCRUB, Scrubber } from './scrub/scrubber.ts';
import { readCredentials } from './wire/auth.ts';
import { inflateBody } from './wire/encoding.ts';
import { parseEnvelope } from './wire/envelope.ts';
import { readStoreBody } from './wire/store-body.ts';

/** What a real client sent, and what is in it. */
interface Captured {
  file: string;
  url: string;
  auth?: string;
  encoding?: string;
  items: { type: string; event?: Record<string, unknown>; count?: number }[];
}

const MOST = 10_000_000;
const ARRIVAL = { received: Date.UTC(2026, 10, 22, 8, 40), newId: () => 'f'.repeat(32) };

const fixture = (name: string): Buffer => readFileSync(new URL(`captured/${name}`, import.meta.url));
const all = fixture('expected.jsonl')
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Captured);

async function receive({ url, encoding }: Captured, bytes: Uint8Array): Promise<ReadItem[]> {
  const body = await inflateBody(bytes, encoding ?? undefined, MOST);
  if (url.includes('/store/')) return [{ kind: 'event', event: normaliseEvent(await readStoreBody(body, MOST), ARRIVAL) }];
  const { header, items } = parseEnvelope(body);
  return items.map((item) => readItem(item, header, ARRIVAL));
}

function factsOf(event: ErrorEvent): Record<string, unknown> {
  const { event_id, platform, release, environment, dist, transaction, tags, fingerprint, server_name, logger, user, spans, contexts, breadcrumbs } = event;
  const exceptions = event.exception ?? [];
  const frames = exceptions.map(({ stacktrace }) => stacktrace?.frames ?? []);
  return {
    event_id,
    exceptions: exceptions.map(({ type, value }) => [type, value]),
    frames: frames.map((list) => list.length),
    in_app: frames.map((list) => list.filter((frame) => frame.in_app === true).length),
    message: event.logentry?.message ?? event.logentry?.formatted ?? null,
    platform,
    release: release ?? null,
    environment: environment ?? null,
    dist: dist ?? null,
    tags: Object.fromEntries(tags),
    transaction: transaction ?? null,
    user_id: user?.id ?? null,
    breadcrumbs: breadcrumbs?.length ?? 0,
    contexts: Object.keys(contexts ?? {}).toSorted(),
    spans: spans?.length ?? 0,
    fingerprint: fingerprint ?? null,
    server_name: server_name ?? null,
    logger: logger ?? null,
  };
}

test('what real clients sent is found again, whole', async () => {
  for (const captured of all) {
    assert.equal(readCredentials({ xSentryAuth: captured.auth ?? undefined, query: captured.url.split('?')[1] }).key, 'a1b2c3d4e5f60718293a4b5c6d7e8f90');
    const items = await receive(captured, fixture(captured.file));
    assert.equal(items.length, captured.items.length, captured.file);
    for (const [index, expected] of captured.items.entries()) {
      const item = items[index];
      const where = `${captured.file} ${item.kind}`;
      // Of NUL nothing is kept.
      if ('event' in item && item.event !== undefined)
        assert.deepEqual(factsOf(item.event), JSON.parse(JSON.stringify(expected.event).replaceAll('\\u0000', '')), where);
      if (item.kind === 'log') assert.deepEqual([item.logs.entries.length, item.logs.bad], [expected.count, 0], where);
      if (item.kind === 'trace_metric') assert.deepEqual([item.metrics.entries.length, item.metrics.bad], [expected.count, 0], where);
      assert.notEqual(item.kind, 'not_kept', where);
    }
  }
});

test("Python's secrets in variables are hidden before anything is kept", async () => {
  const captured = all.find(({ file }) => file === 'py-1.9.10-002.bin') as Captured;
  const [item] = await receive(captured, fixture(captured.file));
  assert.ok(item.kind === 'event');
  assert.match(JSON.stringify(item.event), /hunter2/);
  assert.doesNotMatch(JSON.stringify(scrubEvent(item.event, new Scrubber(DEFAULT_SCRUB))), /hunter2|4111/);
});

test('cut or with a bit flipped anywhere, they are read or refused by a HeedError', async () => {
  const property = fc.asyncProperty(fc.constantFrom(...all), fc.nat(), fc.nat(), fc.nat(7), async (captured, cut, flip, bit) => {
    const bytes = Buffer.from(fixture(captured.file));
    bytes[flip % bytes.length] ^= 1 << bit;
    for (const changed of [bytes, bytes.subarray(0, cut % bytes.length)]) {
      try {
        for (const item of await receive(captured, changed))
          if ('event' in item && item.event !== undefined) scrubEvent(item.event, new Scrubber(DEFAULT_SCRUB));
      } catch (error) {
        assert.ok(error instanceof HeedError, String(error));
      }
    }
  });
  await fc.assert(property, { numRuns: 1000 });
});
