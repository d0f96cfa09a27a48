import type { Breadcrumb, ErrorEvent, EventException, EventRequest, EventThread, Frame, Stacktrace } from '../../core/error-event.ts';
import { iso } from './period.ts';

interface Entry {
  type: string;
  data: unknown;
}

/** The parts of an event, in the order in which Sentry shows them. */
export function entriesOf(event: ErrorEvent): Entry[] {
  const entries: (Entry | undefined)[] = [
    event.logentry && {
      type: 'message',
      data: { message: event.logentry.message ?? null, formatted: event.logentry.formatted, params: event.logentry.params ?? null },
    },
    event.exception && { type: 'exception', data: exceptionsOf(event.exception) },
    event.stacktrace && { type: 'stacktrace', data: stackOf(event.stacktrace) },
    event.threads && { type: 'threads', data: { values: event.threads.map(threadOf) } },
    event.breadcrumbs && { type: 'breadcrumbs', data: { values: event.breadcrumbs.map(crumbOf) } },
    event.request && { type: 'request', data: requestOf(event.request) },
    event.csp && { type: event.type, data: event.csp },
    event.debug_meta && { type: 'debugmeta', data: event.debug_meta },
    event.spans && { type: 'spans', data: event.spans },
  ];
  return entries.filter((entry) => entry !== undefined);
}

function exceptionsOf(exceptions: readonly EventException[]): Record<string, unknown> {
  const values = exceptions.map(({ type, value, module, mechanism, thread_id: threadId, stacktrace, raw_stacktrace: raw }) => ({
    type,
    value: value ?? null,
    module: module ?? null,
    mechanism: mechanism ?? null,
    threadId: threadId ?? null,
    stacktrace: stacktrace ? stackOf(stacktrace) : null,
    rawStacktrace: raw ? stackOf(raw) : null,
  }));
  return { values, hasSystemFrames: values.some(({ stacktrace }) => stacktrace?.hasSystemFrames), excOmitted: null };
}

function stackOf({ frames, frames_omitted: omitted }: Stacktrace): { frames: unknown[]; hasSystemFrames: boolean } & Record<string, unknown> {
  const own = frames.filter((frame) => frame.in_app === true).length;
  return { frames: frames.map(frameOf), framesOmitted: omitted ?? null, registers: null, hasSystemFrames: own > 0 && own < frames.length };
}

function frameOf(frame: Frame): Record<string, unknown> {
  return {
    filename: frame.filename ?? null,
    absPath: frame.abs_path ?? null,
    module: frame.module ?? null,
    package: frame.package ?? null,
    platform: frame.platform ?? null,
    function: frame.function ?? null,
    rawFunction: frame.raw_function ?? null,
    symbol: frame.symbol ?? null,
    lineNo: frame.lineno ?? null,
    colNo: frame.colno ?? null,
    context: contextOf(frame),
    inApp: frame.in_app ?? false,
    vars: frame.vars ?? null,
    instructionAddr: frame.instruction_addr ?? null,
    symbolAddr: frame.symbol_addr ?? null,
    trust: frame.trust ?? null,
    lock: frame.lock ?? null,
    errors: null,
  };
}

/** Lines of source with their numbers. */
function contextOf({ pre_context: before = [], context_line: line, post_context: after = [], lineno }: Frame): [number, string][] {
  if (line === undefined || lineno === undefined) return [];
  return [...before, line, ...after].map((text, i) => [lineno - before.length + i, text]);
}

function threadOf({ id, name, crashed, current, state, stacktrace }: EventThread): Record<string, unknown> {
  const where = stacktrace ? stackOf(stacktrace) : null;
  return {
    id: id ?? null,
    name: name ?? null,
    crashed: crashed ?? false,
    current: current ?? false,
    state: state ?? null,
    stacktrace: where,
    rawStacktrace: null,
  };
}

function crumbOf({ timestamp, type, category, level, message, data }: Breadcrumb): Record<string, unknown> {
  const time = timestamp === undefined ? null : iso(timestamp);
  return { timestamp: time, type, category: category ?? null, level, message: message ?? null, data: data ?? null, event_id: null };
}

function requestOf({ url, method, query_string: query, fragment, data, cookies, headers, env }: EventRequest): Record<string, unknown> {
  return {
    url: url ?? '',
    method: method ?? null,
    query: query ?? [],
    fragment: fragment ?? null,
    data: data ?? null,
    inferredContentType: headers?.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null,
    cookies: cookies ?? [],
    headers: headers ?? [],
    env: env ?? null,
  };
}
