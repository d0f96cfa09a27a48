import type { ErrorEvent } from '../../../core/error-event.ts';
import { isRecord, type Raw } from './shapes.ts';

/** Sentry's names for security reports. */
const REPORTS = ['csp', 'expectct', 'expectstaple', 'hpkp', 'nel'] as const;

/** What an event is, by what it came as and what is in it; what it says itself counts only where that fits. */
export function typeOf(raw: Raw, itemType: string | undefined, has: { stack: boolean; report: boolean }): ErrorEvent['type'] {
  const said = itemType === 'transaction' || itemType === 'feedback' ? itemType : raw.type;
  if (said === 'transaction' && (itemType === 'transaction' || raw.start_timestamp !== undefined)) return 'transaction';
  if (said === 'feedback' && (itemType === 'feedback' || (isRecord(raw.contexts) && isRecord(raw.contexts.feedback)))) return 'feedback';
  const report = REPORTS.find((name) => name === said);
  if (report !== undefined && has.report) return report;
  return has.stack ? 'error' : 'default';
}
