/** What stands for the value of a tag that has none, in a fact's tags. */
const NO_VALUE = 'true';

/** Tags written as `release` or `env:prod`, as a fact keeps them; empty ones are passed over. */
export function tagsOfList(list: readonly string[]): Record<string, string> {
  const tags = Object.create(null) as Record<string, string>;
  for (const tag of list) {
    const colon = tag.indexOf(':');
    if (tag !== '') tags[colon < 0 ? tag : tag.slice(0, colon)] = colon < 0 ? NO_VALUE : tag.slice(colon + 1);
  }
  return tags;
}

/** A fact's tags as they are written. */
export function listOfTags(tags: Readonly<Record<string, string>>): string[] {
  return Object.entries(tags).map(([key, value]) => (value === NO_VALUE ? key : `${key}:${value}`));
}
