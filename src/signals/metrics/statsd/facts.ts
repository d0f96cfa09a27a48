import type { Fact } from '../../../core/fact.ts';
import { tagsOfList } from '../../../core/tag-list.ts';

const EVENT = /^_e\{(\d{1,6}),(\d{1,6})\}:/;
const STATES = ['ok', 'warning', 'critical', 'unknown'];

/**
 * Reads a DogStatsD event (`_e{5,4}:title|text|d:…|#tags`) or service check (`_sc|name|status|d:…|#tags|m:message`).
 * @returns undefined when the line breaks the datagram format
 */
export function factOf(line: string, now: number): Fact | undefined {
  return line.startsWith('_e{') ? eventOf(line, now) : checkOf(line, now);
}

function eventOf(line: string, now: number): Fact | undefined {
  const head = EVENT.exec(line);
  if (!head) return undefined;
  // Lengths are in bytes of UTF-8; some clients count characters, which is the same for most texts.
  const body = Buffer.from(line.slice(head[0].length));
  const titleEnd = Number(head[1]);
  const textEnd = titleEnd + 1 + Number(head[2]);
  if (titleEnd === 0 || textEnd > body.length || body[titleEnd] !== 0x7c || (textEnd < body.length && body[textEnd] !== 0x7c)) return undefined;
  const fields = fieldsOf(body.toString('utf8', textEnd + 1));
  return {
    kind: 'event',
    time: fields.time ?? now,
    title: unescapeText(body.toString('utf8', 0, titleEnd)),
    text: unescapeText(body.toString('utf8', titleEnd + 1, textEnd)),
    tags: fields.tags,
    data: pick(fields.values, { h: 'host', k: 'aggregationKey', p: 'priority', s: 'source', t: 'alertType' }),
  };
}

function checkOf(line: string, now: number): Fact | undefined {
  const [, name, status] = line.split('|', 3);
  if (!name || !/^[0-3]$/.test(status ?? '')) return undefined;
  const rest = line.slice('_sc|'.length + name.length + 1 + status.length + 1);
  // The message is the last field and may hold bars.
  const [, before, message] = /^(?:|(.*?)\|)m:(.*)$/s.exec(rest) ?? [undefined, rest, ''];
  const fields = fieldsOf(before ?? '');
  return {
    kind: 'service_check',
    time: fields.time ?? now,
    title: name,
    text: unescapeText(message),
    tags: fields.tags,
    data: { status: Number(status), state: STATES[Number(status)], ...pick(fields.values, { h: 'host' }) },
  };
}

interface Fields {
  time: number | undefined;
  tags: Record<string, string>;
  values: Map<string, string>;
}

function fieldsOf(text: string): Fields {
  const fields: Fields = { time: undefined, tags: Object.create(null) as Record<string, string>, values: new Map() };
  for (const field of text === '' ? [] : text.split('|')) {
    if (field.startsWith('#')) {
      Object.assign(fields.tags, tagsOfList(field.slice(1).split(',')));
    } else if (/^d:\d{1,12}$/.test(field)) fields.time = Number(field.slice(2)) * 1000;
    else if (field[1] === ':') fields.values.set(field[0], field.slice(2));
  }
  return fields;
}

function pick(values: Map<string, string>, names: Record<string, string>): Record<string, string> {
  const data: Record<string, string> = {};
  for (const [letter, name] of Object.entries(names)) {
    const value = values.get(letter);
    if (value !== undefined) data[name] = value;
  }
  return data;
}

/** Line breaks travel as a backslash and an n. */
function unescapeText(text: string): string {
  return text.replaceAll('\\n', '\n').replace(/\r$/, '');
}
