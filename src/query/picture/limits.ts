import type { PanelLimit } from '../../core/dashboard.ts';
import { HeedError } from '../../core/errors.ts';
import type { State } from './looks.ts';

/**
 * Reads limits as `limits=` has them: `warn:100`, `bad:200`, and with `<` the values below are the ones to worry about.
 * @throws HeedError `bad_parameter`
 */
export function readLimits(texts: readonly string[]): PanelLimit[] {
  return texts.map((text) => {
    const found = /^(warn|bad):([<>]?)([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)$/i.exec(text.replaceAll(/\s/g, ''));
    const value = Number(found?.[3]);
    if (!found || !(Math.abs(value) <= 1e300))
      throw new HeedError('bad_parameter', `cannot draw: limits must be such as warn:100,bad:200 or bad:<5, not '${text.slice(0, 40)}'`);
    return { value, state: found[1].toLowerCase() as PanelLimit['state'], below: found[2] === '<' };
  });
}

/** The worst state that limits give a value; `none` for no data. */
export function stateOf(value: number, limits: readonly PanelLimit[]): State {
  if (Number.isNaN(value)) return 'none';
  let state: State = 'ok';
  for (const limit of limits) {
    const passed = limit.below ? value < limit.value : value >= limit.value;
    if (passed && state !== 'bad') state = limit.state;
  }
  return state;
}
