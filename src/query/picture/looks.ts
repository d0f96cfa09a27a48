import { readColour } from './colours.ts';
import type { Paint } from './shapes.ts';

export type State = 'ok' | 'warn' | 'bad' | 'none';

/** All colours of a picture. */
export interface Look {
  background: Paint;
  /** Titles and figures, names, labels. */
  ink: Paint;
  mid: Paint;
  dim: Paint;
  /** Lines of the grid, the finer ones between them, and the base line. */
  grid: Paint;
  minor: Paint;
  base: Paint;
  /** Moments that are marked. */
  marker: Paint;
  series: readonly Paint[];
  /** Fills and texts by state. */
  fills: Readonly<Record<State, Paint>>;
  texts: Readonly<Record<State, Paint>>;
}

type Colours = Record<'background' | 'ink' | 'mid' | 'dim' | 'grid' | 'minor' | 'base' | 'marker' | 'series' | 'fills' | 'texts', string>;

const STATES = ['ok', 'warn', 'bad', 'none'] as const;

function lookOf(colours: Colours): Look {
  const { series, fills, texts, ...single } = colours;
  const list = (text: string): Paint[] => text.split(' ').map(readColour);
  const states = (text: string): Record<State, Paint> => Object.fromEntries(list(text).map((paint, i) => [STATES[i], paint])) as Record<State, Paint>;
  const paints = Object.fromEntries(Object.entries(single).map(([name, text]) => [name, readColour(text)])) as Omit<Look, 'series' | 'fills' | 'texts'>;
  return { ...paints, series: list(series), fills: states(fills), texts: states(texts) };
}

const LIGHT: Colours = {
  background: '#ffffff',
  ink: '#15171c',
  mid: '#474d57',
  dim: '#636a75',
  grid: '#eceef1',
  minor: '#f4f5f7',
  base: '#cdd1d7',
  marker: '#474d57',
  series: '#4063d6 #784500 #329f9a #a13397 #6d7a0d #ad76ea #065d6d #926c68',
  fills: '#4fa386 #c98300 #c9330f #8c939e',
  texts: '#0b7350 #855400 #b3310c #636a75',
};

const DARK: Colours = {
  background: '#121417',
  ink: '#eceef1',
  mid: '#b4bac3',
  dim: '#8d95a0',
  grid: '#1e2126',
  minor: '#181b1f',
  base: '#373c43',
  marker: '#b4bac3',
  series: '#9aa8fd #af7100 #7ce1c4 #e16399 #8dad41 #8c67d3 #2d9fc0 #c6a895',
  fills: '#2a7a60 #e0b04c #e8553a #5f6671',
  texts: '#57c99e #ecb354 #ff8c69 #8d95a0',
};

/** Graphite's own looks, in their colours on white or black. */
const ON_WHITE: Colours = { ...LIGHT, ink: 'black', mid: 'black', dim: 'black', grid: 'rose', minor: 'gray', base: 'black', marker: 'black' };
const ON_BLACK: Colours = {
  ...DARK,
  background: 'black',
  ink: 'white',
  mid: 'white',
  dim: 'white',
  grid: 'darkgray',
  minor: 'darkgray',
  base: 'white',
  marker: 'white',
};
const GRAPHITE_SERIES = 'blue green red purple brown yellow aqua gray magenta pink gold rose';

/** Looks by name; the first is the default. */
export const LOOKS: ReadonlyMap<string, Look> = new Map([
  ['light', lookOf(LIGHT)],
  ['dark', lookOf(DARK)],
  ['plain', lookOf({ ...ON_WHITE, series: GRAPHITE_SERIES })],
  ['noc', lookOf({ ...ON_BLACK, series: 'blue green red yellow purple brown aqua gray magenta pink gold rose' })],
  ['summary', lookOf({ ...ON_BLACK, series: '#6666ff #66ff66 #ff6666' })],
  ['alphas', lookOf({ ...ON_WHITE, grid: 'gray', minor: 'rose', series: '#00ff00aa #ff000077 #00337799' })],
]);
