import { GRID_COLUMNS } from '../../core/dashboard.ts';
import { type Json, listOf, numberOf, objectOf, textOf } from '../import/json.ts';

type Place = readonly [x: number, y: number, w: number, h: number];

/** A panel, or a row's title, in our grid. */
export interface Laid {
  panel: Json;
  at: Place;
}

/** Pixels of a row of our grid. */
const ROW = 40;
const TALLEST = 100;
const MOST = 2000;

/** All panels in the order of their places, those of collapsed rows unfolded. Grafana has 24 columns, its rows are nearly as high as ours. */
export function layPanels(dashboard: Json): Laid[] {
  const rows = listOf(dashboard.rows);
  return (rows.length > 0 && listOf(dashboard.panels).length === 0 ? layRows(rows) : layGrid(listOf(dashboard.panels))).slice(0, MOST);
}

function layGrid(list: readonly unknown[], inRow = false): Laid[] {
  const panels = list
    .slice(0, MOST)
    .map(objectOf)
    .map((panel, i) => ({ panel, i, at: placeOf(panel) }))
    .toSorted((a, b) => a.at[1] - b.at[1] || a.at[0] - b.at[0] || a.i - b.i);
  const laid: Laid[] = [];
  let lower = 0;
  for (const { panel, at } of panels) {
    const [x, y, w, h] = at;
    laid.push({ panel, at: [x, y + lower, w, h] });
    const inner = textOf(panel.type) === 'row' && !inRow ? layGrid(listOf(panel.panels), true) : [];
    if (inner.length === 0) continue;
    const top = Math.min(...inner.map((one) => one.at[1]));
    const bottom = Math.max(...inner.map((one) => one.at[1] + one.at[3]));
    for (const { panel: one, at: place } of inner) laid.push({ panel: one, at: [place[0], place[1] - top + y + lower + 1, place[2], place[3]] });
    lower += bottom - top;
  }
  return laid;
}

function placeOf(panel: Json): Place {
  const { x = 0, y = 0, w = 8, h = 6 } = objectOf(panel.gridPos);
  const [left, right] = [column((numberOf(x) ?? 0) / 2), column(((numberOf(x) ?? 0) + (numberOf(w) ?? 8)) / 2)];
  const start = Math.min(left, GRID_COLUMNS - 1);
  const height = textOf(panel.type) === 'row' ? 1 : Math.round(numberOf(h) ?? 6);
  return [start, within(Math.round(numberOf(y) ?? 0), 0, 9000), Math.max(1, right - start), within(height, 1, TALLEST)];
}

/** Before Grafana 5: rows of panels, each so many of 12 columns wide. */
function layRows(rows: readonly unknown[]): Laid[] {
  const laid: Laid[] = [];
  let y = 0;
  for (const row of rows.slice(0, MOST).map(objectOf)) {
    if (row.showTitle === true && textOf(row.title) !== '') laid.push({ panel: { type: 'row', title: row.title }, at: [0, y++, GRID_COLUMNS, 1] });
    const height = within(Math.round((Number.parseInt(textOf(row.height), 10) || 240) / ROW), 2, 20);
    let x = 0;
    for (const panel of listOf(row.panels).slice(0, MOST).map(objectOf)) {
      const w = within(Math.round(numberOf(panel.span) ?? 4), 1, GRID_COLUMNS);
      if (x + w > GRID_COLUMNS) {
        x = 0;
        y += height;
      }
      laid.push({ panel, at: [x, y, w, height] });
      x += w;
    }
    if (x > 0) y += height;
  }
  return laid;
}

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
const column = (value: number): number => within(Math.round(value), 0, GRID_COLUMNS);
