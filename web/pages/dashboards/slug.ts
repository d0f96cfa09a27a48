const MOST_LETTERS = 60;

/** A title as a part of an address that none has yet. */
export function freeSlug(title: string, taken: ReadonlySet<string>): string {
  const word =
    title
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .slice(0, MOST_LETTERS)
      .replaceAll(/^-+|-+$/g, '') || 'dashboard';
  if (!taken.has(word)) return word;
  let number = 2;
  while (taken.has(`${word}-${number}`)) number++;
  return `${word}-${number}`;
}
