import { MAX_NAME_BYTES } from '../../core/series.ts';
import { formatTagged, parseTagged } from '../../core/tagged.ts';

/** C0 and C1 controls and DEL, which no name may hold. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * The canonical name of the series in a whisper file, by its path below carbon's folder: `a/b/c.wsp` is `a.b.c`, and
 * `_tagged/0a1/b2c/disk_DOT_used;host=a.wsp` is `disk.used;host=a`. Or why it has none.
 */
export function nameOfFile(path: string): { name: string } | { problem: string } {
  const plain = path.replace(/\.wsp$/, '');
  const tagged = /^_tagged\/[^/]+\/[^/]+\/([^/]+)$/.exec(plain);
  if (!tagged) return canonicalName(plain.replaceAll('/', '.'));
  if (/^[0-9a-f]{64}$/.test(tagged[1]))
    return { problem: 'its name is a hash (TAG_HASH_FILENAMES), which does not tell the series; import it by its name with heed import carbon-dump' };
  return canonicalName(tagged[1].replaceAll('_DOT_', '.'));
}

/** A name as the store knows it, its tags in order; or why it cannot be one. */
export function canonicalName(text: string): { name: string } | { problem: string } {
  const tagged = parseTagged(text);
  if (!tagged) return { problem: 'its tags are not as Graphite has them' };
  const name = formatTagged(tagged);
  if (name === '') return { problem: 'it has no name' };
  if (CONTROL.test(name) || !name.isWellFormed()) return { problem: 'its name holds a control character or is not valid UTF-8' };
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) return { problem: `its name is longer than ${MAX_NAME_BYTES} bytes` };
  return { name };
}
