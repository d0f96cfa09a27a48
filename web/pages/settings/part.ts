import type { JSX } from 'preact';

/** A part of the settings. */
export interface SettingsPart {
  /** Below `/settings`, e.g. `/settings/projects`. */
  path: string;
  title: string;
  /** Place among the parts. */
  order: number;
  view: () => JSX.Element;
}

/** Makes a part known; the default export of `settings/<name>/part.tsx`. The folder is the list. */
export function definePart(part: SettingsPart): SettingsPart {
  return part;
}
