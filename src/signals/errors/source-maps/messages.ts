/** A place in a minified file. */
export interface MinifiedPlace {
  /** From 1 on. */
  line: number;
  /** From 0 on. */
  column: number;
  /** What the frame calls its function; empty where it has no name. */
  function: string;
  /** Which place of the question called it; -1 where that is in no such file. */
  caller: number;
}

/** Places of one minified file, to be found by its map. */
export interface MapQuestion {
  /** The bundle's file on disk, and the paths within; `minified` is empty where that was not uploaded. */
  bundle: string;
  map: string;
  minified: string;
  places: MinifiedPlace[];
}

/** Where a place was before. */
export interface OriginalPlace {
  source: string;
  line: number;
  /** From 1 on. */
  column: number;
  /** Empty where the map does not tell. */
  function: string;
  /** Lines of the source, where the map holds it. */
  context: { before: string[]; line: string; after: string[] } | undefined;
}

export type MapAnswer = { places: (OriginalPlace | undefined)[] } | { problem: string };

export type ToMapper = { number: number; question: MapQuestion };
export type FromMapper = { number: number; answer: MapAnswer };
