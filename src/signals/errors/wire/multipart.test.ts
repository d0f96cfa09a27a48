import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HeedError } from '../../../core/errors.ts';
import { readForm } from './multipart.ts';

const TYPE = 'multipart/form-data; boundary=xyz';
const part = (head: string, content: string): string => `--xyz\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`;

test('texts are told from files', () => {
  const body = `${part('name="sentry"', '{"release":"1"}')}${part('name="upload_file_minidump"; filename="a.dmp"', 'MDMP\r\n--xy')}--xyz--\r\n`;
  const form = readForm(Buffer.from(body), TYPE);
  assert.deepEqual(
    [...form.fields].map(([name, value]) => [name, Buffer.from(value).toString()]),
    [['sentry', '{"release":"1"}']],
  );
  assert.deepEqual(
    form.files.map(({ name }) => name),
    ['upload_file_minidump'],
  );
});

test('what is no form is refused with a reason', () => {
  for (const [body, type] of [
    ['', TYPE],
    ['--xyz', TYPE],
    [part('name="a"', 'b'), TYPE],
    ['--xyz--', 'application/json'],
    [part('name="a"', 'b').repeat(200), TYPE],
  ])
    assert.throws(() => readForm(Buffer.from(body), type), { code: 'bad_form' });
});

test('whatever comes, it is read or refused', () => {
  const piece = fc.constantFrom('--xyz', '--', '\r\n', '\r\n\r\n', 'name="a"', ';', 'filename=x', '\0', 'Content-Disposition: form-data; name="b"');
  const property = fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
    try {
      readForm(Buffer.from(pieces.join('')), TYPE);
    } catch (error) {
      assert.ok(error instanceof HeedError, String(error));
    }
  });
  fc.assert(property, { numRuns: 2000 });
});
