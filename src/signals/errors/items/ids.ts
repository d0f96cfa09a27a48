/** The id of a span: 16 hex digits, lower case. */
export function readSpanId(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length !== 16) return undefined;
  const id = value.toLowerCase();
  return /^[0-9a-f]{16}$/.test(id) && !/^0+$/.test(id) ? id : undefined;
}
