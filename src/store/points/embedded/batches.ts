/**
 * The ring of batches that one writer and the points worker share. A slot belongs to the writer while its state is
 * `free`, and to the worker while it is `sent`; whoever owns it may touch its columns.
 */
export interface BatchRing {
  memory: SharedArrayBuffer;
  /** `free` or `sent` by slot; at `WAITING`, 1 while the writer wants to hear of a free slot. */
  state: Int32Array;
  ids: Uint32Array;
  times: Float64Array;
  values: Float64Array;
}

/** Points of one slot, and slots of one ring: 131,072 points may wait for the worker; memory is touched as it fills. */
export const BATCH_POINTS = 8192;
export const BATCH_SLOTS = 16;

export const SLOT = { free: 0, sent: 1 } as const;
/** Index in `state` of the flag behind the slots. */
export const WAITING = 31;

const STATE_BYTES = 128;
const POINTS = BATCH_POINTS * BATCH_SLOTS;

/** Lays the columns over shared memory, new when none is given. */
export function batchRing(memory: SharedArrayBuffer = new SharedArrayBuffer(STATE_BYTES + POINTS * 20)): BatchRing {
  return {
    memory,
    state: new Int32Array(memory, 0, STATE_BYTES / 4),
    times: new Float64Array(memory, STATE_BYTES, POINTS),
    values: new Float64Array(memory, STATE_BYTES + POINTS * 8, POINTS),
    ids: new Uint32Array(memory, STATE_BYTES + POINTS * 16, POINTS),
  };
}
