import type { Dashboard } from '../core/dashboard.ts';

/** What changes from one text to another, line by line. */
export interface TextDiff {
  /** The whole new text. */
  yaml: string;
  lines: { kind: ' ' | '+' | '-'; text: string }[];
}

/** Beyond so many lines or milliseconds the whole text counts as new. */
const MOST_EDITS = 2000;
const MOST_TIME = 200;

/** From a base's text to a draft. A base that means the same keeps its text, comments and all. */
export async function diffDashboard(base: string, draft: Dashboard): Promise<TextDiff> {
  const [{ diffArrays }, { readDashboard }, { writeDashboard }] = await Promise.all([import('diff'), import('./yaml/read.ts'), import('./yaml/write.ts')]);
  const written = writeDashboard(draft);
  const yaml = base !== '' && sameAs(written) ? base : written;
  const [before, after] = [linesOf(base), linesOf(yaml)];
  const changes = diffArrays(before, after, { maxEditLength: MOST_EDITS, timeout: MOST_TIME }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  const lines = changes.flatMap(({ value, added, removed }) =>
    value.map((text) => ({ kind: added ? ('+' as const) : removed ? ('-' as const) : (' ' as const), text })),
  );
  return { yaml, lines };

  function sameAs(text: string): boolean {
    try {
      return writeDashboard(readDashboard(base)) === text;
    } catch {
      return false;
    }
  }
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}
