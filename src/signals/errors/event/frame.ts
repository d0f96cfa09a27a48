import type { Frame, Json } from '../../../core/error-event.ts';
import { compact, emptyRecord, flagOf, integerOf, isRecord, textOf } from './shapes.ts';
import { recordOf, trimJson } from './trim.ts';

const MOST_PATH = 1024;
const MOST_NAME = 512;
const MOST_WORD = 64;
const MOST_LINE = 1024;
const MOST_LINES = 20;
const MOST_VARS = 8192;
const MOST_DATA = 2048;
const MOST_NUMBER = 2 ** 31;

/** One call of a stack; undefined when nothing says where it was. */
export function readFrame(raw: unknown): Frame | undefined {
  if (!isRecord(raw)) return undefined;
  const frame: Frame = {
    filename: textOf(raw.filename, MOST_PATH),
    abs_path: textOf(raw.abs_path, MOST_PATH),
    module: textOf(raw.module, MOST_NAME),
    package: textOf(raw.package, MOST_NAME),
    function: textOf(raw.function, MOST_NAME),
    raw_function: textOf(raw.raw_function, MOST_NAME),
    symbol: textOf(raw.symbol, MOST_NAME),
    lineno: integerOf(raw.lineno, 1, MOST_NUMBER),
    colno: integerOf(raw.colno, 0, MOST_NUMBER),
    pre_context: linesOf(raw.pre_context, -MOST_LINES),
    context_line: textLine(raw.context_line),
    post_context: linesOf(raw.post_context, MOST_LINES),
    in_app: flagOf(raw.in_app),
    vars: varsOf(raw.vars),
    data: recordOf(raw.data, MOST_DATA),
    platform: textOf(raw.platform, MOST_WORD),
    lang: textOf(raw.lang, MOST_WORD),
    image_addr: textOf(raw.image_addr, MOST_WORD),
    instruction_addr: textOf(raw.instruction_addr, MOST_WORD),
    symbol_addr: textOf(raw.symbol_addr, MOST_WORD),
    addr_mode: textOf(raw.addr_mode, MOST_WORD),
    trust: textOf(raw.trust, MOST_WORD),
    lock: isRecord(raw.lock) ? trimJson(raw.lock, MOST_DATA).value : undefined,
    stack_start: flagOf(raw.stack_start),
  };
  return saysWhere(frame) ? compact(frame) : undefined;
}

const saysWhere = (frame: Frame): boolean =>
  (frame.filename ??
    frame.abs_path ??
    frame.module ??
    frame.package ??
    frame.function ??
    frame.raw_function ??
    frame.symbol ??
    frame.instruction_addr ??
    frame.lineno ??
    frame.context_line) !== undefined;

/** A line of source may be empty, and is kept then. */
const textLine = (value: unknown): string | undefined => (value === '' ? '' : textOf(value, MOST_LINE));

/** The lines next to the frame's own: the first ones, or the last ones for a negative count. */
function linesOf(value: unknown, count: number): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const lines: unknown[] = count < 0 ? value.slice(count) : value.slice(0, count);
  return lines.map((line) => textLine(line) ?? '');
}

function varsOf(value: unknown): Record<string, Json> | undefined {
  if (!Array.isArray(value)) return recordOf(value, MOST_VARS);
  const vars = emptyRecord<unknown>();
  for (const [index, entry] of value.slice(0, 256).entries()) vars[index] = entry;
  return recordOf(vars, MOST_VARS);
}
