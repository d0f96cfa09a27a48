import { cleanText, cutText, emptyRecord, isRecord, numberOf, textOf } from '../event/shapes.ts';

/** What logs, spans and metrics carry: `{"value": 42, "type": "integer"}` by name, brought to plain values. */
export type Attributes = Record<string, string | number | boolean | string[]>;

const MOST_ATTRIBUTES = 128;
const MOST_NAME = 200;
const MOST_VALUE = 4096;
const MOST_LIST = 64;

export function readAttributes(said: unknown): Attributes {
  const attributes = emptyRecord<Attributes[string]>();
  if (!isRecord(said)) return attributes;
  for (const key of Object.keys(said).slice(0, MOST_ATTRIBUTES)) {
    const entry = said[key];
    const value = valueOf(isRecord(entry) ? entry.value : entry);
    const name = cutText(cleanText(key), MOST_NAME);
    if (value !== undefined && name !== '' && name !== '__proto__') attributes[name] = value;
  }
  return attributes;
}

function valueOf(value: unknown): Attributes[string] | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return numberOf(value);
  if (Array.isArray(value)) return value.slice(0, MOST_LIST).map((entry) => textOf(entry, MOST_VALUE) ?? '');
  return textOf(value, MOST_VALUE);
}
