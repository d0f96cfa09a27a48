import { EXIT, type CommandIo } from '../../core/define.ts';
import { formatCount } from '../../core/numbers.ts';
import { printable, type Style, styleFor } from '../terminal.ts';
import type { Tally, Told } from './tally.ts';

/** What kind of thing was read, for the report. */
export interface ReportFacts {
  /** First line: what was read. */
  title: string;
  dry: boolean;
  verified: boolean;
  /** Lines about the source, before those about the points. */
  source: { state: 'ok' | 'warn' | 'bad'; text: string; details: string[] }[];
  /** Something of the source could not be taken. */
  incomplete: boolean;
}

/** Prints what an import did; each line says what to do about it. */
export function printReport(io: CommandIo, tally: Tally, facts: ReportFacts): void {
  const style = styleFor(io);
  const line = (state: 'ok' | 'warn' | 'bad', text: string, details: readonly string[] = []): void => {
    io.stdout.write(`${style.state(state)} ${text}\n`);
    for (const detail of details) io.stdout.write(`    ${style.dim(detail)}\n`);
  };
  const { points } = tally;
  const would = facts.dry ? 'would be written' : 'written';
  line(
    'ok',
    `${facts.title}: ${formatCount(points.written)} points ${would}, ${formatCount(tally.made)} series ${facts.dry ? 'would be ' : ''}new`,
    spanOf(tally),
  );
  if (points.there > 0) line('ok', `${formatCount(points.there)} points were there already, or one that came live; those stay`);
  if (points.new > 0) line('ok', `${formatCount(points.new)} points whose slot is not over are left to what comes live; run it again for them`);
  for (const { state, text, details } of facts.source) line(state, text, details);
  aboutRules(tally, line);
  if (!facts.verified) return;
  if (tally.different > 0) {
    line('bad', `${formatCount(tally.different)} values were read back other than they were sent`, differencesOf(tally, style));
  } else if (tally.compared > 0) line('ok', `read back: ${formatCount(tally.compared)} points compared, all as they were sent`);
  if (tally.kept > 0) line('ok', `${formatCount(tally.kept)} of them differ from the file where a point was there before; that one stays`);
}

type Line = (state: 'ok' | 'warn' | 'bad', text: string, details?: readonly string[]) => void;

function aboutRules(tally: Tally, line: Line): void {
  const { points, refused, otherMethods, otherFactors } = tally;
  if (points.old > 0) {
    const details = [...tally.tooShort.values()].map(
      ({ wanted, here, series, example }) =>
        `${wanted === '' ? 'unknown' : wanted} in ${formatCount(series)} series such as ${printable(example)}; here ${here}`,
    );
    line('warn', `${formatCount(points.old)} points are older than the policy keeps; set retention (or --carbon-conf) to keep them, and run it again`, details);
  }
  if (points.thin > 0) line('warn', `${formatCount(points.thin)} points are fewer than the xFilesFactor asks for in the coarser archive that keeps their age`);
  if (refused.count > 0) line('bad', `${formatCount(refused.count)} series found no room; raise maxSeries and run it again`, refused.first.map(printable));
  if (otherMethods.count > 0) {
    const [first] = otherMethods.first;
    line(
      'warn',
      `${formatCount(otherMethods.count)} series roll up otherwise from now on, by the rules here: ${printable(first.name)} by ${first.here}, not ${first.wanted}`,
    );
  }
  if (otherFactors.count > 0) {
    const [first] = otherFactors.first;
    line(
      'warn',
      `${formatCount(otherFactors.count)} files ask for another xFilesFactor: ${printable(first.name)} for ${first.wanted}, here ${first.here}; --carbon-conf brings it`,
    );
  }
}

const timeOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

function spanOf({ oldest, newest }: Tally): string[] {
  return Number.isFinite(oldest) ? [`from ${timeOf(oldest)} to ${timeOf(newest)} UTC`] : [];
}

function differencesOf({ differences }: Tally, style: Style): string[] {
  const text = (value: number): string => (Number.isNaN(value) ? 'nothing' : String(value));
  return differences.map(({ name, time, wanted, got }) => `${style.bold(printable(name))} at ${timeOf(time)} UTC: sent ${text(wanted)}, answered ${text(got)}`);
}

/** Items told by name, and how many more there are. */
export function detailsOf<Item>(told: Told<Item>, text: (item: Item) => string): string[] {
  const more = told.count - told.first.length;
  return [...told.first.map((item) => printable(text(item))), ...(more > 0 ? [`and ${formatCount(more)} more`] : [])];
}

/** 5 when something was read back otherwise, 1 when something could not be taken. */
export function exitCodeOf(tally: Tally, incomplete: boolean): number {
  if (tally.different > 0) return EXIT.damaged;
  return incomplete || tally.refused.count > 0 ? EXIT.failed : EXIT.ok;
}

/** What `--json` prints of the points. */
export function jsonOf(tally: Tally): Record<string, unknown> {
  const { series, made, points, compared, kept, different, differences, oldest, newest } = tally;
  return {
    series,
    made,
    points,
    oldest: Number.isFinite(oldest) ? oldest * 1000 : null,
    newest: newest > 0 ? newest * 1000 : null,
    compared,
    kept,
    different,
    differences: differences.map((each) => ({ ...each, time: each.time * 1000 })),
    refused: tally.refused,
    otherMethods: tally.otherMethods,
    otherFactors: tally.otherFactors,
    tooShort: [...tally.tooShort.values()],
  };
}
