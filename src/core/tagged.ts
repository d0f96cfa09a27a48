/** A series name taken apart: `disk.used;host=a` is `{ name: 'disk.used', tags: [['host', 'a']] }`. */
export interface TaggedName {
  name: string;
  /** Sorted by key; the metric's own name is not among them. */
  tags: [key: string, value: string][];
}

/**
 * Takes a name apart and sorts its tags, as graphite-web's TaggedSeries.parse does. Accepts `name;k=v` and the
 * OpenMetrics form `name{k="v"}`. A name without tags passes as it is.
 * @returns undefined when a tag breaks Graphite's rules (empty key or value, `;!^=` in a key, value starting with `~`)
 */
export function parseTagged(path: string): TaggedName | undefined {
  const brace = path.endsWith('}') ? path.indexOf('{') : -1;
  if (brace >= 0) return parseOpenMetrics(path, brace);
  const parts = path.split(';');
  const name = parts[0];
  if (parts.length === 1) return { name, tags: [] };
  const tags = new Map<string, string>();
  for (const part of parts.slice(1)) {
    const equals = part.indexOf('=');
    if (equals < 1) return undefined;
    tags.set(part.slice(0, equals), part.slice(equals + 1));
  }
  return checked(name, tags);
}

const OPEN_METRICS_TAG = /^([^=]+)="((?:[\\]["\\]|[^"\\])*)"(?:,|$)/;

function parseOpenMetrics(path: string, brace: number): TaggedName | undefined {
  let rest = path.slice(brace + 1, -1);
  const tags = new Map<string, string>();
  while (rest !== '') {
    const found = OPEN_METRICS_TAG.exec(rest);
    if (!found) return undefined;
    tags.set(found[1], found[2].replaceAll('\\"', '"').replaceAll('\\\\', '\\'));
    rest = rest.slice(found[0].length);
  }
  return checked(path.slice(0, brace), tags);
}

function checked(name: string, tags: Map<string, string>): TaggedName | undefined {
  tags.delete('name');
  if (name === '') return undefined;
  for (const [key, value] of tags) {
    if (key === '' || /[;!^=]/.test(key) || value === '' || value.includes(';') || value.startsWith('~')) return undefined;
  }
  return { name, tags: [...tags].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) };
}

/** The canonical name: `name;k=v;k2=v2` with keys sorted; what the store's index holds. */
export function formatTagged({ name, tags }: TaggedName): string {
  return tags.length === 0 ? name : `${name};${tags.map(([key, value]) => `${key}=${value}`).join(';')}`;
}
