import { rmSync } from 'node:fs';
import { allocateCounters } from '../../src/core/counters.ts';
import type { ErrorsStore, IssuesQuestion, IssueTerm, NewEvent } from '../../src/store/errors/errors-store.ts';
import { ErrorsDatabase } from '../../src/store/errors/sqlite/errors-database.ts';
import { type EventRow, rowOf } from '../../src/store/errors/sqlite/event-row.ts';
import { openErrors } from '../../src/store/errors/sqlite/open-errors.ts';
import { folderBytes, newFolder } from '../process/folder.ts';
import { type Measurement, printMeasurements } from '../table.ts';
import { ErrorMix } from './error-mix.ts';

const DAY = 86_400_000;
/** Events written in the two parts; less by these where time is short. */
const WRITTEN = Number(process.env.HEED_BENCH_ERRORS ?? 40_000);
const LISTED = Number(process.env.HEED_BENCH_ERRORS_LISTED ?? 1_000_000);
const ISSUES = 10_000;
const AT_ONCE = 4000;

/** Adds what `make` gives, as so many callers with a few events each; @returns seconds that the store took. */
async function fill(store: ErrorsStore, count: number, make: (number: number) => NewEvent): Promise<number> {
  let taken = 0;
  for (let first = 0; first < count; first += AT_ONCE) {
    const events = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, i) => make(first + i));
    const start = performance.now();
    await Promise.all(Array.from({ length: Math.ceil(events.length / 5) }, (_, i) => store.add(events.slice(5 * i, 5 * i + 5))));
    taken += performance.now() - start;
  }
  return taken / 1000;
}

const at = (sorted: readonly number[], part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

async function times(count: number, ask: (number: number) => Promise<unknown>): Promise<{ first: number; p50: number; p99: number }> {
  const taken: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await ask(i);
    taken.push(performance.now() - start);
  }
  const [first] = taken;
  const sorted = taken.toSorted((a, b) => a - b);
  return { first, p50: at(sorted, 0.5), p99: at(sorted, 0.99) };
}

/** What the worker does, without threads: batches of 1,000 events; @returns seconds of it, and of processor time. */
function writeAlone(mix: ErrorMix, start: number): { wall: number; processor: number } {
  const folder = newFolder('errors');
  const database = new ErrorsDatabase(folder, (what) => {
    throw new Error(what);
  });
  const taken = { wall: 0, processor: 0 };
  for (let first = 0; first < WRITTEN; first += 1000) {
    const rows = Array.from({ length: 1000 }, (_, i) => rowOf(mix.make(start + Math.floor(((first + i) * DAY) / WRITTEN))) as EventRow);
    const [begin, before] = [performance.now(), process.cpuUsage()];
    database.add(rows);
    taken.wall += (performance.now() - begin) / 1000;
    const { user, system } = process.cpuUsage(before);
    taken.processor += (user + system) / 1e6;
  }
  database.close();
  rmSync(folder, { recursive: true, force: true });
  return taken;
}

async function measureWriting(put: (what: string, heed: number, unit: string, better: 'more' | 'less', goal: string) => void): Promise<void> {
  const folder = newFolder('errors');
  const mix = new ErrorMix(500, 2000, 'large');
  const start = Date.now();
  const letters = JSON.stringify(mix.make(start).event).length;
  const alone = writeAlone(mix, start - DAY);
  put('written, the work of the worker alone', WRITTEN / alone.wall, 'events/s', 'more', '>= 3,000');
  put('the same, by its processor time', WRITTEN / alone.processor, 'events/s', 'more', '>= 3,000');
  const store = openErrors(folder, allocateCounters());
  const seconds = await fill(store, WRITTEN, (number) => mix.make(start - DAY + Math.floor((number * DAY) / WRITTEN)));
  put(`events of ${(letters / 1000).toFixed(1)} KB written through the store`, WRITTEN / seconds, 'events/s', 'more', '>= 3,000');
  await store[Symbol.asyncDispose]();
  put('on disk', folderBytes(folder) / WRITTEN, 'bytes/event', 'less', '<= 2,600');
  rmSync(folder, { recursive: true, force: true });
}

const SEARCHES: Record<string, string[]> = {
  'by a tag': ['browser', '=', 'Firefox 117'],
  'by a pattern of a tag': ['device', 'glob', 'device-1*'],
  'by text': ['text', '=', 'basket'],
  'by a user': ['user.email', '=', 'user77@example.org'],
  'by a release': ['release', '=', 'shop@1.3.0'],
  'by what is not there': ['shop', '=', 'nowhere'],
  'by a number': ['timesSeen', '>', '500'],
};

async function measureReading(put: (what: string, heed: number, unit: string, better: 'more' | 'less', goal: string) => void): Promise<void> {
  const folder = newFolder('errors');
  const mix = new ErrorMix(ISSUES, 20_000, 'small');
  const now = Date.now();
  const store = openErrors(folder, allocateCounters());
  const ids: string[] = [];
  // Some issues come often, most rarely.
  const seconds = await fill(store, LISTED, (number) => {
    const rank = (number * 7919) % LISTED;
    const fault = number < ISSUES ? number : Math.floor(ISSUES * (rank / LISTED) ** 3);
    const event = mix.make(now - 30 * DAY + Math.floor((number * 30 * DAY) / LISTED), fault);
    if (number % 1000 === 0) ids.push(event.event.event_id);
    return event;
  });
  put(`${LISTED} small events of ${ISSUES} issues written`, LISTED / seconds, 'events/s', 'more', 'no goal');
  put('on disk', folderBytes(folder) / LISTED, 'bytes/event', 'less', 'no goal');
  const unresolved: IssueTerm = { key: 'is', operator: '=', value: 'unresolved', not: false };
  const question = (part: Partial<IssuesQuestion>): IssuesQuestion => ({
    project: 1,
    terms: [unresolved],
    sort: 'date',
    from: now - 14 * DAY,
    until: now,
    slots: 24,
    limit: 25,
    ...part,
  });
  for (const sort of ['date', 'new', 'freq', 'user', 'trends'] as const) {
    const { first, p50, p99 } = await times(200, () => store.issues(question({ sort })));
    put(`list by ${sort}, 14 days, p50`, p50, 'ms', 'less', '< 10');
    put(`list by ${sort}, 14 days, p99`, p99, 'ms', 'less', '< 30');
    put(`list by ${sort}, 14 days, the first time`, first, 'ms', 'less', '< 200');
  }
  for (const [what, [key, operator, value]] of Object.entries(SEARCHES)) {
    const terms = [unresolved, { key, operator: operator as IssueTerm['operator'], value, not: false }];
    put(`search ${what}, p99`, (await times(20, () => store.issues(question({ terms })))).p99, 'ms', 'less', '< 200');
  }
  const byId = await times(ids.length, (number) => store.eventById(1, ids[number]));
  put('event by id, p50', byId.p50, 'ms', 'less', '< 3');
  put('event by id, p99', byId.p99, 'ms', 'less', '< 3');
  put('totals, p99', (await times(50, () => store.totals(1))).p99, 'ms', 'less', '< 30');
  put(
    'counts of 30 days by hour, p99',
    (await times(50, () => store.counts({ project: 1, from: now - 30 * DAY, until: now, step: 3_600_000 }))).p99,
    'ms',
    'less',
    '< 30',
  );
  await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
}

/** The store of errors alone: what it takes, what it needs, and how soon it answers. */
export async function bench(): Promise<void> {
  const measurements: Measurement[] = [];
  const put = (what: string, heed: number, unit: string, better: 'more' | 'less', goal: string): void =>
    void measurements.push({ what, values: { heed }, unit, better, goal });
  await measureWriting(put);
  await measureReading(put);
  printMeasurements('The errors store', measurements);
}
