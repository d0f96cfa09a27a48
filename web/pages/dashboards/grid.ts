import type { PanelPlace } from '../../../src/core/dashboard.ts';

export const COLUMNS = 12;
/** Height of a row of the grid and what is between two panels, pixels. */
export const ROW_HEIGHT = 40;
export const GAP = 16;
const MOST_ROWS = 30;

const overlap = (a: PanelPlace, b: PanelPlace): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** Positions of places from the top left, line by line. */
export function readingOrder(places: readonly PanelPlace[]): number[] {
  return places.map((_, index) => index).toSorted((a, b) => places[a].y - places[b].y || places[a].x - places[b].x || a - b);
}

/**
 * Lets panels rise until they meet another one, and pushes down what would overlap. The one at position `moved` comes first
 * where two claim a row. No two places of the answer overlap.
 */
export function arrange(places: readonly PanelPlace[], moved = -1): PanelPlace[] {
  const order = places
    .map((_, index) => index)
    .toSorted((a, b) => places[a].y - places[b].y || Number(b === moved) - Number(a === moved) || places[a].x - places[b].x || a - b);
  const settled: PanelPlace[] = [];
  const answer: PanelPlace[] = [];
  for (const index of order) {
    const place = { ...places[index] };
    const isFree = (y: number): boolean => !settled.some((other) => overlap(other, { ...place, y }));
    while (!isFree(place.y)) place.y++;
    while (place.y > 0 && isFree(place.y - 1)) place.y--;
    settled.push(place);
    answer[index] = place;
  }
  return answer;
}

/** One panel moved by columns and rows, and what that does to the others. */
export function moveBy(places: readonly PanelPlace[], moved: number, columns: number, rows: number): PanelPlace[] {
  const place = places[moved];
  const x = Math.max(0, Math.min(COLUMNS - place.w, place.x + columns));
  return arrange(places.with(moved, { ...place, x, y: Math.max(0, place.y + rows) }), moved);
}

/** One panel made larger or smaller: two columns and three rows at least, where the grid has them. */
export function resizeBy(places: readonly PanelPlace[], moved: number, columns: number, rows: number): PanelPlace[] {
  const place = places[moved];
  const w = Math.min(COLUMNS - place.x, Math.max(2, place.w + columns));
  const h = Math.max(3, Math.min(MOST_ROWS, place.h + rows));
  return arrange(places.with(moved, { ...place, w, h }), moved);
}

/** The first place with room for a panel of that size, from the last row on. */
export function roomFor(places: readonly PanelPlace[], w: number, h: number): PanelPlace {
  const last = places.reduce((most, place) => Math.max(most, place.y), 0);
  for (let y = last; ; y++) {
    for (let x = 0; x + w <= COLUMNS; x++) {
      const place = { x, y, w, h };
      if (!places.some((other) => overlap(other, place))) return place;
    }
  }
}

/** Where a panel stands in a narrower grid: `columns` is 12, 6 or 1; undefined lets it flow. */
export function styleOf({ x, y, w, h }: PanelPlace, columns: number): Record<string, string> {
  if (columns === COLUMNS) return { 'grid-column': `${x + 1} / span ${w}`, 'grid-row': `${y + 1} / span ${h}` };
  return { 'grid-column': columns === 1 || w > 6 ? '1 / -1' : 'span 1', 'grid-row': `span ${h}` };
}
