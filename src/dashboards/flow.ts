import { GRID_COLUMNS, type PanelPlace } from '../core/dashboard.ts';

/** Width and height of a panel that does not say its own. */
export const PANEL_SIZE: readonly [w: number, h: number] = [4, 6];

/** Where a panel without a place goes: right of the one before, or below all where it does not fit there. */
export function flowingPlace(before: readonly PanelPlace[], [w, h] = PANEL_SIZE): PanelPlace {
  const last = before.at(-1);
  if (!last) return { x: 0, y: 0, w, h };
  const beside = { x: last.x + last.w, y: last.y, w, h };
  if (beside.x + w <= GRID_COLUMNS && !before.some((place) => overlap(place, beside))) return beside;
  return { x: 0, y: Math.max(...before.map((place) => place.y + place.h)), w, h };
}

function overlap(a: PanelPlace, b: PanelPlace): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
