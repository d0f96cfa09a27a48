import type { FrameRow } from '../../../../src/api/contract.ts';
import type { Dashboard, FigureName, Panel, PanelLimit, PanelUnit } from '../../../../src/core/dashboard.ts';
import { linesOf, type ColourBook, type Line } from '../../../charts/rows.ts';
import { commonUnit } from '../../../charts/units.ts';
import type { Mark } from '../../../state/marks.ts';
import type { StateName } from '../../../widgets/state.tsx';
import type { Unit } from '../../../words/number.ts';
import type { PanelAnswer } from '../frames.ts';

/** What every kind of panel is given. Its texts and targets are those of the reader's choice already. */
export interface PanelViewProps {
  panel: Panel;
  answer: PanelAnswer & { frame: NonNullable<PanelAnswer['frame']> };
  lines: readonly Line[];
  unit: Unit;
  marks: readonly Mark[];
  /** Room for the panel's body, pixels. */
  height: number;
  /** Charts with the same word share the cursor. */
  sync: string;
  /** Marks are drawn with labels here. */
  labels: boolean;
  /** A time is pointed at; null when no more. */
  onPoint: (time: number | null) => void;
  /** It is asked what else changed then. */
  onAsk: (time: number) => void;
}

/** A row that says what it was before carries the name that it has now. */
const EARLIER = /^timeShift\((.*),\s*["'][^"']*["']\)$/;

/** What a panel asks for: its targets, and the same from earlier where it compares. */
export function targetsOf({ targets, compare }: Pick<Panel, 'targets' | 'compare'>): string[] {
  return compare === '' ? [...targets] : [...targets, ...targets.map((target) => `timeShift(${target},'${compare}')`)];
}

/** How long before, in words: `yesterday`, `3 h before`. */
export function earlier(compare: string): string {
  if (compare === '1d') return 'yesterday';
  if (compare === '7d' || compare === '1w') return 'last week';
  return `${compare.replace(/^(\d+)/, '$1 ')} before`;
}

/** Rows as lines; what a comparison adds is grey and in dashes. */
export function panelLines({ targets, compare }: Panel, rows: readonly FrameRow[], book: ColourBook): Line[] {
  const isNow = (row: FrameRow): boolean => row.target < targets.length;
  const lines = linesOf(rows.filter(isNow), [], book);
  if (compare === '') return lines;
  const before = linesOf(
    rows.filter((row) => !isNow(row)),
    [],
    new Map(),
  ).map((line): Line => {
    const plain = EARLIER.exec(line.row.name)?.[1] ?? line.row.name;
    const same = lines.find(({ row }) => row.name === plain);
    const label = `${same && lines.length > 1 ? `${same.label}, ` : ''}${earlier(compare)}`;
    return { ...line, key: `${line.key} before`, label, colour: -1, dashed: true, unit: same?.unit ?? line.unit };
  });
  return [...lines, ...before];
}

const UNITS: Record<Exclude<PanelUnit, ''>, Unit> = { number: 'number', count: 'count', ms: 'ms', s: 'ms', B: 'B', 'B/s': 'B/s', '%': '%', '/s': '/s' };

/** The unit that a panel's numbers have, said or found. */
export function panelUnit({ unit }: Panel, lines: readonly Line[]): Unit {
  return unit === '' ? commonUnit(lines.map((line) => line.unit)) : UNITS[unit];
}

/** Seconds are drawn as the milliseconds that they are. */
export function inUnit(panel: Panel, rows: readonly FrameRow[]): readonly FrameRow[] {
  if (panel.unit !== 's') return rows;
  return rows.map((row) => ({ ...row, values: row.values.map((value) => (value === null ? null : value * 1000)) }));
}

/** The limits in the unit of the drawing. */
export function limitsIn({ unit, limits }: Pick<Panel, 'unit' | 'limits'>): readonly PanelLimit[] {
  return unit === 's' ? limits.map((limit) => ({ ...limit, value: limit.value * 1000 })) : limits;
}

/** How a value stands to the limits: the worst of those that it passes; no data is none. */
export function stateOf(value: number | null, limits: readonly PanelLimit[]): StateName {
  if (value === null) return 'none';
  const passed = limits.filter((limit) => (limit.below ? value < limit.value : value >= limit.value));
  return passed.some(({ state }) => state === 'bad') ? 'bad' : passed.length > 0 ? 'warn' : 'ok';
}

/** The figure by which a row is told. */
export function figureOf(line: Line, figure: FigureName): number | null {
  if (figure === 'last') return line.stats.last;
  if (figure === 'average') return line.stats.mean;
  if (figure === 'sum') return line.stats.mean === null ? null : line.row.values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return line.stats[figure];
}

/** A dashboard's panels as the reader chose them. */
export function isDrawn(panel: Dashboard['panels'][number]): boolean {
  return panel.type !== 'text' && panel.targets.length > 0;
}
