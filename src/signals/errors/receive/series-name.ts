const MOST_PART = 100;

/** A text of a client as one part of a series' name: what is not a letter, digit, `-` or `_` becomes `_`. */
export function namePart(text: string): string {
  const part = text.slice(0, MOST_PART).replace(/[^A-Za-z0-9_-]+/g, '_');
  return part === '' ? '_' : part;
}

/** As `namePart`, but dots stay between parts. */
export function nameParts(text: string): string {
  return text
    .slice(0, 200)
    .split('.')
    .filter((part) => part !== '')
    .map(namePart)
    .join('.');
}
