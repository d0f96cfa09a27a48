import type { PageDefinition } from './page.ts';

const files = import.meta.glob<PageDefinition>('./*/page.tsx', { eager: true, import: 'default' });

/** All pages, in the order of the rail. */
export const PAGES: readonly PageDefinition[] = Object.values(files).toSorted((a, b) => a.order - b.order);

/** The page of an address. */
export function pageAt(address: string): PageDefinition | undefined {
  return PAGES.find(({ path, deep }) => address === path || (deep === true && address.startsWith(`${path}/`)));
}
