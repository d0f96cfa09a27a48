import type { PanelLimit } from '../../../../src/core/dashboard.ts';
import type { FrameRow } from '../../../../src/api/contract.ts';
import type { StateName } from '../../../widgets/state.tsx';
import { stateOf } from './rows.ts';

const WORSE: readonly StateName[] = ['none', 'ok', 'warn', 'bad'];

/** A row as a number of slots between two times, each as its worst value says. Without limits 1 and more is well and less is not. */
export function slotsOf(row: FrameRow, from: number, until: number, count: number, limits: readonly PanelLimit[]): StateName[] {
  const rules: readonly PanelLimit[] = limits.length > 0 ? limits : [{ value: 1, state: 'bad', below: true }];
  const slots: StateName[] = Array.from({ length: count }, () => 'none');
  const size = (until - from) / count;
  row.values.forEach((value, i) => {
    if (value === null) return;
    const state = stateOf(value, rules);
    const start = row.start + i * row.step;
    const first = Math.max(0, Math.floor((start - from) / size));
    // A step longer than a slot holds for all slots that begin in it.
    const last = Math.min(count - 1, Math.max(first, Math.ceil((start + row.step - from) / size) - 1));
    for (let slot = first; slot <= last; slot++) if (WORSE.indexOf(state) > WORSE.indexOf(slots[slot])) slots[slot] = state;
  });
  return slots;
}
