/** What stands where in a file (https://mimesniff.spec.whatwg.org/#image-type-pattern-matching-algorithm). */
const SIGNS: readonly [type: string, ...parts: [at: number, text: string][]][] = [
  ['image/png', [0, '\x89PNG\r\n\x1a\n']],
  ['image/jpeg', [0, '\xff\xd8\xff']],
  ['image/gif', [0, 'GIF87a']],
  ['image/gif', [0, 'GIF89a']],
  ['image/webp', [0, 'RIFF'], [8, 'WEBPVP']],
];

/** Which image it is that a browser may show, by its first bytes and never by what it is called; empty for all else, SVG among it. */
export function imageType(bytes: Uint8Array): string {
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return SIGNS.find(([, ...parts]) => parts.every(([at, text]) => beginning.startsWith(text, at)))?.[0] ?? '';
}
