import type { Head } from './head.ts';

/** Points between two pauses. */
const SLICE = 1 << 16;

export interface SortedHead {
  /** Positions in the head's columns, by series and then in order of arrival. */
  order: Uint32Array;
  /** A series' positions are order[starts[id], starts[id + 1]). */
  starts: Uint32Array;
}

/** Sorts a head's points by series, counting; pauses at each yield. */
export function* sortHead(head: Head): Generator<undefined, SortedHead> {
  const { series, count } = head;
  let highest = 0;
  for (let i = 0; i < count; i++) if (series[i] > highest) highest = series[i];
  // starts[id + 2] counts id's points first, so that filling moves starts[id + 1] to where the next series begins.
  const starts = new Uint32Array(highest + 3);
  for (let i = 0; i < count; i++) {
    starts[series[i] + 2]++;
    if (i % SLICE === 0) yield;
  }
  for (let id = 2; id < starts.length; id++) starts[id] += starts[id - 1];
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    order[starts[series[i] + 1]++] = i;
    if (i % SLICE === 0) yield;
  }
  return { order, starts };
}
