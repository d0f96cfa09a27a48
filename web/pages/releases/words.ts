import type { ReleaseVerdict } from '../../../src/api/contract-releases.ts';
import type { StateName } from '../../widgets/state.tsx';

const STATES: Readonly<Record<ReleaseVerdict['kind'], StateName>> = { worse: 'bad', better: 'ok', same: 'ok', early: 'none', first: 'none', unknown: 'none' };

export const stateOf = ({ kind }: Pick<ReleaseVerdict, 'kind'>): StateName => STATES[kind];

/** `98.2 %`, rounded down: only all of it is 100 %, and of nearly all two digits tell. A dash where nothing was counted. */
export function share(percent: number | null): string {
  if (percent === null) return '–';
  if (percent >= 100) return '100 %';
  const digits = percent >= 99.9 ? 2 : 1;
  return `${(Math.floor(percent * 10 ** digits + 1e-9) / 10 ** digits).toFixed(digits)} %`;
}

/** A part as whole percent; never 0 or 100 when it is not. */
export function part(percent: number): string {
  if (percent > 0 && percent < 1) return 'under 1 %';
  return `${percent < 100 ? Math.min(99, Math.round(percent)) : 100} %`;
}
