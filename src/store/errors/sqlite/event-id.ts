import type { ErrorsFile } from './errors-file.ts';

/** Events of one millisecond that are told apart; of more, some count to the next. */
const PER_MILLISECOND = 2048;

/** The lowest id that an event of a time may have. */
export const firstIdOf = (time: number): number => Math.floor(time) * PER_MILLISECOND;

export const timeOf = (id: number): number => Math.floor(id / PER_MILLISECOND);

/** The next free id of a time: ids are in order of time, and of arrival within a millisecond. */
export function idOf(file: ErrorsFile, time: number): number {
  for (let first = firstIdOf(time); ; first += PER_MILLISECOND) {
    const row = file.get<{ last: number | null }>('SELECT max(id) AS last FROM events WHERE id BETWEEN ? AND ?', first, first + PER_MILLISECOND - 1);
    const next = row?.last == null ? first : row.last + 1;
    if (next < first + PER_MILLISECOND) return next;
  }
}
