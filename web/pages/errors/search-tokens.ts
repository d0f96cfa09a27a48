/** One condition of a search as it is written: `release:1.4*`, `!level:error`, or words. */
export interface Token {
  /** Exactly as it stands in the search. */
  text: string;
  /** `release`, `!level`; empty for words. */
  key: string;
  value: string;
}

const KEY = /^!?(?:"(?:[^"\\]|\\.)*"|[\w.-]+):/;

/** Where a piece ends: at a space that is in neither quotes nor brackets. */
function endOfPiece(text: string, start: number): number {
  let quoted = false;
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const letter = text[at];
    if (letter === '\\') at++;
    else if (letter === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (letter === '[') depth++;
    else if (letter === ']') depth--;
    else if (/\s/.test(letter) && depth <= 0) return at;
  }
  return text.length;
}

function unquoted(text: string): string {
  return /^".*"$/s.test(text) && text.length > 1 ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text;
}

/** The conditions of a search in Sentry's syntax; words beside each other are one. Never fails: what is no condition is words. */
export function tokensOf(query: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < query.length;) {
    if (/\s/.test(query[at])) {
      at++;
      continue;
    }
    const end = endOfPiece(query, at);
    const text = query.slice(at, end);
    at = end;
    const key = KEY.exec(text)?.[0] ?? '';
    const before = found.at(-1);
    if (key !== '') found.push({ text, key: key.slice(0, -1), value: unquoted(text.slice(key.length)) });
    else if (before?.key === '' && !text.startsWith('"') && !before.text.startsWith('"'))
      found[found.length - 1] = { text: `${before.text} ${text}`, key: '', value: `${before.text} ${text}` };
    else found.push({ text, key: '', value: unquoted(text) });
  }
  return found;
}

export function queryOf(tokens: readonly Pick<Token, 'text'>[]): string {
  return tokens.map(({ text }) => text).join(' ');
}

/** `key:value`, with quotes where the value needs them. */
export function term(key: string, value: string): string {
  const name = /^[\w.-]+$/.test(key) ? key : `"${key.replace(/["\\]/g, '\\$&')}"`;
  return `${name}:${/^[\w.@/+-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
}

/** The search with one more condition; once, however often it is added. */
export function withTerm(query: string, added: string): string {
  const tokens = tokensOf(query);
  return tokens.some(({ text }) => text === added) ? query : queryOf([...tokens, { text: added }]);
}

/** The tabs of the list are conditions, too: which of the states is looked for. */
export const TABS = [
  { key: 'open', text: 'Open', is: 'unresolved' },
  { key: 'new', text: 'New', is: 'new' },
  { key: 'back', text: 'Back', is: 'regressed' },
  { key: 'archived', text: 'Archived', is: 'archived' },
  { key: 'resolved', text: 'Resolved', is: 'resolved' },
] as const;
export type Tab = (typeof TABS)[number]['key'];

const IS_STATE = new Set(['unresolved', 'new', 'regressed', 'archived', 'ignored', 'resolved', 'ongoing', 'escalating']);

const isState = ({ key, value }: Token): boolean => key === 'is' && IS_STATE.has(value);

/** The tab that a search stands for; none where it asks for no state, or for several. */
export function tabOf(query: string): Tab | undefined {
  const states = tokensOf(query).filter(isState);
  return states.length === 1 ? TABS.find(({ is }) => is === states[0].value)?.key : undefined;
}

/** The same search in another tab. */
export function inTab(query: string, tab: Tab): string {
  const is = TABS.find(({ key }) => key === tab)?.is;
  return queryOf([{ text: `is:${is}` }, ...tokensOf(query).filter((token) => !isState(token))]);
}
