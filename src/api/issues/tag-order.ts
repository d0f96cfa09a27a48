/** Tags that Heed makes of other parts of an event, what tells most first; clients' own stand before all of them. */
const MADE = ['release', 'environment', 'user', 'transaction', 'url', 'server_name', 'dist', 'logger', 'level', 'error.type', 'handled', 'mechanism'];

/** Tags in the order in which people want to read them. */
export function inReadingOrder<Tag extends { key: string }>(tags: readonly Tag[]): Tag[] {
  return tags.toSorted((a, b) => MADE.indexOf(a.key) - MADE.indexOf(b.key));
}
