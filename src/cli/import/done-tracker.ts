import type { ImportAnswer } from '../../api/contract.ts';
import type { FillBatch } from '../../core/fill-batch.ts';
import { formatRetention } from '../../core/retention.ts';
import type { Done } from './done-file.ts';

interface Open {
  /** Pieces that have no answer yet. */
  pieces: number;
  /** The newest time whose slot was over. */
  until: number;
  refused: boolean;
}

/** Tells when all pieces of a series are done, and until when. */
export class DoneTracker {
  readonly #open = new Map<string, Open>();

  expects(name: string, pieces: number): void {
    this.#open.set(name, { pieces, until: 0, refused: false });
  }

  /** The series that are whole with this batch. */
  answered(batch: FillBatch, answer: ImportAnswer): (Done & { name: string })[] {
    const done: (Done & { name: string })[] = [];
    let end = 0;
    let left = 0;
    for (const [i, { name, runs }] of batch.series.entries()) {
      const start = end;
      for (const { count } of runs) end += count;
      const open = this.#open.get(name);
      // Points whose slot is not over are the last ones of a series.
      let settled = end;
      for (; left < answer.left.length && answer.left[left][0] < end; left++) {
        const [from, , why] = answer.left[left];
        if (why === 'new') settled = Math.min(settled, from);
        if (why === 'refused' && open) open.refused = true;
      }
      if (!open) continue;
      open.pieces--;
      if (settled > start) open.until = Math.max(open.until, batch.times[settled - 1]);
      if (open.pieces > 0) continue;
      this.#open.delete(name);
      const tiers = answer.retentions[answer.retentionOf[i]];
      if (!open.refused && tiers && open.until > 0) done.push({ name, until: open.until, retention: formatRetention(tiers) });
    }
    return done;
  }
}
