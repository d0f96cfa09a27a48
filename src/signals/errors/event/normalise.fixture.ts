import type { ErrorEvent } from '../../../core/error-event.ts';
import { type Arrival, normaliseEvent } from './normalise.ts';

export const NOW = Date.UTC(2026, 10, 22, 12);
export const ID = '9ec79c33ec9942ab8353589fcb2e04dc';
const ARRIVAL: Arrival = { received: NOW, newId: () => ID };

/** What a raw event becomes, as it is stored, so that objects without prototypes compare. */
export const read = (raw: unknown, arrival: Partial<Arrival> = {}): ErrorEvent =>
  JSON.parse(JSON.stringify(normaliseEvent(raw, { ...ARRIVAL, ...arrival }))) as ErrorEvent;
export const notesOf = (event: ErrorEvent): string[] => (event.errors ?? []).map(({ type, name }) => `${type} ${name}`);
