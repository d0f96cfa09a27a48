import type { Frame } from '../../../core/error-event.ts';
import type { OriginalPlace } from './messages.ts';
import { sourceName } from './source-name.ts';

/** The frame as it was before minifying; what was sent stays in `data`, by Sentry's names for it. */
export function mapFrame(frame: Frame, place: OriginalPlace, map: string): Frame {
  const { pre_context: _before, context_line: _line, post_context: _after, ...rest } = frame;
  const { filename, module, inApp } = sourceName(place.source);
  const { abs_path: path, filename: file, function: name, lineno, colno } = frame;
  const sent = { orig_abs_path: path, orig_filename: file, orig_function: name, orig_lineno: lineno, orig_colno: colno };
  return {
    ...rest,
    filename,
    abs_path: place.source.slice(0, 2000),
    module,
    ...(place.function === '' ? {} : { function: place.function }),
    lineno: place.line,
    colno: place.column,
    ...(place.context && { pre_context: place.context.before, context_line: place.context.line, post_context: place.context.after }),
    ...(inApp === undefined ? {} : { in_app: inApp }),
    data: { ...frame.data, ...Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)), sourcemap: map },
  };
}
