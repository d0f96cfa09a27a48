import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../../core/errors.ts';
import { parseEnvelope } from './envelope.ts';
import { readTunnelDsn } from './tunnel.ts';

const ID = '9ec79c33ec9942ab8353589fcb2e04dc';
const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

const parse = (text: string) => {
  const { header, items, wrong } = parseEnvelope(Buffer.from(text));
  return { header: JSON.parse(JSON.stringify(header)) as unknown, items: items.map(({ type, payload }) => [type, Buffer.from(payload).toString()]), wrong };
};

test('items are found with and without a length, with and without a last newline, and empty', () => {
  const event = ['event', '{"a":1}'];
  const texts: [string, string[][]][] = [
    [`{"event_id":"${ID}"}\n{"type":"event","length":7}\n{"a":1}`, [event]],
    [`{"event_id":"${ID}"}\n{"type":"event"}\n{"a":1}\n`, [event]],
    [`{}\n{"type":"event"}\n{"a":1}`, [event]],
    [`{}\r\n{"type":"event","length":7}\r\n{"a":1}\r\n\r\n`, [event]],
    [`{}\n{"type":"attachment","length":0}\n\n{"type":"event"}\n{"a":1}\n\n\n`, [['attachment', ''], event]],
    [`{}\n{"type":"attachment","length":0}`, [['attachment', '']]],
    [`{}\n{"type":"attachment","length":3}\n\n\n\n\n{"type":"event","length":7}\n{"a":1}`, [['attachment', '\n\n\n'], event]],
    [`{}\n{"type":"attachment","length":2}\né{"type":"event"}\n{"a":1}`, [['attachment', 'é'], event]],
    [`{}\n{"type":"event","length":null}\n{"a":1}`, [event]],
    ['{}', []],
    ['{}\n\n', []],
  ];
  for (const [text, items] of texts) {
    const envelope = parse(text);
    if (!text.includes('\r\n')) assert.deepEqual(envelope.items, items, JSON.stringify(text));
    assert.equal(envelope.items.length, items.length);
    assert.deepEqual(envelope.wrong, []);
  }
});

test('the header tells id, time and DSN; ids lose their hyphens', () => {
  const { header } = parse(
    `\ufeff{"event_id":"9ec79c33-ec99-42ab-8353-589fcb2e04dc","dsn":"http://${KEY}@h/1","sent_at":"2026-11-22T08:36:54.341Z","new":[1]}\n`,
  );
  assert.deepEqual(header, { event_id: ID, dsn: `http://${KEY}@h/1`, sent_at: Date.UTC(2026, 10, 22, 8, 36, 54, 341) });
  assert.deepEqual(parse('{"event_id":7,"sent_at":true,"sdk":[],"trace":"x"}').header, {});
});

test('of a damaged envelope the items before the damage are kept', () => {
  const good = '{}\n{"type":"event"}\n{"a":1}\n';
  for (const [rest, fault] of [
    ['{"type":', 'bad_item_header'],
    ['[]\nx', 'bad_item_header'],
    ['{"type":"event","length":-1}\nx', 'bad_item_header'],
    ['{"type":"event","length":"7"}\n{"a":1}', 'bad_item_header'],
    ['{"type":"event","length":1e300}\n{"a":1}', 'bad_item_header'],
    [`{"type":"event","x":"${'y'.repeat(9000)}"}\n{}`, 'bad_item_header'],
    ['{"type":"attachment","length":100}\nshort', 'cut_short'],
  ]) {
    const { items, wrong } = parse(good + rest);
    assert.deepEqual(items, [['event', '{"a":1}']], rest);
    assert.deepEqual(
      wrong.map((one) => one.fault),
      [fault],
      rest,
    );
  }
});

test('an item that is too large, or has no type, is left out, and those behind it are kept', () => {
  const report = (size: number): string => `{"type":"client_report","length":${size}}\n${' '.repeat(size)}\n`;
  const { items, wrong } = parse(`{}\n${report(4097)}{"type":7}\n{}\n${report(4096)}`);
  assert.deepEqual(
    items.map(([type]) => type),
    ['client_report'],
  );
  assert.deepEqual(wrong, [{ fault: 'item_too_large', type: 'client_report' }, { fault: 'bad_item_header' }]);
});

test('there are 1,000 items at most, and 100 sessions', () => {
  const many = parse(`{}\n${'{"type":"x"}\n\n'.repeat(10_000)}`);
  assert.equal(many.items.length, 1000);
  assert.deepEqual(many.wrong, [{ fault: 'too_many_items', type: 'x' }]);
  const sessions = parse(`{}\n${'{"type":"session"}\n{}\n'.repeat(101)}{"type":"event"}\n{}`);
  assert.equal(sessions.items.length, 101);
  assert.deepEqual(sessions.wrong, [{ fault: 'too_many_sessions', type: 'session' }]);
});

test('payloads are parts of the bytes, not copies', () => {
  const bytes = Buffer.from('{}\n{"type":"attachment","length":3}\nabc');
  assert.equal(parseEnvelope(bytes).items[0].payload.buffer, bytes.buffer);
});

test('an envelope without a header is refused', () => {
  for (const text of ['', '\n', 'hello', '[]\n', `{"a":"${'x'.repeat(9000)}"}\n`]) assert.throws(() => parse(text), { code: 'bad_envelope' }, text.slice(0, 9));
});

test('what was written as an envelope is read from it, and cut or changed anywhere it gives items or a HeedError', () => {
  const item = fc.tuple(fc.constantFrom('event', 'attachment', 'new_thing'), fc.uint8Array({ maxLength: 50 }));
  const property = fc.property(fc.array(item, { maxLength: 10 }), fc.boolean(), fc.nat(), fc.nat(255), (items, newline, at, byte) => {
    const parts = items.flatMap(([type, payload]) => [Buffer.from(`{"type":"${type}","length":${payload.length}}\n`), Buffer.from(payload), Buffer.from('\n')]);
    const whole = Buffer.concat([Buffer.from('{}\n'), ...(newline ? parts : parts.slice(0, -1))]);
    assert.deepEqual(
      parseEnvelope(whole).items.map(({ type, payload }) => [type, Uint8Array.from(payload)]),
      items,
    );
    const cut = parseEnvelope(whole.subarray(0, Math.max(3, at % whole.length)));
    assert.ok(cut.items.length <= items.length && cut.wrong.length <= 1);
    whole[at % whole.length] = byte;
    try {
      for (const found of parseEnvelope(whole).items) assert.ok(found.payload.length <= whole.length);
    } catch (error) {
      assert.ok(error instanceof HeedError);
    }
  });
  fc.assert(property, { numRuns: 500 });
});

test('a tunnel reads the DSN from the first line, and asks for more where that is not whole', () => {
  const line = `{"event_id":"${ID}","dsn":"http://${KEY}@127.0.0.1:9128/8"}`;
  assert.equal(readTunnelDsn(Buffer.from(`${line}\n{"type":"event"}\n…`), false)?.project, '8');
  assert.equal(readTunnelDsn(Buffer.from(line), true)?.key, KEY);
  assert.equal(readTunnelDsn(Buffer.from(line), false), undefined);
  assert.throws(() => readTunnelDsn(Buffer.from('{}\n'), false), { code: 'no_dsn', status: 401 });
  assert.throws(() => readTunnelDsn(Buffer.alloc(9000, 'x'), false), { code: 'bad_envelope' });
});
