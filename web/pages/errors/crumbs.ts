import type { Breadcrumb, ErrorEvent, Json } from '../../../src/core/error-event.ts';
import type { IconName } from '../../widgets/icon.tsx';
import type { StateName } from '../../widgets/state.tsx';
import { inWords } from '../../words/number.ts';
import { clock } from '../../words/time.ts';
import { shown } from './values.ts';

/** One step of what led to an error. */
export interface CrumbWords {
  icon: IconName;
  state?: StateName;
  /** Before the code: `Page`, `GET`, `warn`. */
  lead: string;
  /** As it was: a path, a query, a message. */
  code: string;
  /** At the line's end: status and how long it took. */
  note: string;
  /** Data that the line does not tell. */
  rest: [string, Json][];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : value === undefined || value === null ? '' : shown(value as never, 200));

function kindOf({ type, category = '' }: Breadcrumb): 'nav' | 'click' | 'http' | 'db' | 'log' {
  if (type === 'navigation' || category === 'navigation') return 'nav';
  if (type === 'user' || /^(?:ui\.|touch|click)/.test(category)) return 'click';
  if (type === 'http' || /^(?:xhr|fetch|http|httplib|requests)/.test(category)) return 'http';
  if (type === 'query' || /^(?:query|db|sql|redis)/.test(category)) return 'db';
  return 'log';
}

/** What a line tells of its data, by its kind. */
const TOLD: Record<ReturnType<typeof kindOf>, ReadonlySet<string>> = {
  nav: new Set(['from', 'to']),
  click: new Set(['target']),
  http: new Set(['method', 'url', 'status_code', 'duration']),
  db: new Set(['query', 'duration']),
  log: new Set(['status_code', 'duration']),
};

function noteOf(data: Record<string, unknown>): string {
  const status = data.status_code ?? data['http.response.status_code'];
  const took = data.duration ?? data.duration_ms;
  return [text(status), typeof took === 'number' ? inWords(took, 'ms') : text(took)].filter((part) => part !== '').join(', ');
}

/** A breadcrumb in words, by its kind. */
export function crumbWords(crumb: Breadcrumb): CrumbWords {
  const data: Record<string, unknown> = crumb.data ?? {};
  const kind = kindOf(crumb);
  const level: StateName | undefined = crumb.level === 'fatal' || crumb.level === 'error' ? 'bad' : crumb.level === 'warning' ? 'warn' : undefined;
  const failed: StateName | undefined = Number(data.status_code) >= 500 ? 'bad' : Number(data.status_code) >= 400 ? 'warn' : undefined;
  const message = crumb.message ?? '';
  const rest = Object.entries(crumb.data ?? {}).filter(([key]) => !TOLD[kind].has(key));
  const base = { state: level ?? failed, note: noteOf(data), rest };
  if (kind === 'nav') {
    const [from, to] = [text(data.from), text(data.to)];
    return { ...base, icon: 'nav', lead: 'Page', code: to === '' ? message : from === '' ? to : `${from} → ${to}` };
  }
  if (kind === 'click') return { ...base, icon: 'click', lead: crumb.category === 'ui.input' ? 'Typed into' : 'Click on', code: message || text(data.target) };
  if (kind === 'http') return { ...base, icon: 'http', lead: text(data.method) || 'HTTP', code: text(data.url) || message };
  if (kind === 'db') return { ...base, icon: 'db', lead: '', code: message || text(data.query) };
  const plain = crumb.level === 'info' || crumb.level === 'debug' ? crumb.level : crumb.level === 'warning' ? 'warn' : crumb.level;
  const words = message === '' ? text(crumb.data) : message;
  return { ...base, icon: 'term', lead: crumb.category === undefined || crumb.category === 'console' ? plain : `${plain} ${crumb.category}`, code: words };
}

/** `−2.31 s` before the event, `+0.02 s` after it; the time of day beyond an hour. */
export function beforeEvent(time: number, event: number): string {
  const gap = time - event;
  const size = Math.abs(gap);
  const sign = gap > 0 ? '+' : '−';
  if (size < 99_995) return `${sign}${(size / 1000).toFixed(2)} s`;
  if (size < 3_600_000) return `${sign}${Math.round(size / 60_000)} min`;
  return clock(time, true);
}

/** `9 breadcrumbs, 2.3 s`: how many, and over what time. */
export function trailMeta({ breadcrumbs = [], timestamp }: Pick<ErrorEvent, 'breadcrumbs' | 'timestamp'>): string {
  const times = breadcrumbs.flatMap(({ timestamp: time }) => (time === undefined ? [] : [time]));
  const count = `${breadcrumbs.length} ${breadcrumbs.length === 1 ? 'breadcrumb' : 'breadcrumbs'}`;
  const over = timestamp - Math.min(...times);
  return times.length === 0 || over <= 0 ? count : `${count}, ${inWords(over, 'ms', 2)}`;
}
