import type { JSX } from 'preact';
import type { Dashboard, Variable } from '../../../src/core/dashboard.ts';
import { say } from '../../state/toast.ts';
import { Icon } from '../../widgets/icon.tsx';
import { ChoiceField, FieldRow, TextField } from './fields.tsx';

const FRESH: Variable = { name: '', label: '', glob: '', tag: '', where: [], values: [], default: '', multiple: false };
const KINDS = [
  { key: 'glob', text: 'Names that match' },
  { key: 'tag', text: 'Values of a tag' },
  { key: 'values', text: 'A list' },
] as const;
type Kind = (typeof KINDS)[number]['key'];

const kindOf = ({ tag, values }: Variable): Kind => (tag !== '' ? 'tag' : values.length > 0 ? 'values' : 'glob');
const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** The form of the dashboard itself: its words, its range, its variables. */
export function Settings({ dashboard, onChange, onClose }: { dashboard: Dashboard; onChange: (to: Dashboard) => void; onClose: () => void }): JSX.Element {
  const set = (part: Partial<Dashboard>): void => onChange({ ...dashboard, ...part });
  const setVariable = (at: number, part: Partial<Variable>): void => set({ variables: dashboard.variables.with(at, { ...dashboard.variables[at], ...part }) });
  const add = (): void => {
    let name = 'name';
    for (let n = 2; dashboard.variables.some((one) => one.name === name); n++) name = `name${n}`;
    set({ variables: [...dashboard.variables, { ...FRESH, name, glob: '*' }] });
  };
  return (
    <aside class="side" data-open aria-label="Settings of the dashboard">
      <div class="side-head">
        <span class="strong mid">Settings</span>
        <button type="button" class="btn quiet icon push" aria-label="Close" title="Close  Esc" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div class="side-body">
        <TextField label="Title" value={dashboard.title} onTake={(title) => (title.trim() === '' ? say('A dashboard needs a title') : set({ title }))} />
        <TextField label="About" value={dashboard.about} lines={2} onTake={(about) => set({ about })} />
        <FieldRow>
          <TextField
            label="Range"
            note="e.g. 3h"
            value={dashboard.range}
            placeholder="1h"
            onTake={(text) => (/^\d+(?:s|min|h|d|w)$/.test(text) ? set({ range: text }) : say('A range is a number and s, min, h, d or w, e.g. 3h'))}
          />
          <TextField label="Tags" note="with commas" value={dashboard.tags.join(', ')} onTake={(text) => set({ tags: listOf(text) })} />
        </FieldRow>
        <h3>Variables: words in series that the reader chooses</h3>
        {dashboard.variables.map((variable, at) => (
          <VariableForm
            key={at}
            variable={variable}
            onChange={(part) => setVariable(at, part)}
            onRemove={() => set({ variables: dashboard.variables.filter((_, index) => index !== at) })}
          />
        ))}
        <button type="button" class="btn" onClick={add}>
          <Icon name="plus" small />
          Add a variable
        </button>
      </div>
    </aside>
  );
}

function VariableForm({
  variable,
  onChange,
  onRemove,
}: {
  variable: Variable;
  onChange: (part: Partial<Variable>) => void;
  onRemove: () => void;
}): JSX.Element {
  const kind = kindOf(variable);
  const turnInto = (to: Kind): void =>
    onChange({ glob: to === 'glob' ? '*' : '', tag: to === 'tag' ? 'name' : '', where: [], values: to === 'values' ? ['a', 'b'] : [] });
  return (
    <fieldset class="variable">
      <legend>
        <code>${variable.name}</code>
        <button type="button" class="btn quiet icon" aria-label={`Remove ${variable.name}`} title="Remove" onClick={onRemove}>
          <Icon name="close" small />
        </button>
      </legend>
      <FieldRow>
        <TextField
          label="Name"
          mono
          value={variable.name}
          onTake={(name) => (/^[a-z_]\w{0,49}$/i.test(name) ? onChange({ name }) : say('A name is letters, digits and _, and begins with a letter'))}
        />
        <TextField label="Label" value={variable.label} placeholder={variable.name} onTake={(label) => onChange({ label })} />
      </FieldRow>
      <FieldRow>
        <ChoiceField label="From" value={kind} options={KINDS} onTake={turnInto} />
        {kind === 'glob' && <TextField label="Names" mono value={variable.glob} placeholder="servers.*" onTake={(glob) => onChange({ glob })} />}
        {kind === 'tag' && <TextField label="Tag" mono value={variable.tag} onTake={(tag) => onChange({ tag })} />}
        {kind === 'values' && (
          <TextField label="Values" note="with commas" value={variable.values.join(', ')} onTake={(text) => onChange({ values: listOf(text) })} />
        )}
      </FieldRow>
      <FieldRow>
        <TextField label="At first" note="* for all" value={variable.default} placeholder="the first one" onTake={(text) => onChange({ default: text })} />
        <label class="row tick">
          <input type="checkbox" checked={variable.multiple} onChange={(event) => onChange({ multiple: event.currentTarget.checked })} />
          Several may be chosen
        </label>
      </FieldRow>
    </fieldset>
  );
}
