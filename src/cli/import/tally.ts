import type { ImportAnswer } from '../../api/contract.ts';
import type { FillBatch } from '../../core/fill-batch.ts';
import { formatRetention } from '../../core/retention.ts';
import { METHOD_NAMES } from '../../core/series.ts';
import type { Difference } from './expected.ts';
import { MOST_TOLD, type ReadBack } from './read-back.ts';

/** Things that are told by name, the first of them, and counted. */
export class Told<Item> {
  readonly first: Item[] = [];
  count = 0;

  add(item: Item): void {
    this.count++;
    if (this.first.length < MOST_TOLD) this.first.push(item);
  }
}

/** How some series would have to be kept so that none of their points is too old. */
export interface TooShort {
  /** As the source keeps them; empty where it does not say. */
  wanted: string;
  here: string;
  series: number;
  points: number;
  /** One of them. */
  example: string;
}

/** What an import did so far. */
export class Tally {
  series = 0;
  made = 0;
  points = { read: 0, written: 0, there: 0, old: 0, new: 0, thin: 0, refused: 0 };
  /** Seconds; Infinity and 0 before the first point. */
  oldest = Infinity;
  newest = 0;
  compared = 0;
  kept = 0;
  different = 0;
  readonly differences: Difference[] = [];
  readonly refused = new Told<string>();
  readonly otherMethods = new Told<{ name: string; wanted: string; here: string }>();
  readonly otherFactors = new Told<{ name: string; wanted: number; here: number }>();
  readonly tooShort = new Map<string, TooShort>();

  /** A batch was answered. `sourceOf` tells what the source says of a series, where it does. */
  answered(batch: FillBatch, answer: ImportAnswer, sourceOf: (name: string) => { retention: string; xFilesFactor: number } | undefined): void {
    this.made += answer.made;
    this.points.read += batch.times.length;
    this.points.written += answer.written;
    for (const [, count, why] of answer.left) this.points[why] += count;
    let at = 0;
    let left = 0;
    for (const [i, { name, method, runs }] of batch.series.entries()) {
      const start = at;
      for (const { count } of runs) at += count;
      let old = 0;
      for (; left < answer.left.length && answer.left[left][0] < at; left++) {
        const [, count, why] = answer.left[left];
        if (why === 'old') old += count;
        if (why === 'refused') this.refused.add(name);
      }
      if (at > start) {
        this.oldest = Math.min(this.oldest, batch.times[start]);
        this.newest = Math.max(this.newest, batch.times[at - 1]);
      }
      const tiers = answer.retentions[answer.retentionOf[i]];
      if (!tiers) continue;
      const source = sourceOf(name);
      if (old > 0) this.#tooShort(name, old, source?.retention ?? '', formatRetention(tiers));
      if (method !== 0 && answer.methods[i] !== method)
        this.otherMethods.add({ name, wanted: METHOD_NAMES[method], here: METHOD_NAMES[answer.methods[i]] ?? '' });
      if (source && source.xFilesFactor !== answer.xFilesFactors[i])
        this.otherFactors.add({ name, wanted: source.xFilesFactor, here: answer.xFilesFactors[i] });
    }
  }

  readBack({ compared, kept, different, differences }: ReadBack): void {
    this.compared += compared;
    this.kept += kept;
    this.different += different;
    this.differences.push(...differences.slice(0, Math.max(0, MOST_TOLD - this.differences.length)));
  }

  #tooShort(name: string, points: number, wanted: string, here: string): void {
    const entry = this.tooShort.get(`${wanted} ${here}`) ?? { wanted, here, series: 0, points: 0, example: name };
    this.tooShort.set(`${wanted} ${here}`, entry);
    entry.series++;
    entry.points += points;
  }
}
