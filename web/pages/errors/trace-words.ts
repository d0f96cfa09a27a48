import type { TraceRow } from '../../../src/api/contract-errors.ts';
import type { IconName } from '../../widgets/icon.tsx';
import type { StateName } from '../../widgets/state.tsx';

const STATES: Readonly<Record<string, StateName>> = { fatal: 'bad', error: 'bad', warning: 'warn', warn: 'warn' };

/** A row of a trace: its shape, and the word before it: `fatal`, `http.server`, `log warn`. */
export function traceWords({ kind, level, about }: Pick<TraceRow, 'kind' | 'level' | 'about'>): { state: StateName | undefined; icon: IconName; lead: string } {
  const state = STATES[level];
  if (kind === 'error') return { state, icon: 'errors', lead: level };
  if (kind === 'log') return { state, icon: 'term', lead: level === '' ? 'log' : `log ${level}` };
  if (kind === 'transaction')
    return { state: /error|exceeded|denied|unavailable|aborted/.test(about) ? 'warn' : undefined, icon: 'http', lead: about || 'took' };
  return { state, icon: 'list', lead: kind.replaceAll('_', ' ') };
}
