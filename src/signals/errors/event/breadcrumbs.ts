import type { Breadcrumb } from '../../../core/error-event.ts';
import { readLevel } from './level.ts';
import type { Notes } from './notes.ts';
import { compact, isEmpty, isRecord, lineOf, listOf, type Raw, textOf } from './shapes.ts';
import { trimRecord } from './trim.ts';

const MOST_BREADCRUMBS = 100;
const MOST_WORD = 128;
const MOST_MESSAGE = 8192;
const MOST_DATA = 8192;

/** What happened before, oldest first; of too many the last are kept. `readTime` knows how far the client's clock is off. */
export function readBreadcrumbs(event: Raw, readTime: (value: unknown) => number | undefined, notes: Notes): Breadcrumb[] | undefined {
  const said = listOf(event.breadcrumbs ?? event['sentry.interfaces.Breadcrumbs']);
  if (said.length > MOST_BREADCRUMBS) notes.add('too_many_values', 'breadcrumbs', said.length);
  const crumbs = said
    .slice(-MOST_BREADCRUMBS)
    .filter(isRecord)
    .map((raw) => readBreadcrumb(raw, readTime, notes));
  return crumbs.length === 0 ? undefined : crumbs;
}

function readBreadcrumb(raw: Raw, readTime: (value: unknown) => number | undefined, notes: Notes): Breadcrumb {
  const time = readTime(raw.timestamp);
  const data = isRecord(raw.data) ? trimRecord(raw.data, MOST_DATA) : undefined;
  if (data?.wasCut === true) notes.add('value_too_long', 'breadcrumbs.data');
  return compact<Breadcrumb>({
    timestamp: time === undefined ? undefined : Math.round(time),
    type: lineOf(raw.type, MOST_WORD) ?? 'default',
    category: lineOf(raw.category, MOST_WORD),
    level: readLevel(raw.level) ?? 'info',
    message: textOf(raw.message, MOST_MESSAGE),
    data: data === undefined || isEmpty(data.value) ? undefined : data.value,
  });
}
