import { HeedError } from '../core/errors.ts';
import type { Expression } from './parse/expression.ts';
import { parseTarget, parseWholeTarget } from './parse/parse.ts';
import { fillTemplates } from './parse/template.ts';
import { PICTURE_FORMATS, type PictureFormat, type PictureOptions, readPicture } from './picture/options.ts';
import { parseTime } from './time/attime.ts';
import { knownZone } from './time/zone.ts';

/** Formats of an answer in numbers; `frame` is our own. */
const NUMBER_FORMATS = ['json', 'csv', 'raw', 'pickle', 'dygraph', 'rickshaw', 'frame'] as const;
export type NumberFormat = (typeof NUMBER_FORMATS)[number];

/** Formats of an answer; the first is Graphite's default. */
const FORMATS = [...PICTURE_FORMATS, ...NUMBER_FORMATS] as const;
export type Format = (typeof FORMATS)[number];

/** Parameters of /render as they came, by name; `target[]` is the same as `target`. */
export type RenderParams = Readonly<Record<string, readonly string[]>>;

/** A render question, read and checked. Times are milliseconds. */
export interface RenderRequest {
  targets: Expression[];
  /** The targets as they came. */
  texts: string[];
  from: number;
  until: number;
  now: number;
  timeZone: string;
  format: Format;
  /** How it is drawn, when it is a picture. */
  picture?: PictureOptions;
  xFilesFactor: number;
  maxDataPoints?: number;
  noNullPoints: boolean;
  /** Function name to wrap JSON in. */
  jsonp?: string;
}

const MAX_TARGETS = 1000;

/**
 * Reads the parameters of /render as Graphite does: said twice, the last one counts; times reversed are swapped, an unknown time zone is passed over, and a
 * `maxDataPoints` that is no number too.
 * @throws HeedError saying which parameter is wrong
 */
export function readRequest(params: RenderParams, defaults: { now: number; timeZone: string }): RenderRequest {
  const last = (name: string): string | undefined => params[name]?.at(-1);
  const format = readFormat(params);
  const texts = readTexts(params);
  const zone = last('tz');
  const timeZone = (zone && knownZone(zone)) || defaults.timeZone;
  const real = Math.floor(defaults.now / 1000) * 1000;
  const now = parseTime(last('now') || 'now', { now: real, timeZone });
  const one = parseTime(last('from') || '-1d', { now, timeZone });
  const other = parseTime(last('until') || 'now', { now, timeZone });
  if (one === other) throw new HeedError('empty_time_range', 'cannot render: from and until are the same time');
  return {
    targets: readTargets(params, texts, format === 'frame'),
    texts,
    from: Math.min(one, other),
    until: Math.max(one, other),
    now,
    timeZone,
    format,
    picture: isPicture(format) ? readPicture(params) : undefined,
    xFilesFactor: readShare(last('xFilesFactor')),
    maxDataPoints: readMaxDataPoints(last('maxDataPoints')),
    // Its presence counts, whatever its value.
    noNullPoints: 'noNullPoints' in params,
    jsonp: readCallback(last('jsonp')),
  };
}

function readFormat(params: RenderParams): Format {
  const format = params.format?.at(-1) ?? ('rawData' in params ? 'raw' : 'pickle' in params ? 'pickle' : FORMATS[0]);
  if ((FORMATS as readonly string[]).includes(format)) return format as Format;
  throw new HeedError('bad_format', `cannot render as '${format.slice(0, 20)}': formats are ${FORMATS.join(', ')}`);
}

export function isPicture(format: Format): format is PictureFormat {
  return (PICTURE_FORMATS as readonly string[]).includes(format);
}

function readTexts(params: RenderParams): string[] {
  const texts = [...(params.target ?? []), ...(params['target[]'] ?? [])].filter((text) => text.trim() !== '');
  if (texts.length > MAX_TARGETS) throw new HeedError('too_many_targets', `cannot render: more than ${MAX_TARGETS} targets`);
  return texts;
}

function readTargets(params: RenderParams, texts: readonly string[], whole: boolean): Expression[] {
  const variables = new Map<string, string>();
  for (const [name, values] of Object.entries(params)) {
    const found = /^template\[(.*)\]$/.exec(name);
    if (found && values.length > 0) variables.set(found[1], values[values.length - 1]);
  }
  return texts.map((text) => fillTemplates(whole ? parseWholeTarget(text) : parseTarget(text).expression, variables));
}

function readMaxDataPoints(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+$/.test(text)) return undefined;
  if (Number(text) === 0) throw new HeedError('bad_parameter', 'cannot render: maxDataPoints must be 1 or more');
  return Number(text);
}

function readShare(text: string | undefined): number {
  if (text === undefined || text.trim() === '') return 0;
  const share = Number(text);
  if (!(share >= 0 && share <= 1)) throw new HeedError('bad_parameter', `cannot render: xFilesFactor must be between 0 and 1, not '${text.slice(0, 20)}'`);
  return share;
}

/** A name of a function, nothing that could be a script of its own. */
export function readCallback(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^[A-Za-z_$][\w$.]{0,100}$/.test(text)) throw new HeedError('bad_parameter', 'cannot answer: jsonp must be the name of a function');
  return text;
}
