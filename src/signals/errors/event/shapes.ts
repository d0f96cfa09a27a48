/** What a client sent, before anything is known of it. */
export type Raw = Record<string, unknown>;

export function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sentry's containers: `{"values": […]}`, a bare list, or one thing alone. */
export function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (!isRecord(value)) return [];
  return 'values' in value ? listOf(value.values) : [value];
}

/** A text without NUL and lone surrogates; numbers and booleans become texts. What is empty or anything else is undefined. */
export function textOf(value: unknown, most: number): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : cutText(cleanText(value), most) || undefined;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** As `textOf`, on one line and without blanks around. */
export function lineOf(value: unknown, most: number): string | undefined {
  const text = typeof value === 'string' ? cleanText(value) : textOf(value, most);
  if (text === undefined) return undefined;
  const line = (/[\r\n\u2028\u2029]/.test(text) ? text.replace(/[\r\n\u2028\u2029]+/g, ' ') : text).trim();
  return line === '' ? undefined : cutText(line, most);
}

/** A whole number, also one that is written as a text. */
export function integerOf(value: unknown, least = 0, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const number = numberOf(value);
  return number !== undefined && Number.isSafeInteger(number) && number >= least && number <= most ? number : undefined;
}

/** A finite number, also one that is written as a text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.length > 0 && value.length <= 32 && value.trim() !== '' ? Number(value) : value;
  // Adding nothing turns -0 into 0.
  return typeof number === 'number' && Number.isFinite(number) ? number + 0 : undefined;
}

export function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function cleanText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '') : whole;
}

/** At most so many UTF-16 units; what was cut ends with an ellipsis. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 2);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 2 : most - 1)}…`;
}

/** Makes objects that have only their own keys. They are as quick as literals, which those of `Object.create(null)` are not. */
const Bare = function (): void {} as unknown as new () => object;
Bare.prototype = Object.freeze(Object.create(null));

/** An object that has only its own keys. */
export const emptyRecord = <Value>(): Record<string, Value> => new Bare() as Record<string, Value>;

export function isEmpty(record: object): boolean {
  for (const key in record) if (Object.hasOwn(record, key)) return false;
  return true;
}

/** The object without what is undefined; the order of its keys stays. A copy, as objects that lost keys are slow ever after. */
export function compact<Shape extends object>(shape: Shape): Shape {
  const rest = {} as Shape;
  for (const key in shape) if (shape[key] !== undefined) rest[key] = shape[key];
  return rest;
}
