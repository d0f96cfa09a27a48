import { DEFAULT_RETENTION } from '../policy.ts';
import { parseAddresses, parseBoolean, parseChoice, parseForward, parseHostPort, parseNumber, parsePercentiles } from './values.ts';

/** One setting of `heed serve`. Flag, environment variable, config file key, help and the reference page derive from it. */
export interface ServeOption<Key extends string = string, Value = unknown> {
  /** Key in heed.config.*; dots are nesting. The variable is HEED_ and the key in capitals with underscores. */
  key: Key;
  /** What follows the flag in help, e.g. `HOST:PORT`. */
  value: string;
  default: string;
  /** One sentence for the user, with the unit. */
  about: string;
  /** Text to value; throws HeedError `bad_option`. */
  parse(text: string): Value;
  /** Shown as a flag of `heed serve`; all others are read from the environment and the config file only. */
  flag?: boolean;
}

function option<const Key extends string, Value>(
  key: Key,
  value: string,
  fallback: string,
  about: string,
  parse: (text: string) => Value,
  flag = false,
): ServeOption<Key, Value> {
  return { key, value, default: fallback, about, parse, flag };
}

const text = (value: string): string => value;
const list = (value: string): string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
const both = (value: string): ReturnType<typeof parseAddresses> => parseAddresses(value, ['udp', 'tcp']);
const tcp = (value: string): ReturnType<typeof parseAddresses> => parseAddresses(value, ['tcp']);
const switchOption = <const Key extends string>(key: Key, fallback: boolean, about: string): ServeOption<Key, boolean> =>
  option(key, 'BOOLEAN', String(fallback), about, parseBoolean);

/** Every setting, in the order of the reference page. */
export const SERVE_OPTIONS = [
  option('data', 'DIR', './heed-data', 'Folder that holds all data.', text, true),
  option('http', 'HOST:PORT', '127.0.0.1:4400', 'Where the screens and the HTTP API listen; port 0 picks a free one.', parseHostPort, true),
  option(
    'statsd',
    'HOST:PORT',
    '127.0.0.1:8125',
    'Where StatsD listens, UDP and TCP; a list may hold udp://, tcp://, unix:///path and unixgram:///path addresses; off for none.',
    both,
    true,
  ),
  option('carbon', 'HOST:PORT', '127.0.0.1:2003', 'Where Graphite lines are taken, TCP and UDP; a list as for statsd; off for none.', both, true),
  option('pickle', 'HOST:PORT', '127.0.0.1:2004', 'Where Graphite pickles are taken, TCP; off for none.', tcp, true),
  option('statsdAdmin', 'HOST:PORT', '127.0.0.1:8126', "Where StatsD's admin commands are taken, TCP; off for none.", tcp, true),
  option('flush', 'SECONDS', '10', 'Seconds between two flushes of StatsD numbers.', (value) => parseNumber(value, 0.1, 3600), true),
  option('percentiles', 'LIST', '90', 'Percentiles of timers; negative ones are of the highest values.', parsePercentiles, true),
  option(
    'histograms',
    'timer|counter',
    'timer',
    "How StatsD's h and d are read: as timers, or as counters as upstream does.",
    (value) => parseChoice(value, ['timer', 'counter'] as const),
    true,
  ),
  option(
    'collectors',
    'DIR',
    './heed.collectors',
    'Watched folder of your own collectors: each file is read every minute, see docs/guide/collectors.md.',
    text,
    true,
  ),
  option(
    'dashboards',
    'DIR',
    './heed.dashboards',
    'Watched folder of your dashboards: YAML, or JSON that Grafana or graphite-web exported, see docs/guide/dashboards.md.',
    text,
    true,
  ),
  option(
    'carbonConf',
    'DIR',
    '',
    "Folder of carbon's own files: storage-schemas.conf, storage-aggregation.conf, rewrite, aggregation, white and black lists.",
    text,
    true,
  ),
  option(
    'retention',
    'LIST',
    DEFAULT_RETENTION,
    'How long numbers are kept, as PRECISION:DURATION steps; in the config file also a list of { pattern, keep }.',
    text,
    true,
  ),
  option('maxSeries', 'COUNT', '1000000', 'Most series that may exist; more are refused and counted.', (value) => parseNumber(value, 1, 100_000_000), true),
  option('forward', 'LIST', '', 'Other carbons that get a copy of every Graphite point: line://HOST:PORT or pickle://HOST:PORT.', parseForward, true),
  option('forwardSpoolMegabytes', 'COUNT', '256', 'Most megabytes on disk for each other carbon while it cannot be reached.', (value) =>
    parseNumber(value, 1, 1_000_000),
  ),
  option('token', 'TOKEN', '', "An administrator's API token for scripts.", text),
  option('auth', 'WHEN', 'loopback-open', 'loopback-open asks nobody on loopback; required asks everywhere.', (value) =>
    parseChoice(value, ['loopback-open', 'required'] as const),
  ),
  option('oidc.issuer', 'URL', '', 'OpenID provider that people may sign in with, e.g. https://id.example.org; empty for none.', text),
  option('oidc.clientId', 'TEXT', '', 'What the provider calls Heed.', text),
  option('oidc.clientSecret', 'TEXT', '', 'What Heed proves itself to the provider by; empty where the provider needs none.', text),
  option('oidc.name', 'TEXT', '', "What the provider is called on the screen; empty for its host's name.", text),
  option('oidc.domains', 'LIST', '', 'Domains of e-mail addresses whose people come in by the provider without an invitation, e.g. example.org.', list),
  option('oidc.role', 'owner|member|viewer', 'viewer', 'What those may.', (value) => parseChoice(value, ['owner', 'member', 'viewer'] as const)),
  option('dsnKey', 'KEY', '', 'Public key (32 hex digits) of the project default.', text),

  option(
    'errorsOptions.mostPerMinute',
    'COUNT',
    '3000',
    'Events, transactions, log lines and so on that a project may send in a minute, each; more are refused.',
    (value) => parseNumber(value, 1, 100_000_000),
  ),
  option('errorsOptions.dayPercentOfDisk', 'PERCENT', '10', 'What a project may add to the disk in a day, of what is free; more is refused.', (value) =>
    parseNumber(value, 0.000001, 100),
  ),
  option('errorsOptions.keepDays', 'DAYS', '90', 'How long events of errors are kept; issues and their counts stay.', (value) => parseNumber(value, 1, 36_500)),
  option('errorsOptions.mostEvents', 'COUNT', '5000000', 'Most events of errors that are kept; the oldest go first.', (value) =>
    parseNumber(value, 1000, 1_000_000_000),
  ),

  switchOption('statsdOptions.legacyNamespace', true, 'Names as StatsD has always sent them (stats.NAME, stats_counts.NAME).'),
  option('statsdOptions.globalPrefix', 'TEXT', 'stats', 'First part of all StatsD names in the new namespace.', text),
  option('statsdOptions.prefixCounter', 'TEXT', 'counters', "Part of counters' names in the new namespace.", text),
  option('statsdOptions.prefixTimer', 'TEXT', 'timers', "Part of timers' names in the new namespace.", text),
  option('statsdOptions.prefixGauge', 'TEXT', 'gauges', "Part of gauges' names in the new namespace.", text),
  option('statsdOptions.prefixSet', 'TEXT', 'sets', "Part of sets' names in the new namespace.", text),
  option('statsdOptions.prefixStats', 'TEXT', 'statsd', "Part of StatsD's own numbers.", text),
  option('statsdOptions.globalSuffix', 'TEXT', '', 'Appended to every StatsD name with a dot.', text),
  switchOption('statsdOptions.flushCounts', true, 'Store the count of a counter beside its rate.'),
  switchOption('statsdOptions.deleteIdleStats', false, 'Default of the four delete options.'),
  option('statsdOptions.deleteCounters', 'BOOLEAN', '', 'Send nothing for a counter that got nothing; else 0. Empty: as deleteIdleStats.', (value) =>
    value === '' ? undefined : parseBoolean(value),
  ),
  option('statsdOptions.deleteTimers', 'BOOLEAN', '', 'Send nothing for a timer that got nothing; else count 0. Empty: as deleteIdleStats.', (value) =>
    value === '' ? undefined : parseBoolean(value),
  ),
  option('statsdOptions.deleteSets', 'BOOLEAN', '', 'Send nothing for a set that got nothing; else 0. Empty: as deleteIdleStats.', (value) =>
    value === '' ? undefined : parseBoolean(value),
  ),
  option('statsdOptions.deleteGauges', 'BOOLEAN', '', 'Send nothing for a gauge that got nothing; else its last value. Empty: as deleteIdleStats.', (value) =>
    value === '' ? undefined : parseBoolean(value),
  ),
  option('statsdOptions.gaugesMaxTTL', 'FLUSHES', '1', 'Flushes that a gauge outlives without an update where deleteGauges is on.', (value) =>
    parseNumber(value, 1, 1_000_000),
  ),
  switchOption('statsdOptions.keyNameSanitize', true, 'Spaces to _, slashes to -, other characters than letters, digits and _-.;= removed.'),
  option('statsdOptions.histogram', 'JSON', '[]', 'Bins by name: [{ metric, bins }]; the first entry whose metric is part of the name counts.', text),
  option('statsdOptions.calculatedTimerMetrics', 'LIST', '', 'Only these numbers of timers, e.g. count,mean,upper_90; empty for all.', list),
  option('statsdOptions.repeat', 'LIST', '', 'Other StatsD servers that get every packet as it came: udp://HOST:PORT or tcp://HOST:PORT.', (value) =>
    parseAddresses(value, ['udp']),
  ),
  option('statsdOptions.maxSeries', 'COUNT', '262144', 'Most names that StatsD aggregates at a time; more are refused and counted.', (value) =>
    parseNumber(value, 1024, 4_194_304),
  ),
  option('statsdOptions.receiveBufferMegabytes', 'COUNT', '8', 'Kernel buffer asked for each UDP socket.', (value) => parseNumber(value, 0.1, 1024)),
  option('carbonOptions.maxConnections', 'COUNT', '1000', 'Most TCP connections on each carbon and StatsD port.', (value) => parseNumber(value, 1, 65_536)),
] as const satisfies readonly ServeOption[];

/** The environment variable of a key: `statsdOptions.flushCounts` is HEED_STATSD_OPTIONS_FLUSH_COUNTS. */
export function variableOf(key: string): string {
  return `HEED_${key
    .replaceAll('.', '_')
    .replace(/([a-z])([A-Z]+)/g, '$1_$2')
    .toUpperCase()}`;
}

/** The flag of a key: `statsdAdmin` is `--statsd-admin`. */
export function flagOf(key: string): string {
  return `--${key.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()}`;
}
