import type { Json } from '../../../core/error-event.ts';
import { Recent } from '../../../core/recent.ts';
import { emptyRecord } from '../event/shapes.ts';
import { isSensitiveCookie, isSensitiveKey, isStrongKey, lettersOf } from './keys.ts';
import { isCard } from './numbers.ts';
import { FILTERED } from './range.ts';
import { scrubText, type TextRules } from './text.ts';

/** What a project wants hidden. */
export interface ScrubSettings {
  /** Off: nothing is hidden but IP addresses, where that is on. */
  on: boolean;
  /** The usual names and patterns, besides `fields`. */
  defaults: boolean;
  /** Parts of further names whose values are hidden. */
  fields: string[];
  /** Names whose values are never hidden. */
  safeFields: string[];
  /** Hide IP addresses. */
  ips: boolean;
}

export const DEFAULT_SCRUB: ScrubSettings = { on: true, defaults: true, fields: [], safeFields: [], ips: false };

/** Weak ones mean a secret only where a value is clearly assigned. */
type Sensitivity = 'none' | 'weak' | 'strong';

const MOST_KEYS = 4000;
/** Lines of source that are remembered, and the longest: those around the errors of some hundred issues, a few megabytes. */
const MOST_LINES = 32_000;
const MOST_LINE = 160;

/** Hides secrets in texts and in JSON, by a project's settings. What has none comes back as it is, not as a copy. */
export class Scrubber {
  readonly #settings: ScrubSettings;
  readonly #fields: string[];
  readonly #safe: Set<string>;
  readonly #prose: TextRules;
  readonly #source: TextRules;
  readonly #version: TextRules;
  /** Names of keys, and lines of source, repeat from event to event. */
  readonly #known = new Recent<string, Sensitivity>(MOST_KEYS);
  readonly #lines = new Recent<string, string>(MOST_LINES);

  constructor(settings: ScrubSettings) {
    this.#settings = settings;
    this.#fields = settings.fields.map(lettersOf).filter((field) => field !== '');
    this.#safe = new Set(settings.safeFields.map((field) => field.toLowerCase()));
    const patterns = { patterns: settings.on && settings.defaults, addresses: settings.ips };
    const names = { isSensitive: (name: string) => this.isSensitive(name), isStrong: (name: string) => this.#sensitivity(name) === 'strong' };
    this.#prose = settings.on ? { ...patterns, names: { ...names, onlyQuoted: false } } : patterns;
    this.#version = { ...this.#prose, addresses: false };
    this.#source = settings.on ? { ...patterns, names: { ...names, onlyQuoted: true } } : patterns;
  }

  /** True when values under this key are hidden. */
  isSensitive(key: string): boolean {
    return this.#sensitivity(key) !== 'none';
  }

  #sensitivity(key: string): Sensitivity {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const sensitivity = this.#judge(key);
    // A copy, as a part of a text keeps the whole text in memory.
    this.#known.set(Buffer.from(key).toString(), sensitivity);
    return sensitivity;
  }

  #judge(key: string): Sensitivity {
    const { on, defaults } = this.#settings;
    if (!on || this.#safe.has(key.toLowerCase())) return 'none';
    if (this.#isOwnField(key) || (defaults && isStrongKey(key))) return 'strong';
    return defaults && isSensitiveKey(key) ? 'weak' : 'none';
  }

  isSensitiveCookie(name: string): boolean {
    if (!this.#settings.on || this.#safe.has(name.toLowerCase())) return false;
    return (this.#settings.defaults && isSensitiveCookie(name)) || this.#isOwnField(name);
  }

  /** Hides secrets by their looks, and by the names before them. */
  prose<Text extends string | undefined>(text: Text): Text {
    return (text === undefined ? text : scrubText(text, this.#prose)) as Text;
  }

  /** As `prose`, for a version, which may look like an IP address. */
  version(text: string): string {
    return scrubText(text, this.#version);
  }

  /** As `prose`, for source code. */
  source(text: string): string {
    if (text.length > MOST_LINE) return scrubText(text, this.#source);
    let scrubbed = this.#lines.get(text);
    if (scrubbed === undefined) this.#lines.set(text, (scrubbed = scrubText(text, this.#source)));
    return scrubbed;
  }

  /** A value under a key; true, false and null are no secrets. */
  under(key: string, value: Json): Json {
    if (typeof value === 'boolean' || value === null) return value;
    // The shell's working directory is no password.
    const isFolder = key === 'PWD' && typeof value === 'string' && value.startsWith('/');
    if (!isFolder && this.isSensitive(key)) return FILTERED;
    return typeof value === 'string' && /version$/i.test(key) ? this.version(value) : this.json(value);
  }

  json(value: Json): Json {
    if (typeof value === 'string') return this.prose(value);
    if (typeof value === 'number') return this.#prose.patterns && value >= 1e12 && isCard(String(value)) ? FILTERED : value;
    if (typeof value !== 'object' || value === null) return value;
    return Array.isArray(value) ? mapSame(value, (entry) => this.json(entry)) : this.record(value);
  }

  record(record: Record<string, Json>): Record<string, Json> {
    let copy: Record<string, Json> | undefined;
    for (const key in record) {
      const value = record[key];
      const scrubbed = this.under(key, value);
      const name = this.prose(key);
      if (scrubbed === value && name === key) continue;
      copy ??= Object.assign(emptyRecord<Json>(), record);
      if (name !== key) delete copy[key];
      copy[name] = scrubbed;
    }
    return copy ?? record;
  }

  /** Names with values: `isSensitive` decides by the name. */
  pairs(pairs: [string, string][], isSensitive: (name: string) => boolean = (name) => this.isSensitive(name)): [string, string][] {
    return mapSame(pairs, (pair) => {
      const [name, value] = pair;
      const scrubbed: [string, string] = [this.prose(name), value !== '' && isSensitive(name) ? FILTERED : this.prose(value)];
      return scrubbed[0] === name && scrubbed[1] === value ? pair : scrubbed;
    });
  }

  get hidesAddresses(): boolean {
    return this.#settings.ips;
  }

  #isOwnField(key: string): boolean {
    if (this.#fields.length === 0) return false;
    const letters = lettersOf(key);
    return this.#fields.some((field) => letters.includes(field));
  }
}

/** A list with each entry changed; the same list when none was. */
export function mapSame<Entry>(list: Entry[], change: (entry: Entry) => Entry): Entry[] {
  let copy: Entry[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const changed = change(list[i]);
    if (changed === list[i]) continue;
    copy ??= [...list];
    copy[i] = changed;
  }
  return copy ?? list;
}
