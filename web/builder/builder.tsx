import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { askExpression } from '../state/api.ts';
import { Icon } from '../widgets/icon.tsx';
import { ExpressionField } from './expression-field.tsx';
import { functions, type GraphiteFunction, loadFunctions, takesSeries } from './functions.ts';
import { FunctionPicker } from './picker.tsx';
import { isHalf, lacking, newStep, type Pipeline, type Step, toPipeline, toText, valuesInWords } from './pipeline.ts';
import { StepEditor } from './step-editor.tsx';

/** What is open for editing: the innermost series, a step by its id, or nothing. */
type Chosen = 'source' | number | null;

/**
 * An expression as a row of chips from its series to its outermost function. The text stays the truth: every edit makes a new
 * target at once, and what is not understood is kept as it is written.
 */
export function Builder(props: {
  target: string;
  /** What is built, e.g. `series A`. */
  name: string;
  /** Another number than before opens the list of functions; 0 leaves it closed. */
  adding?: number;
  onChange(target: string): void;
}): JSX.Element {
  const { target } = props;
  const known = functions.value;
  const [pipeline, setPipeline] = useState<Pipeline | null>(null);
  const [problem, setProblem] = useState('');
  const [chosen, setChosen] = useState<Chosen>(null);
  const [adding, setAdding] = useState<number | null>(null);
  const [fresh, setFresh] = useState<number | null>(null);
  // The text of the present pipeline; any other came from outside.
  const composed = useRef<string | null>(null);
  // Steps that are in it.
  const inText = useRef<ReadonlySet<number>>(new Set());
  const row = useRef<HTMLDivElement>(null);

  useEffect(loadFunctions, []);
  useEffect(() => {
    if (known.size === 0 || target === composed.current) return undefined;
    const stop = new AbortController();
    const take = (next: Pipeline): void => {
      composed.current = target;
      inText.current = new Set(next.steps.map(({ id }) => id));
      setPipeline(next);
      setProblem('');
      setChosen(null);
    };
    if (target.trim() === '') take({ source: '', steps: [] });
    else {
      askExpression(target, stop.signal).then(
        (tree) => take(toPipeline(target, tree, known)),
        (error: unknown) => {
          if (!stop.signal.aborted) setProblem((error as Error).message);
        },
      );
    }
    return () => stop.abort();
  }, [target, known]);

  const ready = pipeline !== null;
  useEffect(() => {
    if (props.adding && pipeline) setAdding(pipeline.steps.length);
  }, [props.adding, ready]);

  if (problem !== '') {
    return (
      <div class="builder">
        <p class="query-note warn" role="status">
          It cannot be built on before it can be read.
        </p>
      </div>
    );
  }
  if (!pipeline) return <div class="builder" aria-busy="true" />;
  const { source, steps } = pipeline;

  const edit = (next: Pipeline): void => {
    setPipeline(next);
    const text = toText(next, known);
    if (text === composed.current || isHalf(next, inText.current, known)) return;
    composed.current = text;
    inText.current = new Set(next.steps.filter((step) => lacking(step, known.get(step.name)).length === 0).map(({ id }) => id));
    props.onChange(text);
  };
  const replace = (step: Step): void => edit({ source, steps: steps.map((one) => (one.id === step.id ? step : one)) });
  const focusChip = (index: number): void => {
    requestAnimationFrame(() => row.current?.querySelectorAll<HTMLElement>('[data-chip]')[index + 1]?.focus());
  };
  const move = (index: number, by: number): void => {
    if (index + by < 0 || index + by >= steps.length) return;
    edit({ source, steps: steps.toSpliced(index, 1).toSpliced(index + by, 0, steps[index]) });
  };
  const remove = (index: number): void => {
    setChosen(null);
    edit({ source, steps: steps.toSpliced(index, 1) });
    focusChip(index - 1);
  };
  const add = (definition: GraphiteFunction): void => {
    const at = adding ?? steps.length;
    // What makes series of its own is put beside those that come from before.
    const step = takesSeries(definition)
      ? newStep(definition)
      : { ...newStep(known.get('group') as GraphiteFunction), values: { seriesLists: [`${definition.name}(`] } };
    const asks = !takesSeries(definition) || lacking(step, definition).length > 0;
    setAdding(null);
    setChosen(step.id);
    setFresh(asks ? step.id : null);
    edit({ source, steps: steps.toSpliced(at, 0, step) });
    if (!asks) focusChip(at);
  };
  const onChipKey = (event: KeyboardEvent, index: number): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined && event.shiftKey && index >= 0) {
      move(index, by);
      focusChip(Math.max(0, Math.min(steps.length - 1, index + by)));
    } else if (by !== undefined && !event.shiftKey) focusChip(Math.max(-1, Math.min(steps.length - 1, index + by)));
    else if (event.key === 'Delete' && index >= 0) remove(index);
    else if (event.key === 'Escape' && chosen !== null) setChosen(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const insert = (at: number, label: string, more: JSX.Element, look: string): JSX.Element => (
    <button type="button" class={look} aria-label={label} aria-expanded={adding === at} title={label} onClick={() => setAdding(adding === at ? null : at)}>
      {more}
    </button>
  );
  const open = steps.findIndex(({ id }) => id === chosen);

  return (
    <div class="builder" ref={row} role="group" aria-label={`Build ${props.name}`}>
      <ol class="pipeline">
        <li>
          <button
            type="button"
            data-chip
            class="chip step mono"
            aria-expanded={chosen === 'source'}
            title={source}
            onClick={() => setChosen(chosen === 'source' ? null : 'source')}
            onKeyDown={(event) => onChipKey(event, -1)}
          >
            <span>{source === '' ? 'choose a series' : source}</span>
          </button>
        </li>
        {steps.map((step, index) => {
          const lacks = lacking(step, known.get(step.name));
          const values = valuesInWords(step);
          return (
            <li key={step.id}>
              {insert(index, `Insert a function before ${step.name}`, <Icon name="right" small />, 'insert')}
              <button
                type="button"
                data-chip
                class={`chip step mono${lacks.length > 0 ? ' lacks' : ''}`}
                aria-expanded={chosen === step.id}
                title={`${step.name} ${values}`.trim()}
                onClick={() => setChosen(chosen === step.id ? null : step.id)}
                onKeyDown={(event) => onChipKey(event, index)}
              >
                <span>
                  <span class="fn">{step.name}</span> {lacks.length > 0 ? <i>needs {lacks.join(', ')}</i> : values}
                </span>
              </button>
            </li>
          );
        })}
        <li>
          {insert(
            steps.length,
            'Add a function',
            <>
              <Icon name="plus" small />
              Function
            </>,
            'btn quiet',
          )}
        </li>
      </ol>
      {adding !== null && <FunctionPicker onPick={add} onClose={() => setAdding(null)} />}
      {chosen === 'source' && (
        <div class="step-editor">
          <ExpressionField
            value={source}
            name="Innermost series"
            focus
            onInput={(text) => edit({ source: text, steps })}
            onEnter={() => setChosen(null)}
            onEscape={() => setChosen(null)}
          />
        </div>
      )}
      {open >= 0 && (
        <StepEditor
          key={steps[open].id}
          step={steps[open]}
          source={source}
          focus={fresh === steps[open].id}
          first={open === 0}
          last={open === steps.length - 1}
          onChange={replace}
          onMove={(by) => move(open, by)}
          onRemove={() => remove(open)}
        />
      )}
    </div>
  );
}
