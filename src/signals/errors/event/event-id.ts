/** An id of 128 bits, with or without hyphens, as 32 lower-case hex digits; undefined when it is none, or nothing but zeros. */
export function readEventId(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const id = value.trim().replaceAll('-', '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(id) && !/^0+$/.test(id) ? id : undefined;
}
