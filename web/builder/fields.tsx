import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { ExpressionField } from './expression-field.tsx';
import { isSeriesType, type Parameter } from './functions.ts';
import { suggestionsFor, wantedFor, wrongWith } from './values.ts';

interface Control {
  param: Parameter;
  /** Of a parameter that may be given more than once: which one this is, from 1. */
  number?: number;
  value: string;
  /** Nodes of the innermost series, for parameters that mean one of them. */
  nodes: readonly string[];
  onChange: (value: string) => void;
}

/** Fields of one parameter; one that may be given often always has an empty one at its end. */
export function ParameterFields(props: {
  param: Parameter;
  values: readonly string[];
  nodes: readonly string[];
  onChange(values: string[]): void;
}): JSX.Element {
  const { param, values, nodes } = props;
  const given = param.multiple ? [...values, ''] : [values[0] ?? ''];
  return (
    <>
      {given.map((value, index) => (
        <Field
          key={index}
          param={param}
          number={param.multiple ? index + 1 : undefined}
          value={value}
          nodes={nodes}
          onChange={(next) => {
            const changed = given.with(index, next);
            props.onChange(param.multiple ? changed.filter((one, at) => one !== '' || at < given.length - 1) : changed);
          }}
        />
      ))}
    </>
  );
}

function Field(props: Control): JSX.Element {
  const { param, number, value } = props;
  const id = useId();
  const optional = !param.required || (number ?? 1) > 1;
  const wrong = value !== '' && !isSeriesType(param.type) && wrongWith(param, value) !== '';
  const missing = value === '' && !optional;
  return (
    <div class="param">
      <label class="field-label" for={id}>
        <span>
          {param.name}
          {number !== undefined && number > 1 && ` ${number}`} {optional && <small>optional</small>}
        </span>
      </label>
      <Input {...props} id={id} wrong={wrong} />
      <small class={wrong || missing ? 'warn' : 'dim'} id={`${id}about`}>
        {wrong ? `This must be ${wrongWith(param, value)}.` : missing ? `Needed: ${wantedFor(param)}.` : param.options ? '' : wantedFor(param)}
      </small>
    </div>
  );
}

function Input({ param, number, value, nodes, id, wrong, onChange }: Control & { id: string; wrong: boolean }): JSX.Element {
  const { type, options, default: fallback } = param;
  if (isSeriesType(type)) {
    const label = `${param.name}${number !== undefined && number > 1 ? ` ${number}` : ''}`;
    return <ExpressionField value={value} name={label} onInput={onChange} onEnter={() => undefined} onEscape={() => undefined} />;
  }
  if (options || type === 'boolean') {
    return (
      <select id={id} class="field" aria-describedby={`${id}about`} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {(!param.required || value === '') && <option value="">{fallback === undefined ? 'not given' : `not given (${String(fallback)})`}</option>}
        {suggestionsFor(param).map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    );
  }
  const byNode = type === 'node' || type === 'nodeOrTag';
  return (
    <>
      <input
        id={id}
        class="field mono"
        type="text"
        inputMode={type === 'integer' || type === 'float' ? 'decimal' : 'text'}
        list={`${id}list`}
        aria-describedby={`${id}about`}
        aria-invalid={wrong}
        placeholder={fallback === undefined ? '' : String(fallback)}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={`${id}list`}>
        {suggestionsFor(param).map((one) => (
          <option key={one} value={one} />
        ))}
        {byNode && nodes.map((node, index) => <option key={index} value={String(index)} label={node} />)}
      </datalist>
    </>
  );
}
