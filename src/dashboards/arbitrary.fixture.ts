import * as fc from 'fast-check';
import { FIGURES, GRID_COLUMNS, type Dashboard, type Panel, PANEL_TYPES, PANEL_UNITS, type PanelPlace, type Variable } from '../core/dashboard.ts';

const text = (maxLength: number): fc.Arbitrary<string> => fc.oneof(fc.string({ maxLength }), fc.string({ unit: 'grapheme', maxLength }), awkward);
/** What YAML would read as something else. */
const awkward = fc.constantFrom(
  'yes',
  'null',
  '~',
  '1',
  '1e3',
  '0x1f',
  '- a',
  '# no',
  'a: b',
  'a #b',
  '<5',
  '*',
  '&a',
  '!x',
  ' a ',
  'a\n',
  '\n',
  'a\n\nb\n\n',
  '---',
  "'",
  '"',
  '{',
  '[',
  '| x',
  '> x',
  '%',
  '@',
  '`',
  '\t',
  'a\r\nb',
  '2026-01-01',
  ' ',
  '\u2028',
  '=',
);
const filled = (maxLength: number): fc.Arbitrary<string> => text(maxLength).filter((value) => value.trim() !== '');
/** Without variables, which would have to be declared. */
const target = filled(60).map((value) => value.replaceAll('$', 'S'));
const span = fc.constantFrom('1h', '90min', '7d', '30s', '2w');
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((value) => value + 0);

const place: fc.Arbitrary<PanelPlace> = fc
  .tuple(fc.integer({ min: 1, max: GRID_COLUMNS }), fc.nat(GRID_COLUMNS), fc.nat(50), fc.integer({ min: 1, max: 20 }))
  .map(([w, x, y, h]) => ({ x: Math.min(x, GRID_COLUMNS - w), y, w, h }));

const panel: fc.Arbitrary<Panel> = fc
  .record({
    title: text(20),
    type: fc.constantFrom(...PANEL_TYPES),
    place: fc.oneof(place, fc.constant({ x: 0, y: 0, w: 4, h: 6 }), fc.constant({ x: 4, y: 0, w: 4, h: 6 })),
    note: text(10),
    targets: fc.array(target, { maxLength: 4 }),
    unit: fc.constantFrom(...PANEL_UNITS),
    limits: fc.array(fc.record({ value: number, state: fc.constantFrom('warn' as const, 'bad' as const), below: fc.boolean() }), { maxLength: 4 }),
    compare: fc.oneof(fc.constant(''), span),
    figure: fc.constantFrom(...FIGURES),
    text: text(200),
    min: fc.option(number),
    max: fc.option(number),
  })
  .map((made) => (made.min !== null && made.max !== null && made.min >= made.max ? { ...made, max: null } : made));

const variable: fc.Arbitrary<Variable> = fc
  .record({
    name: fc.stringMatching(/^[A-Za-z]\w{0,9}$/),
    label: text(10),
    kind: fc.constantFrom('glob', 'tag', 'values'),
    word: target,
    where: fc.array(target, { maxLength: 2 }),
    values: fc.array(filled(10), { minLength: 1, maxLength: 3 }),
    default: text(10),
    multiple: fc.boolean(),
  })
  .map(({ kind, word, where, values, ...rest }) => ({
    ...rest,
    glob: kind === 'glob' ? word : '',
    tag: kind === 'tag' ? word : '',
    where: kind === 'tag' ? where : [],
    values: kind === 'values' ? values : [],
  }));

/** Dashboards of every kind that may be. */
export const arbitraryDashboard: fc.Arbitrary<Dashboard> = fc.record({
  title: filled(30),
  about: text(50),
  range: span,
  tags: fc.array(text(10), { maxLength: 3 }),
  variables: fc.uniqueArray(variable, { maxLength: 3, selector: ({ name }) => name }),
  panels: fc.array(panel, { maxLength: 6 }),
});
