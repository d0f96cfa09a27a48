import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FigureName, Panel, PanelType, PanelUnit } from '../../../src/core/dashboard.ts';
import { Builder } from '../../builder/builder.tsx';
import { TargetField } from '../../builder/target-field.tsx';
import { say } from '../../state/toast.ts';
import { Icon } from '../../widgets/icon.tsx';
import { Expression } from '../metrics/expression.tsx';
import { ChoiceField, FieldRow, TextField } from './fields.tsx';
import { earlier } from './panels/rows.ts';
import { limitText, withLimits } from './limits.ts';

const TYPES: Record<PanelType, string> = {
  line: 'Lines',
  area: 'Areas',
  stacked: 'Stacked areas',
  bars: 'Stacked bars',
  value: 'Single values',
  table: 'Table',
  heatmap: 'Heat map of buckets',
  states: 'State strips',
  text: 'Text',
};
const UNITS: Record<PanelUnit, string> = {
  '': 'As the names say',
  number: 'Number',
  count: 'Exact count',
  ms: 'Milliseconds',
  s: 'Seconds',
  B: 'Bytes',
  'B/s': 'Bytes a second',
  '%': 'Percent',
  '/s': 'A second',
};
const FIGURES: Record<FigureName, string> = { last: 'Last value', average: 'Mean', max: 'Greatest', min: 'Least', sum: 'Sum' };
const COMPARE = ['', '1h', '1d', '7d', '30d'];

const options = <Key extends string>(texts: Record<Key, string>): { key: Key; text: string }[] =>
  (Object.entries(texts) as [Key, string][]).map(([key, text]) => ({ key, text }));

/** The form of one panel, beside the dashboard; what it changes is drawn at once. */
export function PanelEditor({ panel, onChange, onClose }: { panel: Panel; onChange: (to: Panel) => void; onClose: () => void }): JSX.Element {
  const set = (part: Partial<Panel>): void => onChange({ ...panel, ...part });
  const setLimits = (state: 'warn' | 'bad', text: string): void => {
    const limits = withLimits(panel.limits, state, text);
    if (limits) set({ limits });
    else say('A limit is a number, e.g. 600, or <5 where less is worse');
  };
  const setEnd = (end: 'min' | 'max', text: string): void => {
    const value = text.trim() === '' ? null : Number(text);
    if (value === null || Number.isFinite(value)) set({ [end]: value });
    else say('The end of an axis is a number');
  };
  const isChart = ['line', 'area', 'stacked', 'bars'].includes(panel.type);
  return (
    <aside class="side" data-open aria-label={`Edit ${panel.title || 'panel'}`}>
      <div class="side-head">
        <span class="strong mid">Panel</span>
        <button type="button" class="btn quiet icon push" aria-label="Close" title="Close  Esc" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div class="side-body">
        <TextField label="Title" value={panel.title} onTake={(title) => set({ title })} />
        <FieldRow>
          <ChoiceField label="Shows" value={panel.type} options={options(TYPES)} onTake={(type) => set({ type })} />
          <TextField label="Note" value={panel.note} placeholder="/s, stacked" onTake={(note) => set({ note })} />
        </FieldRow>
        {panel.type === 'text' ? (
          <TextField label="Text" note="Markdown" value={panel.text} lines={12} mono onTake={(text) => set({ text })} />
        ) : (
          <>
            <TargetList targets={panel.targets} onChange={(targets) => set({ targets })} />
            <FieldRow>
              <ChoiceField label="Unit" value={panel.unit} options={options(UNITS)} onTake={(unit) => set({ unit })} />
              <ChoiceField label="Figure" value={panel.figure} options={options(FIGURES)} onTake={(figure) => set({ figure })} />
            </FieldRow>
            <FieldRow>
              <TextField label="Warn from" note="<5 for below" value={limitText(panel.limits, 'warn')} onTake={(text) => setLimits('warn', text)} />
              <TextField label="Bad from" value={limitText(panel.limits, 'bad')} onTake={(text) => setLimits('bad', text)} />
            </FieldRow>
            {(isChart || panel.type === 'value') && (
              <ChoiceField
                label="Compare with"
                value={panel.compare}
                options={[...new Set([...COMPARE, panel.compare])].map((key) => ({ key, text: key === '' ? 'Nothing' : earlier(key) }))}
                onTake={(compare) => set({ compare })}
              />
            )}
            {isChart && (
              <FieldRow>
                <TextField label="Axis from" value={panel.min === null ? '' : String(panel.min)} placeholder="0" onTake={(text) => setEnd('min', text)} />
                <TextField
                  label="Axis to"
                  value={panel.max === null ? '' : String(panel.max)}
                  placeholder="as the values"
                  onTake={(text) => setEnd('max', text)}
                />
              </FieldRow>
            )}
          </>
        )}
      </div>
    </aside>
  );
}

/** The panel's expressions, each edited as text or built from functions. */
function TargetList({ targets, onChange }: { targets: readonly string[]; onChange: (targets: string[]) => void }): JSX.Element {
  const [editing, setEditing] = useState<number | null>(targets.length === 0 ? 0 : null);
  const [building, setBuilding] = useState<number | null>(null);
  const put = (at: number, text: string): void => {
    const next = text === '' ? targets.filter((_, index) => index !== at) : at < targets.length ? targets.with(at, text) : [...targets, text];
    if (JSON.stringify(next) !== JSON.stringify(targets)) onChange(next);
  };
  const keep = (at: number, text: string): void => {
    setEditing(null);
    put(at, text);
  };
  const rows = editing === targets.length ? [...targets, ''] : targets;
  return (
    <div class="field-label">
      <span>Series</span>
      <div class="target-list">
        {rows.map((target, at) => (
          <div key={at}>
            <div class="query">
              {editing === at ? (
                <TargetField value={target} name="Series or expression" onKeep={(text) => keep(at, text)} onLeave={() => setEditing(null)} />
              ) : (
                <>
                  <button type="button" class="plain expression cut" title={`Edit ${target}`} onClick={() => setEditing(at)}>
                    <Expression text={target} />
                  </button>
                  <button
                    type="button"
                    class="btn quiet icon build"
                    aria-label={`Build ${target}`}
                    aria-expanded={building === at}
                    title="Build it from functions"
                    onClick={() => setBuilding(building === at ? null : at)}
                  >
                    ƒ
                  </button>
                  <button type="button" class="btn quiet icon" aria-label={`Remove ${target}`} title="Remove" onClick={() => keep(at, '')}>
                    <Icon name="close" small />
                  </button>
                </>
              )}
            </div>
            {building === at && editing !== at && at < targets.length && (
              <Builder target={target} name={`series ${at + 1}`} onChange={(text) => put(at, text)} />
            )}
          </div>
        ))}
      </div>
      {editing === null && (
        <button type="button" class="btn" onClick={() => setEditing(targets.length)}>
          <Icon name="plus" small />
          Add a series
        </button>
      )}
    </div>
  );
}
