import type { Row } from '../../core/frame.ts';
import type { Kind } from '../../core/series.ts';
import type { PictureOptions } from './options.ts';
import type { TextBlock } from './text-blocks.ts';

/** What a picture is made from. Times are milliseconds. */
export interface PictureQuestion {
  options: PictureOptions;
  rows: readonly Row[];
  /** What series measure, by name. */
  kinds: ReadonlyMap<string, Kind>;
  /** The targets as they were asked for. */
  targets: readonly string[];
  from: number;
  until: number;
  timeZone: string;
  /** What is to be read, where it is a text. */
  blocks?: readonly TextBlock[];
}
