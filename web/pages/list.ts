import type { PageDefinition } from './page.ts';

const files = import.meta.glob<PageDefinition>('./*/page.tsx', { eager: true, import: 'default' });

/** All pages, in the order of the rail. */
export const PAGES: readonly PageDefinition[] = Object.values(files).toSorted((a, b) => a.order - b.order);
