/** Most points that one chunk may hold; bounds every work array and what damaged bytes can ask for. */
export const MAX_CHUNK_POINTS = 1536;

const values = new Float64Array(MAX_CHUNK_POINTS);

/**
 * Work arrays of the codec, one set a thread: every function of the codec is synchronous and nothing in here outlives a call,
 * but `times` and `values`, which hold the chunk decoded last until the next one.
 */
export const scratch = {
  times: new Uint32Array(MAX_CHUNK_POINTS),
  values,
  /** The same memory as `values`: low and high words by turns (little-endian machines only, as all that Node 24 runs on). */
  valueWords: new Uint32Array(values.buffer),
  integers: new Float64Array(MAX_CHUNK_POINTS),
  deltas: new Float64Array(MAX_CHUNK_POINTS),
  exceptions: new Float64Array(MAX_CHUNK_POINTS),
  positions: new Uint32Array(MAX_CHUNK_POINTS),
  gaps: new Uint32Array(MAX_CHUNK_POINTS),
  low: new Uint32Array(MAX_CHUNK_POINTS),
  high: new Uint32Array(MAX_CHUNK_POINTS),
};
