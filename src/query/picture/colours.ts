import { HeedError } from '../../core/errors.ts';
import type { Paint } from './shapes.ts';

/** Graphite's names of colours. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['black', '#000000'],
  ['white', '#ffffff'],
  ['blue', '#6464ff'],
  ['green', '#00c800'],
  ['red', '#c80032'],
  ['yellow', '#ffff00'],
  ['orange', '#ffa500'],
  ['purple', '#c864ff'],
  ['brown', '#966432'],
  ['cyan', '#00ffff'],
  ['aqua', '#009696'],
  ['gray', '#afafaf'],
  ['grey', '#afafaf'],
  ['magenta', '#ff00ff'],
  ['pink', '#ff6464'],
  ['gold', '#c8c800'],
  ['rose', '#c896c8'],
  ['darkblue', '#0000ff'],
  ['darkgreen', '#00ff00'],
  ['darkred', '#ff0000'],
  ['darkgray', '#6f6f6f'],
  ['darkgrey', '#6f6f6f'],
]);

/**
 * Reads a colour as Graphite does: one of its names, `rrggbb` or `rrggbbaa`, with `#` or without; `#rgb` and `transparent` too.
 * @throws HeedError `bad_colour`
 */
export function readColour(text: string): Paint {
  const name = text.trim().toLowerCase();
  const named = NAMED.get(name);
  if (named !== undefined) return { colour: named, alpha: 1 };
  if (name === 'transparent') return { colour: '#000000', alpha: 0 };
  const short = /^#([\da-f])([\da-f])([\da-f])$/.exec(name);
  if (short) return { colour: `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}`, alpha: 1 };
  const found = /^#?([\da-f]{6})([\da-f]{2})?$/.exec(name);
  if (!found)
    throw new HeedError('bad_colour', `cannot draw: '${text.slice(0, 40)}' is no colour; write one like #1d56c9, or a name: ${[...NAMED.keys()].join(', ')}`);
  return { colour: `#${found[1]}`, alpha: found[2] === undefined ? 1 : Number.parseInt(found[2], 16) / 255 };
}

/** The colour with less of it. */
export function faint({ colour, alpha }: Paint, share: number): Paint {
  return { colour, alpha: alpha * share };
}
