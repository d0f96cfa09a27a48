import { HeedError } from '../../core/errors.ts';
import type { RenderParams } from '../request.ts';
import { readColour } from './colours.ts';
import { oneLine } from './words.ts';
import type { Paint } from './shapes.ts';

/** Texts that a picture takes are cut here. */
const MAX_TEXT = 300;

function bad(name: string, text: string, what: string): HeedError {
  return new HeedError('bad_parameter', `cannot draw: ${name} must be ${what}, not '${text.slice(0, 40)}'`);
}

/** Reads the parameters of a picture. As in Graphite one that is empty or `default` counts as not given. All throw HeedError `bad_parameter`. */
export class PictureParams {
  readonly #params: RenderParams;

  constructor(params: RenderParams) {
    this.#params = params;
  }

  #raw(name: string): string | undefined {
    const text = this.#params[name]?.[0]?.trim();
    return text === '' || text?.toLowerCase() === 'default' ? undefined : text;
  }

  text(name: string): string {
    return oneLine((this.#raw(name) ?? '').slice(0, MAX_TEXT));
  }

  /** A finite number within bounds. */
  number(name: string, least = -1e300, most = 1e300): number | undefined {
    const text = this.#raw(name);
    if (text === undefined) return undefined;
    const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
    if (!(number >= least && number <= most))
      throw bad(name, text, least === -1e300 ? 'a number' : most === 1e300 ? `a number from ${least} on` : `a number from ${least} to ${most}`);
    return number;
  }

  whole(name: string, least: number, most: number): number | undefined {
    const number = this.number(name, least, most);
    return number === undefined ? undefined : Math.round(number);
  }

  flag(name: string): boolean | undefined {
    const text = this.#raw(name)?.toLowerCase();
    if (text === undefined) return undefined;
    if (['true', '1', 'on', 'yes'].includes(text)) return true;
    if (['false', '0', 'off', 'no', 'none'].includes(text)) return false;
    throw bad(name, text, 'true or false');
  }

  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    const text = this.#raw(name);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
    if (found === undefined) throw bad(name, text, `one of ${choices.filter((choice) => choice !== '').join(', ')}`);
    return found;
  }

  colour(name: string): Paint | undefined {
    const text = this.#raw(name);
    return text === undefined ? undefined : readColour(text);
  }

  /** Items between commas. */
  list(name: string, most: number): string[] {
    const items = (this.#raw(name) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (items.length > most) throw new HeedError('bad_parameter', `cannot draw: ${name} may have ${most} items, not ${items.length}`);
    return items;
  }
}
