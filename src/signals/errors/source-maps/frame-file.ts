import type { ErrorEvent, Frame } from '../../../core/error-event.ts';
import { debugIdOf } from '../../../store/artifacts/bundle.ts';

/** A minified file that frames name, and how it may be found among what was uploaded. */
export interface FrameFile {
  /** As the frames write it. */
  name: string;
  /** 32 hex digits; empty where the event names none for it. */
  debugId: string;
  /** `~/static/app.js`, then the whole address. */
  urls: string[];
}

/** The file of a frame that may have a source map; undefined for others, e.g. those of the runtime. */
export function fileOf(frame: Frame, platform: string, ids: ReadonlyMap<string, string>): FrameFile | undefined {
  const name = frame.abs_path ?? frame.filename ?? '';
  if (!['javascript', 'node'].includes(frame.platform ?? platform) || frame.lineno === undefined || frame.colno === undefined) return undefined;
  if (name === '' || /^(?:node:|native |<|\[|[a-z-]+-extension:)/.test(name) || /^(?:native|internal\/)/.test(frame.filename ?? '')) return undefined;
  return { name, debugId: ids.get(name) ?? ids.get(frame.filename ?? '') ?? '', urls: urlsOf(name) };
}

/** Debug ids by the files that they are of. */
export function debugIds({ debug_meta: meta }: ErrorEvent): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { type, code_file: file, debug_id: id } of meta?.images ?? []) {
    const debugId = debugIdOf(id);
    if (type === 'sourcemap' && typeof file === 'string' && debugId !== '') ids.set(file, debugId);
  }
  return ids;
}

/** What a file may be called in a bundle: any host is `~`, and what follows `?` or `#` does not count. */
export function urlsOf(name: string): string[] {
  const plain = name.replace(/[?#].*$/s, '');
  if (plain.startsWith('/')) return [`~${plain}`, plain];
  const found = /^[a-z][a-z0-9+.-]*:\/\/[^/]*(\/.*)$/is.exec(plain);
  return found ? [`~${found[1]}`, plain] : [`~/${plain.replace(/^\.?\//, '')}`, plain];
}
