import type { ImportAnswer } from '../../api/contract.ts';
import type { FillBatch } from '../../core/fill-batch.ts';
import type { ServerClient } from '../client.ts';
import { type AnsweredRow, compareRow, type Difference, type ExpectedSeries, expectedOf, FATE } from './expected.ts';
import { withPatience } from './patience.ts';
import { parseRaw } from './raw.ts';
import { targetOf } from './target.ts';

/** Values that one question may bring, about: dashboards wait for their turn meanwhile. */
const VALUES_A_QUESTION = 100_000;
const TARGETS_A_QUESTION = 200;
/** Differences that are kept by name. */
export const MOST_TOLD = 10;

/** What reading a batch back has shown. */
export interface ReadBack {
  /** Points whose slot was compared. */
  compared: number;
  /** Slots that hold something else, because a point was there before. */
  kept: number;
  /** Slots that should hold a point and do not, or another one. */
  different: number;
  differences: Difference[];
}

/** Asks for all points of a batch as a dashboard would, by the archive of their age, and compares each value. */
export async function readBack(client: ServerClient, batch: FillBatch, answer: ImportAnswer, signal: AbortSignal): Promise<ReadBack> {
  const ask = (question: URLSearchParams): Promise<string> =>
    withPatience(signal, async () => (await client.request('/render', { method: 'POST', body: question })).text());
  const result: ReadBack = { compared: 0, kept: 0, different: 0, differences: [] };
  const expected = expectedOf(batch, answer);
  const now = Math.floor(answer.now / 1000);
  const differs = (difference: Difference, wasThere: boolean): void => {
    if (wasThere) result.kept++;
    else {
      result.different++;
      if (result.differences.length < MOST_TOLD) result.differences.push(difference);
    }
  };
  for (const question of questionsOf(expected, now)) await askOne(ask, question, now, differs);
  // A series that is answered in coarser steps than thought has its first slot before the question's window.
  for (const question of questionsOf(expected, now, DAY)) await askOne(ask, question, now, differs);
  for (const { name, times, values, fates, seen } of expected) {
    for (let i = 0; i < times.length; i++) {
      if (fates[i] === FATE.left) continue;
      if (seen[i] === 1) result.compared++;
      else differs({ name, time: times[i], wanted: values[i], got: NaN }, fates[i] === FATE.there);
    }
  }
  return result;
}

const DAY = 86_400;

interface Question {
  series: ExpectedSeries[];
  from: number;
  until: number;
}

/** Windows in which one archive answers, with the series that have points there which no answer has held yet. */
function questionsOf(expected: readonly ExpectedSeries[], now: number, margin = 0): Question[] {
  const questions: Question[] = [];
  for (const group of Map.groupBy(expected, ({ keeps, steps }) => `${keeps.join()} ${steps.join()}`).values()) {
    const [{ keeps, steps }] = group;
    for (const [tier, keep] of keeps.entries()) {
      const [oldest, newest] = [now - keep, tier === 0 ? now : now - keeps[tier - 1]];
      const open = group.flatMap((series) => openPart(series, oldest, newest));
      for (let at = 0; at < open.length;) {
        const question: Question = { series: [], from: Infinity, until: 0 };
        let step = Infinity;
        while (at < open.length && question.series.length < TARGETS_A_QUESTION) {
          const { series, first, last } = open[at];
          const from = Math.max(oldest, Math.min(question.from, first - Math.max(steps[tier], series.stepAt(0), margin)));
          const until = Math.max(question.until, last, from + 1);
          step = Math.min(step, Math.max(steps[tier], series.stepAt(series.times.length - 1)));
          if (question.series.length > 0 && ((until - from) / step) * (question.series.length + 1) > VALUES_A_QUESTION) break;
          question.series.push(series);
          question.from = from;
          question.until = until;
          at++;
        }
        questions.push(question);
      }
    }
  }
  return questions;
}

/** The first and last point after `oldest` up to `newest` that should be there and was not in an answer. */
function openPart(series: ExpectedSeries, oldest: number, newest: number): { series: ExpectedSeries; first: number; last: number }[] {
  const isOpen = (time: number, i: number): boolean => time > oldest && time <= newest && series.seen[i] === 0 && series.fates[i] !== FATE.left;
  const first = series.times.findIndex(isOpen);
  return first < 0 ? [] : [{ series, first: series.times[first], last: series.times[series.times.findLastIndex(isOpen)] }];
}

async function askOne(
  ask: (question: URLSearchParams) => Promise<string>,
  { series, from, until }: Question,
  now: number,
  differs: Parameters<typeof compareRow>[3],
): Promise<void> {
  const question = new URLSearchParams({ format: 'raw', now: String(now), from: String(from), until: String(until) });
  for (const { name } of series) question.append('target', targetOf(name));
  const byName = new Map<string, AnsweredRow>(parseRaw(await ask(question)));
  for (const each of series) {
    const row = byName.get(each.name);
    if (row) compareRow(each, row, now, differs);
  }
}
