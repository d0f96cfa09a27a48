import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ChangesPanel } from '../../changes/panel.tsx';
import { colourClass, linesOf, type ColourBook } from '../../charts/rows.ts';
import { useKeys } from '../../state/keys.ts';
import { useMarks } from '../../state/marks.ts';
import { now } from '../../state/now.ts';
import { route } from '../../state/router.ts';
import { Dialog } from '../../widgets/dialog.tsx';
import { Icon } from '../../widgets/icon.tsx';
import { plural, thousands } from '../../words/number.ts';
import { definePage } from '../page.ts';
import { useAnswer } from './answer.ts';
import { Names } from './names.tsx';
import { ChartPanel, commonTitle } from './panel.tsx';
import { question, setChanged, toggleTarget } from './question.ts';
import { Targets } from './targets.tsx';

const NARROW = '(max-width: 1100px)';

/** Every name on the left, what is drawn of them on the right. */
function Metrics(): JSX.Element {
  const { targets, pinned, changed } = question.value;
  const answer = useAnswer();
  const marks = useMarks();
  const rows = answer.frame?.rows;
  const pins = pinned.join('\n');
  const book = useRef<ColourBook>(new Map());
  const lines = useMemo(() => linesOf(targets.length === 0 ? [] : (rows ?? []), pinned, book.current), [rows, pins, targets.length]);
  const [sheet, setSheet] = useState(false);
  const shown = useRef(false);
  useEffect(() => void (shown.current = true), []);

  useKeys([
    {
      keys: '/',
      about: 'find a name',
      run: () => {
        if (matchMedia(NARROW).matches) setSheet(true);
        else document.querySelector<HTMLElement>('.names [data-search]')?.focus();
      },
    },
  ]);
  useEffect(() => {
    document.title = `${targets.length === 0 ? '' : `${commonTitle(targets)} · `}Metrics · Heed`;
  }, [targets.join('\n')]);

  const colours = useMemo(() => {
    const found = new Map(targets.map((target) => [target, 'c-none']));
    for (const line of lines) if (found.has(line.row.name)) found.set(line.row.name, colourClass(line));
    return found;
  }, [lines, route.value]);
  const series = now.value?.store.series;

  return (
    <>
      <h1 class="sr">Metrics</h1>
      <div class={changed === null ? 'explorer' : 'explorer with-side'}>
        <aside class="names" aria-label="Names">
          <button type="button" class="search open-names" onClick={() => setSheet(true)}>
            <Icon name="search" small />
            <span>{series === undefined ? 'Find a name' : `Find in ${thousands(series)} names`}</span>
          </button>
          <Names colours={colours} rowHeight={27} label="Metric names" />
        </aside>
        <div class="explore">
          {targets.length === 0 ? (
            <Nothing />
          ) : (
            <>
              <Targets answer={answer} lines={lines} />
              <ChartPanel answer={answer} lines={lines} marks={marks} />
            </>
          )}
        </div>
        {changed !== null && (
          <ChangesPanel at={changed} marks={marks} taken={colours} focus={shown.current} onPick={toggleTarget} onClose={() => setChanged(null)} />
        )}
      </div>
      {sheet && (
        <Dialog name="Names" class="sheet" onClose={() => setSheet(false)}>
          <Names colours={colours} rowHeight={44} label="Metric names" />
          <div class="sheet-foot">
            <span class="dim">{targets.length === 0 ? 'Nothing is drawn yet' : `${plural(targets.length, 'series', 'series')} drawn`}</span>
            <button type="button" class="btn primary push" onClick={() => setSheet(false)}>
              Done
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Before anything is chosen. */
function Nothing(): JSX.Element {
  const series = now.value?.store.series;
  return (
    <div class="empty">
      <h2>{series === 0 ? 'No number has arrived yet' : 'Choose a name to draw it'}</h2>
      {series === 0 ? (
        <p>
          <a href="/">Now</a> has the line to paste; its name appears here at once.
        </p>
      ) : (
        <>
          <p>Take names from the tree or search for words in them. What is drawn is in the address, so a link shows the same.</p>
          <p class="row dim small keys not-phone">
            <span>
              <kbd>/</kbd> finds a name
            </span>
            <span>
              <kbd>↓</kbd> <kbd>→</kbd> walk the tree
            </span>
            <span>
              <kbd>Enter</kbd> draws it
            </span>
            <span>
              <kbd>?</kbd> all keys
            </span>
          </p>
        </>
      )}
    </div>
  );
}

export default definePage({ path: '/metrics', title: 'Metrics', icon: 'metrics', key: 'm', order: 3, flush: true, view: Metrics });
