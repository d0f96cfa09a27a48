/** Whether a text is as a pattern says, whose `*` stand for anything; capital and small letters are the same. In time linear in both, mostly. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const [head, ...rest] = pattern.toLowerCase().split('*');
  const lower = text.toLowerCase();
  const tail = rest.pop();
  if (tail === undefined) return lower === head;
  if (!lower.startsWith(head)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = lower.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return lower.length - tail.length >= at && lower.endsWith(tail);
}

/** The pattern for SQL's `LIKE … ESCAPE '\'`. */
export function likeOf(pattern: string): string {
  return pattern.replaceAll(/[\\%_]/g, '\\$&').replaceAll(/\*+/g, '%');
}
