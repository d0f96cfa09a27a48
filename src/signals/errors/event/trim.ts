import type { Json } from '../../../core/error-event.ts';
import { cleanText, cutText, emptyRecord, isEmpty, isRecord, type Raw } from './shapes.ts';

/** Levels of a client's own JSON that are kept. */
const MOST_DEPTH = 7;
const MOST_ENTRIES = 256;
const MOST_KEY = 200;

export interface Trimmed<Value> {
  value: Value;
  wasCut: boolean;
}

/**
 * A copy of a client's JSON that is at most `size` characters large and 7 levels deep, without `__proto__`. Texts and lists
 * that were cut end with an ellipsis, what is too deep is `[Object]` or `[Array]`, what finds no room is left out.
 */
export function trimJson(value: unknown, size: number): Trimmed<Json> {
  const trim = new Trim(size);
  const copy = trim.copy(value, MOST_DEPTH);
  return { value: copy ?? null, wasCut: trim.wasCut };
}

export function trimRecord(value: Raw, size: number): Trimmed<Record<string, Json>> {
  const trim = new Trim(size);
  const copy = trim.record(value, MOST_DEPTH);
  return { value: copy, wasCut: trim.wasCut };
}

/** As `trimRecord`; undefined for what is no object, or has nothing in it. */
export function recordOf(value: unknown, size: number): Record<string, Json> | undefined {
  if (!isRecord(value)) return undefined;
  const record = trimRecord(value, size).value;
  return isEmpty(record) ? undefined : record;
}

class Trim {
  wasCut = false;
  // Everything that is kept was paid for, so what was trimmed once fits when it is trimmed again.
  #left: number;

  constructor(size: number) {
    this.#left = size;
  }

  /** Undefined when there is no room for it. */
  copy(value: unknown, depth: number): Json | undefined {
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'number':
        if (!Number.isFinite(value)) return this.#text(String(value));
        return this.#pay(8) ? value + 0 : undefined;
      case 'boolean':
        return this.#pay(4) ? value : undefined;
      default:
        if (typeof value !== 'object' || value === null) return this.#pay(4) ? null : undefined;
        if (depth === 0) {
          this.wasCut = true;
          return this.#text(Array.isArray(value) ? '[Array]' : '[Object]');
        }
        if (!this.#pay(2)) return undefined;
        return Array.isArray(value) ? this.#list(value, depth - 1) : this.record(value as Raw, depth);
    }
  }

  record(value: Raw, depth: number): Record<string, Json> {
    const copy = emptyRecord<Json>();
    const keys = Object.keys(value);
    const kept = keys.length > MOST_ENTRIES ? MOST_ENTRIES - 1 : keys.length;
    for (let i = 0; i < kept; i++) {
      const key = keys[i];
      if (key === '__proto__') continue;
      const name = cutText(cleanText(key), MOST_KEY);
      if (name === '__proto__') continue;
      // A key and the least of values are paid for together, or a key without its value would be.
      if (this.#left < name.length + 8) {
        this.wasCut = true;
        return copy;
      }
      this.#left -= name.length;
      const entry = this.copy(value[key], depth - 1);
      if (entry === undefined) return copy;
      copy[name] = entry;
    }
    if (kept < keys.length) this.#more(keys.length - kept, (text) => (copy['…'] = text));
    return copy;
  }

  #list(value: unknown[], depth: number): Json[] {
    const copy: Json[] = [];
    const kept = value.length > MOST_ENTRIES ? MOST_ENTRIES - 1 : value.length;
    for (let i = 0; i < kept; i++) {
      const entry = this.copy(value[i], depth);
      if (entry === undefined) return copy;
      copy.push(entry);
    }
    if (kept < value.length) this.#more(value.length - kept, (text) => copy.push(text));
    return copy;
  }

  #text(value: string): string | undefined {
    const clean = cleanText(value);
    if (clean.length <= this.#left) {
      this.#left -= clean.length;
      return clean;
    }
    this.wasCut = true;
    if (this.#left < 8) return undefined;
    const cut = cutText(clean, this.#left);
    this.#left = 0;
    return cut;
  }

  #more(count: number, add: (text: string) => void): void {
    this.wasCut = true;
    const text = `… ${count} more`;
    if (this.#pay(text.length + 1)) add(text);
  }

  #pay(cost: number): boolean {
    if (cost > this.#left) {
      this.wasCut = true;
      return false;
    }
    this.#left -= cost;
    return true;
  }
}
