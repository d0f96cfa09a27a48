import type { JSX } from 'preact';
import type { NowAnswer } from '../../src/api/contract.ts';
import type { IconName } from '../widgets/icon.tsx';

/** A page of the rail. */
export interface PageDefinition {
  path: string;
  title: string;
  icon: IconName;
  /** After `g`, goes there. */
  key: string;
  /** Place in the rail, from the top. */
  order: number;
  /** The page's table of names or the like reaches the edges. */
  flush?: boolean;
  /** Addresses below its own are its too. */
  deep?: boolean;
  /** What its link in the rail tells beside its title; empty for nothing. */
  count?: (now: NowAnswer) => string;
  view: () => JSX.Element;
}

/** Makes a page known; the default export of `pages/<name>/page.tsx`. The folder is the list. */
export function definePage(definition: PageDefinition): PageDefinition {
  return definition;
}
