import type { BlockData } from './block-data.ts';
import { PAYLOAD_BYTES } from './pages.ts';
import { SeriesIndexBuilder } from './series-index.ts';

/** Finds the series of a block without its index, by walking through its data; those that damage hides are missing. */
export function* scanSeries(data: BlockData): Generator<{ id: number; start: number }, void> {
  let here = data.firstSeriesFrom(0);
  while (here) {
    const { id, at } = here;
    yield { id, start: at };
    here = nextSeries(data, id, at) ?? data.firstSeriesFrom(Math.floor(data.at / PAYLOAD_BYTES) + 1);
  }
}

/** The series behind the one at `at`, unless damage is between them. */
function nextSeries(data: BlockData, id: number, at: number): { id: number; at: number } | undefined {
  data.openSeries(at, data.header.dataBytes);
  while (data.nextChunk());
  if (!data.ended) return undefined;
  const next = data.at;
  data.openSeries(next, data.header.dataBytes);
  data.nextChunk();
  return data.idGap < 0 ? undefined : { id: id + data.idGap + 1, at: next };
}

/** Makes the index of a block anew from its data; answers its bytes and how many series it has. */
export function rebuildIndex(data: BlockData): { bytes: Uint8Array; series: number } {
  let builder: SeriesIndexBuilder | undefined;
  let id = 0;
  let start = 0;
  for (const found of scanSeries(data)) {
    if (builder) builder.add(id, found.start - start);
    else builder = new SeriesIndexBuilder(found.start);
    ({ id, start } = found);
  }
  builder?.add(id, data.header.dataBytes - start);
  builder ??= new SeriesIndexBuilder();
  return { bytes: builder.finish(), series: builder.series };
}
