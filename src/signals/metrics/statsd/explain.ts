import type { HeedConfig } from '../../../core/config/config.ts';
import { Kind, Method } from '../../../core/series.ts';
import { factOf } from './facts.ts';
import { readLine, type Fault, type LineRules, type Reading } from './line.ts';
import { Outputs } from './output.ts';

/** What becomes of one line, for the packet echo. */
export interface StatsdVerdict {
  taken: boolean;
  /** For people, e.g. `taken, counter` or `dropped: not a number; write 0.42 with a point`. */
  verdict: string;
  /** Start and end of the characters that are wrong or meant otherwise. */
  fault: [number, number] | null;
  /** The series to look at; empty when there is none. */
  series: string;
}

/** What of the configuration the answer depends on. */
export interface ExplainOptions {
  rules: LineRules;
  outputs: Outputs;
}

const KIND_WORDS = ['', 'counter', 'gauge', 'timer', 'set'];
const TYPES = 'use c, ms, g, s, h or d';

const DEFAULTS: ExplainOptions = {
  rules: { sanitize: true, histograms: 'timer' },
  outputs: new Outputs(
    {
      flush: 10,
      percentiles: [],
      statsdOptions: {
        legacyNamespace: true,
        globalPrefix: 'stats',
        prefixCounter: 'counters',
        prefixTimer: 'timers',
        prefixGauge: 'gauges',
        prefixSet: 'sets',
        prefixStats: 'statsd',
        globalSuffix: '',
        flushCounts: true,
        calculatedTimerMetrics: [],
      },
    },
    [],
  ),
};

/** The options that explain lines as a server with this configuration reads them. */
export function explainOptions(config: HeedConfig): ExplainOptions {
  return { rules: { sanitize: config.statsdOptions.keyNameSanitize, histograms: config.histograms }, outputs: new Outputs(config, []) };
}

/** Says what the aggregation does with a line, and why. The bounds on series and members are not asked. */
export function explainStatsdLine(line: string, options: ExplainOptions = DEFAULTS): StatsdVerdict {
  const text = line.replace(/\r?\n$/, '');
  if (text === '') return { taken: false, verdict: 'empty line', fault: null, series: '' };
  if (text.startsWith('_e{') || text.startsWith('_sc|')) return explainFact(text);
  const { key, readings } = readLine(text, options.rules);
  const taken = readings.filter((reading) => !reading.fault);
  const wrong = readings.find((reading) => reading.fault);
  if (wrong && taken.length === 0)
    return { taken: false, verdict: `dropped: ${faultWords(wrong.fault as Fault, text, wrong)}`, fault: [wrong.from, wrong.to], series: '' };
  const words = [...new Set(taken.map(({ kind }) => KIND_WORDS[kind]))].join(' and ');
  const many = taken.length > 1 ? `, ${taken.length} values` : '';
  const series = seriesOf(key, taken[0], options.outputs);
  if (wrong)
    return {
      taken: true,
      verdict: `taken, ${words}${many}; the rest dropped: ${faultWords(wrong.fault as Fault, text, wrong)}`,
      fault: [wrong.from, wrong.to],
      series,
    };
  const odd = taken.find(({ kind, type }) => kind === Kind.counter && !['c', 'h', 'd', 'm'].includes(type));
  if (odd) return { taken: true, verdict: `taken, counter as StatsD does; ${noType(odd.type)}`, fault: typeRange(text, odd), series };
  return { taken: true, verdict: `taken, ${words}${many}`, fault: null, series };
}

function explainFact(text: string): StatsdVerdict {
  const fact = factOf(text, 0);
  if (fact) return { taken: true, verdict: fact.kind === 'event' ? 'taken, event' : 'taken, service check', fault: null, series: '' };
  const form = text.startsWith('_e{') ? '_e{TITLE_BYTES,TEXT_BYTES}:title|text' : '_sc|name|0 to 3';
  return { taken: false, verdict: `dropped: not as DogStatsD writes it; write ${form}`, fault: [0, text.length], series: '' };
}

function seriesOf(key: string, { kind }: Reading, outputs: Outputs): string {
  if (kind === Kind.counter) return (outputs.counts ? outputs.counterSum(key) : outputs.counterRate(key)).name;
  if (kind === Kind.gauge) return outputs.gauge(key).name;
  if (kind === Kind.set) return outputs.set(key).name;
  return outputs.timer(key, { name: 'mean', method: Method.average }).name;
}

const FAULT_WORDS: Record<Fault, string> = {
  no_value: 'no value; write name:1|c',
  no_type: `no type; ${TYPES}`,
  not_a_number: 'not a number',
  negative_time: 'a time below 0',
  bad_rate: 'not a rate; write @ and a number like 0.1',
  bad_name: 'a name that is too long or has broken tags',
};

function faultWords(fault: Fault, text: string, { from, to }: Reading): string {
  return FAULT_WORDS[fault] + (fault === 'not_a_number' ? numberHint(text.slice(from, to)) : '');
}

function numberHint(part: string): string {
  if (part === '') return '; the value is empty';
  return /^[+-]?\d+,\d+$/.test(part) ? `; write ${part.replace(',', '.')} with a point` : '';
}

function noType(type: string): string {
  return type === '' ? `no type; ${TYPES}` : `no type ${type}; ${TYPES}`;
}

function typeRange(text: string, { from, to }: Reading): [number, number] {
  const bar = text.indexOf('|', from);
  const rate = text.indexOf('|', bar + 1);
  return [bar + 1, Math.max(bar + 1, rate < 0 || rate > to ? to : rate)];
}
