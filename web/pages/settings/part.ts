import type { JSX } from 'preact';

/** A part of the settings. */
export interface SettingsPart {
  /** Below `/settings`, e.g. `/settings/projects`. */
  path: string;
  title: string;
  /** Place among the parts. */
  order: number;
  /** False where it is of no use to who looks. */
  shown?: () => boolean;
  view: () => JSX.Element;
}

/** Makes a part known; the default export of `settings/<name>/part.tsx`. The folder is the list. */
export function definePart(part: SettingsPart): SettingsPart {
  return part;
}
