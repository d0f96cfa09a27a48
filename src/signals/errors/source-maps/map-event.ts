import type { ErrorEvent, Frame, Stacktrace } from '../../../core/error-event.ts';
import type { ArtifactsStore, FoundMap, NotFound } from '../../../store/artifacts/artifacts-store.ts';
import { debugIds, fileOf, type FrameFile } from './frame-file.ts';
import { mapFrame } from './map-frame.ts';
import { foundSteps, missingStep, placeSteps, type Step } from './steps.ts';
import type { Mapper } from './start.ts';

/** How a frame fared, as far as it has a minified file. */
export interface FrameMapping {
  /** As it was sent: `https://shop.example/app.js:1:2033`. */
  frame: string;
  ok: boolean;
  why: Step[];
}

/** A frame to be mapped and the one that called it. */
interface Wanted {
  frame: Frame;
  caller: Frame | undefined;
  file: FrameFile;
}

/** Frames beyond stay as they are. */
const MOST_FRAMES = 500;

/** The event with the frames that its source maps tell of, and for each of its minified places why it is mapped or not. */
export async function mapEvent(
  event: ErrorEvent,
  project: number,
  { artifacts, mapper }: { artifacts: Pick<ArtifactsStore, 'find'>; mapper: Pick<Mapper, 'find'> },
): Promise<{ event: ErrorEvent; maps: FrameMapping[] }> {
  const wanted = wantedOf(event);
  if (wanted.length === 0) return { event, maps: [] };
  const mapped = new Map<Frame, Frame>();
  const told = new Map<string, FrameMapping>();
  for (const group of Map.groupBy(wanted, ({ file }) => file.name).values()) {
    const [{ file }] = group;
    const { debugId, urls } = file;
    const found = await artifacts.find({ project, debugId, release: event.release ?? '', dist: event.dist ?? '', urls });
    if (found.by === '' && needsNone(found, file, group[0].frame.platform ?? event.platform)) continue;
    const places = found.by === '' ? undefined : await placesOf(group, found, mapper);
    for (const [i, { frame }] of group.entries()) {
      const steps = found.by === '' ? [missingStep(found.missing, file, event.release)] : foundSteps(found, file, event.release);
      let ok = false;
      if (found.by !== '' && places !== undefined) {
        const place = 'problem' in places ? undefined : places.places[i];
        steps.push(...placeSteps(places, place, frame));
        ok = place !== undefined;
        if (place) mapped.set(frame, mapFrame(frame, place, found.map.replace(/^files\/_\/_\//, '~/')));
      }
      told.set(nameOf(frame, file), { frame: nameOf(frame, file), ok, why: steps });
    }
  }
  return { event: withFrames(event, mapped), maps: namesOf(wanted).flatMap((name) => told.get(name) ?? []) };
}

const nameOf = ({ lineno, colno }: Frame, { name }: FrameFile): string => `${name}:${lineno}:${colno}`;

/** Each place once, where it was last. */
const namesOf = (wanted: readonly Wanted[]): string[] => [...new Set(wanted.toReversed().map(({ frame, file }) => nameOf(frame, file)))].toReversed();

/** On servers most code runs as it was written, and so do packages where the application is built. */
function needsNone({ missing }: NotFound, { name }: FrameFile, platform: string): boolean {
  return platform === 'node' && (missing === 'release' || (missing === 'file' && name.includes('/node_modules/')));
}

function wantedOf(event: ErrorEvent): Wanted[] {
  const ids = debugIds(event);
  const traces = tracesOf(event).flatMap(({ frames }) => frames.map((frame, i) => ({ frame, caller: frames[i - 1] as Frame | undefined })));
  return traces
    .flatMap(({ frame, caller }) => {
      const file = fileOf(frame, event.platform, ids);
      return file ? [{ frame, caller, file }] : [];
    })
    .slice(-MOST_FRAMES);
}

async function placesOf(group: readonly Wanted[], { bundle, map, minified }: FoundMap, mapper: Pick<Mapper, 'find'>): ReturnType<Mapper['find']> {
  const at = new Map(group.map(({ frame }, i) => [frame, i]));
  const places = group.map(({ frame, caller }) => ({
    line: frame.lineno ?? 1,
    column: Math.max(0, (frame.colno ?? 1) - 1),
    function: frame.function ?? '',
    caller: (caller && at.get(caller)) ?? -1,
  }));
  return mapper.find({ bundle, map, minified, places });
}

function tracesOf({ exception = [], stacktrace, threads = [] }: ErrorEvent): Stacktrace[] {
  return [...exception.map((one) => one.stacktrace), stacktrace, ...threads.map((one) => one.stacktrace)].filter((trace) => trace !== undefined);
}

function withFrames(event: ErrorEvent, mapped: ReadonlyMap<Frame, Frame>): ErrorEvent {
  if (mapped.size === 0) return event;
  const within = <Part extends { stacktrace?: Stacktrace }>(part: Part): Part => {
    const { stacktrace } = part;
    return stacktrace ? { ...part, stacktrace: { ...stacktrace, frames: stacktrace.frames.map((frame) => mapped.get(frame) ?? frame) } } : part;
  };
  const { exception, threads } = event;
  return { ...within(event), ...(exception && { exception: exception.map(within) }), ...(threads && { threads: threads.map(within) }) };
}
