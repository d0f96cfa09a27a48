import { listOfTags } from '../../core/tag-list.ts';
import type { StoredFact } from '../../store/facts/facts-store.ts';
import { badEvent, type Marker, MOST_TEXT, readObject, readTags, readTime } from './marker.ts';

const MOST_UID = 100;
const EXAMPLE = '{"text": "release 1.4.2", "tags": ["release"]}';

/**
 * An annotation as Grafana's API takes it: `text`, `tags`, `time` and `timeEnd` in milliseconds, and the panel it is for. The
 * first line of the text is what happened, unless there is a `title` as Grafana 4 had it.
 * @throws HeedError `bad_event`
 */
export function readAnnotation(body: unknown, now: number): Marker {
  const { title, text, tags, time, timeEnd, dashboardUID, dashboardId, panelId } = readObject(body, EXAMPLE);
  if (text !== undefined && (typeof text !== 'string' || text.length > MOST_TEXT)) throw badEvent(`'text' must be a text`);
  if (title !== undefined && (typeof title !== 'string' || title.length > MOST_TEXT)) throw badEvent(`'title' must be a text`);
  const said = title && text ? `${title}\n${text}` : title || text || '';
  const [what, rest] = cutLine(said.trim());
  if (what === '') throw badEvent(`'text' must say what happened`);
  // Grafana takes 0 for not said.
  const one = readTime('time', time || undefined, 1000, now);
  const other = readTime('timeEnd', timeEnd || undefined, 1000, one);
  const data = {
    ...(one !== other && { timeEnd: Math.max(one, other) }),
    ...(dashboardUID ? { dashboardUID: readUid(dashboardUID) } : {}),
    ...(dashboardId ? { dashboardId: readId('dashboardId', dashboardId) } : {}),
    ...(panelId ? { panelId: readId('panelId', panelId) } : {}),
  };
  return { what, tags: readTags(tags), text: rest, time: Math.min(one, other), data };
}

function cutLine(text: string): [first: string, rest: string] {
  const end = text.indexOf('\n');
  return end < 0 ? [text, ''] : [text.slice(0, end).trimEnd(), text.slice(end + 1)];
}

function readUid(uid: unknown): string {
  if (typeof uid !== 'string' || uid.length > MOST_UID) throw badEvent(`'dashboardUID' must be a text`);
  return uid;
}

function readId(name: string, id: unknown): number {
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) throw badEvent(`'${name}' must be a whole number`);
  return id;
}

/** An event as Grafana's API lists it. */
export interface Annotation {
  id: number;
  alertId: number;
  alertName: string;
  dashboardId: number;
  dashboardUID: string;
  panelId: number;
  userId: number;
  newState: string;
  prevState: string;
  created: number;
  updated: number;
  time: number;
  timeEnd: number;
  text: string;
  tags: string[];
  login: string;
  email: string;
  avatarUrl: string;
  data: Record<string, unknown>;
}

/** What Heed has no notion of (users, alerts of an annotation) is empty, as Grafana leaves it. */
export function annotationOf({ id, time, title, text, tags, data }: StoredFact): Annotation {
  return {
    id,
    alertId: 0,
    alertName: '',
    dashboardId: numberIn(data, 'dashboardId', 0),
    dashboardUID: typeof data.dashboardUID === 'string' ? data.dashboardUID : '',
    panelId: numberIn(data, 'panelId', 0),
    userId: 0,
    newState: '',
    prevState: '',
    created: time,
    updated: time,
    time,
    timeEnd: numberIn(data, 'timeEnd', time),
    text: text === '' ? title : `${title}\n${text}`,
    tags: listOfTags(tags),
    login: '',
    email: '',
    avatarUrl: '',
    data: {},
  };
}

const numberIn = (data: Record<string, unknown>, name: string, fallback: number): number => (typeof data[name] === 'number' ? data[name] : fallback);
