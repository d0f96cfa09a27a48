import type { Panel } from '../../../src/core/dashboard.ts';

/** A panel's word in addresses: of its title, unlike any other's. */
export function panelKey(panels: readonly Pick<Panel, 'title'>[], index: number): string {
  const wordOf = ({ title }: Pick<Panel, 'title'>): string =>
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'panel';
  const word = wordOf(panels[index]);
  const before = panels.slice(0, index).filter((panel) => wordOf(panel) === word).length;
  return before === 0 ? word : `${word}-${before + 1}`;
}

/** Position of the panel that a word names; -1 for none. */
export function panelAt(panels: readonly Pick<Panel, 'title'>[], key: string): number {
  return panels.findIndex((_, index) => panelKey(panels, index) === key);
}
