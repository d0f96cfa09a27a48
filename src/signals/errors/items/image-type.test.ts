import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageType } from './image-type.ts';

test('images are known by their bytes, and nothing else is one', () => {
  const typeOf = (text: string): string => imageType(Buffer.from(text, 'latin1'));
  assert.equal(typeOf('\x89PNG\r\n\x1a\nIHDR'), 'image/png');
  assert.equal(typeOf('\xff\xd8\xff\xe0'), 'image/jpeg');
  assert.equal(typeOf('GIF89a'), 'image/gif');
  assert.equal(typeOf('RIFF\n\x00\x00\x00WEBPVP8 '), 'image/webp');
  for (const text of ['', '<svg onload="alert(1)">', '<html>', 'RIFF....WAVE', ' \x89PNG\r\n\x1a\n', 'MDMP']) assert.equal(typeOf(text), '', text);
});
