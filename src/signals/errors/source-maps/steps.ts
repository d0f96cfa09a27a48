import type { Frame } from '../../../core/error-event.ts';
import type { FoundMap, NotFound } from '../../../store/artifacts/artifacts-store.ts';
import type { FrameFile } from './frame-file.ts';
import type { MapAnswer, OriginalPlace } from './messages.ts';

/** One thing that had to be right for a frame to be mapped. */
export interface Step {
  ok: boolean;
  /** In words, with what to do where it is not. */
  text: string;
}

const yes = (text: string): Step => ({ ok: true, text });
const no = (text: string): Step => ({ ok: false, text });

/** `e31a…7c` */
const short = (id: string): string => `${id.slice(0, 4)}…${id.slice(-2)}`;

export function foundSteps({ by, uploaded }: FoundMap, { debugId, urls }: FrameFile, release = ''): Step[] {
  const named = by === 'debug id' ? yes(`debug id ${short(debugId)}`) : yes(`${urls[0]} belongs to ${release}`);
  return [named, yes(`map found, uploaded ${new Date(uploaded).toISOString().slice(0, 16).replace('T', ' ')} UTC`)];
}

export function missingStep(missing: NotFound['missing'], { debugId, urls }: FrameFile, release = ''): Step {
  if (missing === 'debug id')
    return no(`debug id ${short(debugId)}: no map with it was uploaded for this project; run sentry-cli sourcemaps upload on the files that are served`);
  if (missing === 'map') return no(`the map of ${urls[0]} was not uploaded with it; upload it too`);
  if (missing === 'file') return no(`${urls[0]} is not among the files of ${release}; upload it by this name, see --url-prefix of sentry-cli`);
  if (release === '') return no('the event has neither a debug id for this file nor a release; run sentry-cli sourcemaps inject before you publish');
  return no(`nothing was uploaded for ${release}; run sentry-cli sourcemaps inject and upload --release ${release}`);
}

export function placeSteps(answer: MapAnswer, place: OriginalPlace | undefined, { lineno, colno }: Frame): Step[] {
  if ('problem' in answer) return [no(answer.problem)];
  if (place === undefined) return [no(`line ${lineno}, column ${colno} is not in the map; it may be of another build`)];
  const hit = yes(`position hit, column ${place.column}`);
  return place.context ? [yes('sources are inside'), hit] : [no('sources are not inside; build the map with its sources'), hit];
}
