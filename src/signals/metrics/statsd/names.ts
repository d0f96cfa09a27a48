import { formatTagged, parseTagged } from '../../../core/tagged.ts';

/** Longest key in bytes; what the namespaces add keeps the series name within the store's 1,024. */
export const LONGEST_KEY = 900;

/** What is longer than this is refused unread; sanitising a name shortens it, but hardly from here. */
const LONGEST_RAW = 4096;

const PLAIN = /^[\w.-]*$/;

/**
 * The key that a name and its DogStatsD tags (`env:prod,host:a`, without `|#`) aggregate under: upstream's sanitised key, with
 * tags in Graphite's canonical order so that every spelling of one series meets in one place. A tag without a value gets
 * `true`, one without a name or with an empty value is left out (Graphite could not keep it; upstream sends it in vain).
 * @returns undefined when it is too long or holds what no series name may
 */
export function keyOf(name: string, tags: string, sanitize: boolean): string | undefined {
  if (tags === '' && name.length <= LONGEST_KEY && PLAIN.test(name)) return name;
  if (name.length + tags.length > LONGEST_RAW) return undefined;
  let key = name;
  // Upstream replaces the first semicolon and the first colon of a tag only.
  for (const tag of tags === '' ? [] : tags.replace(/\r$/, '').split(',')) key += `;${tag.replace(';', '_').replace(':', '=')}`;
  if (sanitize) key = sanitizeKey(key);
  const semicolon = key.indexOf(';');
  if (semicolon >= 0) {
    const valued = key
      .slice(semicolon + 1)
      .split(';')
      .map((tag) => (tag.includes('=') ? tag : `${tag}=true`))
      .filter((tag) => !tag.startsWith('=') && !tag.endsWith('='));
    // An empty name is allowed here (`stats.`), though not to parseTagged.
    const parsed = parseTagged([`-${key.slice(0, semicolon)}`, ...valued].join(';'));
    if (!parsed) return undefined;
    key = formatTagged(parsed).slice(1);
  }
  return Buffer.byteLength(key) > LONGEST_KEY ? undefined : key;
}

/** Upstream's rule: runs of white space to `_`, slashes to `-`, then only letters, digits and `_-.;=` stay. */
function sanitizeKey(key: string): string {
  return key
    .replace(/\s+/g, '_')
    .replaceAll('/', '-')
    .replace(/[^a-zA-Z_\-0-9.;=]/g, '');
}
