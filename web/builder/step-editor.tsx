import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../widgets/icon.tsx';
import { functions } from './functions.ts';
import { ParameterFields } from './fields.tsx';
import type { Step } from './pipeline.ts';

/** One function of the way: its parameters as fields, and where it stands. */
export function StepEditor(props: {
  step: Step;
  /** The innermost series. */
  source: string;
  /** Puts the focus on the first parameter. */
  focus: boolean;
  first: boolean;
  last: boolean;
  onChange(step: Step): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}): JSX.Element {
  const { step, source } = props;
  const definition = functions.value.get(step.name);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (props.focus) panel.current?.querySelector<HTMLElement>('input, select')?.focus();
  }, [step.id]);
  // Of the first parameter come the series from before; where it may be given often there is room for more.
  const [first, ...others] = step.rest || !definition ? [] : definition.params;
  const params = first?.multiple ? [{ ...first, required: false }, ...others] : others;
  const nodes = /^[\w.*{}[\]?,-]+$/.test(source) ? source.split('.') : [];
  return (
    <div ref={panel} class="step-editor" role="group" aria-label={`${step.name}()`}>
      <p>
        <code class="fn">{step.name}</code> <span class="mid">{definition?.description ?? 'There is no such function.'}</span>
      </p>
      {step.rest && (
        <p class="dim small">
          These arguments are kept as they are written: <code>{`${step.name}(${step.rest.before}…${step.rest.after})`}</code>. Edit the text to change them.
        </p>
      )}
      {params.length > 0 && (
        <div class="params">
          {params.map((param) => (
            <ParameterFields
              key={`${step.id} ${param.name}`}
              param={param}
              values={step.values[param.name] ?? []}
              nodes={nodes}
              onChange={(values) => props.onChange({ ...step, values: { ...step.values, [param.name]: values } })}
            />
          ))}
        </div>
      )}
      <div class="btn-row">
        <button type="button" class="btn" disabled={props.first} onClick={() => props.onMove(-1)}>
          <Icon name="left" small />
          Earlier
        </button>
        <button type="button" class="btn" disabled={props.last} onClick={() => props.onMove(1)}>
          Later
          <Icon name="right" small />
        </button>
        <button type="button" class="btn" onClick={() => props.onRemove()}>
          Remove
        </button>
      </div>
    </div>
  );
}
