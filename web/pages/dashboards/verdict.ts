import type { Panel } from '../../../src/core/dashboard.ts';
import type { Line } from '../../charts/rows.ts';
import type { Mark } from '../../state/marks.ts';
import type { StateName } from '../../widgets/state.tsx';
import { inWords, type Unit } from '../../words/number.ts';
import { lasting } from '../../words/time.ts';
import { figureOf, limitsIn, stateOf } from './panels/rows.ts';

/** A panel with what it shows. */
export interface Shown {
  panel: Panel;
  lines: readonly Line[];
  unit: Unit;
}

/** What a dashboard says in words. */
export interface Verdict {
  state: StateName;
  /** Sentences; a part with a target leads to its numbers. */
  parts: { text: string; targets?: readonly string[] }[];
}

/** Values on each side of a mark that are needed to compare them. */
const LEAST = 4;
/** A change counts when it is so many times what the values spread anyway, and so large a part of what they were. */
const UNUSUAL = 3;
const LARGE = 0.2;
/** Panels that a sentence names. */
const MOST_NAMED = 4;
/** A panel of more lines is about their spread, and has no one figure. */
const MOST_LINES = 3;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Medians of a line as long before a time as after it; undefined where too little is known. */
export function changeAt({ row }: Line, time: number): { before: number; after: number; isChanged: boolean } | undefined {
  const at = Math.ceil((time - row.start) / row.step);
  const after = row.values.slice(Math.max(0, at)).filter((value) => value !== null);
  const before = row.values.slice(Math.max(0, at - (row.values.length - at)), Math.max(0, at)).filter((value) => value !== null);
  if (after.length < LEAST || before.length < LEAST) return undefined;
  const [was, is] = [median(before), median(after)];
  const spread = median(before.map((value) => Math.abs(value - was))) * 1.4826;
  const change = Math.abs(is - was);
  return { before: was, after: is, isChanged: change > UNUSUAL * spread && change > LARGE * Math.abs(was) && change > 0 };
}

/** Since the last mark of the window: which panels changed, and which did not; limits that are passed decide the state. Null when there is nothing to say. */
export function verdictOf(shown: readonly Shown[], marks: readonly Mark[], from: number, now: number): Verdict | null {
  const isPast = (one: Shown): StateName => {
    const states = one.lines.filter((line) => !line.dashed).map((line) => stateOf(figureOf(line, one.panel.figure), limitsIn(one.panel)));
    return states.includes('bad') ? 'bad' : states.includes('warn') ? 'warn' : 'ok';
  };
  const limited = shown.filter(({ panel, lines }) => panel.limits.length > 0 && lines.some((line) => line.stats.last !== null));
  const past = limited.filter((one) => isPast(one) !== 'ok');
  const state: StateName = past.some((one) => isPast(one) === 'bad') ? 'bad' : past.length > 0 ? 'warn' : 'ok';
  const mark = marks.filter(({ time }) => time > from && time <= now).at(-1);
  const since = mark && sinceMark(shown, mark, now);
  if (since) return { state: state === 'ok' && since.isChanged ? 'warn' : state, parts: since.parts };
  if (limited.length === 0) return null;
  if (past.length === 0)
    return {
      state,
      parts: [{ text: limited.length === 1 ? `${limited[0].panel.title}: within the limit.` : `All ${limited.length} panels with limits are within them.` }],
    };
  const parts: Verdict['parts'] = [];
  past.slice(0, MOST_NAMED).forEach(({ panel, lines, unit }, index) => {
    const line = lines.find((one) => !one.dashed && stateOf(figureOf(one, panel.figure), limitsIn(panel)) !== 'ok') as Line;
    const limit = limitsIn(panel).find((one) => stateOf(figureOf(line, panel.figure), [one]) !== 'ok');
    if (index > 0) parts.push({ text: ', ' });
    parts.push(
      { text: `${panel.title} `, targets: panel.targets },
      { text: `${inWords(figureOf(line, panel.figure), unit)} (limit ${inWords(limit?.value, unit)})` },
    );
  });
  if (past.length > MOST_NAMED) parts.push({ text: ` and ${past.length - MOST_NAMED} more` });
  return { state, parts: [{ text: 'Past the limit: ' }, ...parts, { text: '.' }] };
}

function sinceMark(shown: readonly Shown[], mark: Mark, now: number): { parts: Verdict['parts']; isChanged: boolean } | undefined {
  const compared = shown.flatMap((one) => {
    const lines = one.lines.filter((line) => !line.dashed);
    if (lines.length === 0 || lines.length > MOST_LINES || one.panel.type === 'states' || one.panel.type === 'heatmap') return [];
    const changes = lines.flatMap((line) => changeAt(line, mark.time) ?? []);
    if (changes.length === 0) return [];
    return [{ ...one, change: changes.find(({ isChanged }) => isChanged) ?? changes[0] }];
  });
  if (compared.length === 0) return undefined;
  const changed = compared.filter(({ change }) => change.isChanged);
  const same = compared.filter(({ change }) => !change.isChanged).map(({ panel }) => panel.title);
  const parts: Verdict['parts'] = [{ text: `Since ${mark.text} (${lasting(Math.max(1000, now - mark.time))}): ` }];
  changed.slice(0, MOST_NAMED).forEach(({ panel, unit, change }, index) => {
    if (index > 0) parts.push({ text: ', ' });
    parts.push({ text: `${panel.title} ` }, { text: `${inWords(change.before, unit)} → ${inWords(change.after, unit)}`, targets: panel.targets });
  });
  if (changed.length > MOST_NAMED) parts.push({ text: ` and ${changed.length - MOST_NAMED} more` });
  if (changed.length > 0) parts.push({ text: '. ' });
  if (same.length > 0) {
    const named = same.length > MOST_NAMED ? [...same.slice(0, MOST_NAMED - 1), `${same.length - MOST_NAMED + 1} more`] : same;
    parts.push({ text: changed.length === 0 && same.length > 1 ? `nothing changed in ${named.join(', ')}.` : `${named.join(', ')} unchanged.` });
  }
  return { parts, isChanged: changed.length > 0 };
}
