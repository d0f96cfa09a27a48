import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Builder } from '../../builder/builder.tsx';
import { colourClass, type Line } from '../../charts/rows.ts';
import { useKeys } from '../../state/keys.ts';
import { Icon } from '../../widgets/icon.tsx';
import { plural } from '../../words/number.ts';
import type { Answer } from './answer.ts';
import { Expression } from './expression.tsx';
import { question, removeTarget, setTargets, toggleMuted } from './question.ts';
import { TargetField } from '../../builder/target-field.tsx';
import { Unknown } from './unknown.tsx';

/** A, B, … Z, then numbers. */
const letter = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : String(index + 1));

/** The expressions that are drawn: edit, mute, remove, add, or write them all as text. */
export function Targets({ answer, lines }: { answer: Answer; lines: readonly Line[] }): JSX.Element {
  const { targets, muted } = question.value;
  // The row that is edited; one past the end is a new one.
  const [editing, setEditing] = useState(-1);
  const [asText, setAsText] = useState(false);
  const [building, setBuilding] = useState<{ at: number; adding: number } | null>(null);
  // One Back undoes all that was built since the builder was opened.
  const built = useRef(false);

  const keep = (index: number, text: string): void => {
    setEditing(-1);
    if (text === targets[index]) return;
    if (text === '') {
      if (index < targets.length) removeTarget(index);
    } else setTargets(targets.with(Math.min(index, targets.length - 1), text).slice(0, targets.length), muted);
  };
  const add = (text: string): void => {
    setEditing(-1);
    if (text !== '') setTargets([...targets, text], muted);
  };

  const build = (at: number): void => {
    built.current = false;
    setBuilding((before) => (before?.at === at ? null : { at, adding: 0 }));
  };
  const addFunction = (): void => {
    if (building === null) built.current = false;
    setBuilding((before) => ({ at: before?.at ?? targets.length - 1, adding: (before?.adding ?? 0) + 1 }));
  };
  const change = (index: number, text: string): void => {
    setTargets(targets.with(index, text), muted, built.current);
    built.current = true;
  };
  const remove = (index: number): void => {
    setBuilding(null);
    removeTarget(index);
  };
  useKeys([{ keys: 'f', about: 'add a function', run: addFunction }]);

  if (asText) return <AsText onDone={() => setAsText(false)} />;
  return (
    <section class="panel" aria-label="Query">
      <ul class="queries">
        {targets.map((target, index) => {
          const own = lines.filter((line) => line.row.target === index);
          const problem = answer.problems.get(index);
          const off = muted.has(index);
          const unknown = answer.frame !== null && !answer.asking && problem === undefined && !off && own.length === 0;
          return (
            <li key={index}>
              <div class={`query ${own.length === 1 ? colourClass(own[0]) : 'c-none'}${off ? ' off' : ''}`}>
                <span class={own.length > 1 ? 'key many' : 'key'} />
                <button
                  type="button"
                  class="btn quiet icon"
                  aria-label={`Hide series ${letter(index)}`}
                  aria-pressed={off}
                  title={off ? 'Show' : 'Hide'}
                  onClick={() => toggleMuted(index)}
                >
                  <Icon name={off ? 'hidden' : 'eye'} small />
                </button>
                {editing === index ? (
                  <TargetField value={target} name={`Series ${letter(index)}`} onKeep={(text) => keep(index, text)} onLeave={() => setEditing(-1)} />
                ) : (
                  <button
                    type="button"
                    class="plain cut expression"
                    title={`Edit ${target}`}
                    aria-label={`Edit series ${letter(index)}: ${target}`}
                    onClick={() => setEditing(index)}
                  >
                    <code>
                      <Expression text={target} />
                    </code>
                  </button>
                )}
                {own.length > 0 && <span class="dim small nowrap not-phone">{plural(own.length, 'series', 'series')}</span>}
                <button
                  type="button"
                  class="btn quiet icon build"
                  aria-label={`Build series ${letter(index)}`}
                  aria-expanded={building?.at === index}
                  title="Build it from functions"
                  onClick={() => build(index)}
                >
                  ƒ
                </button>
                <button type="button" class="btn quiet icon" aria-label={`Remove series ${letter(index)}`} title="Remove" onClick={() => remove(index)}>
                  <Icon name="close" small />
                </button>
              </div>
              {building?.at === index && (
                <Builder target={target} name={`series ${letter(index)}`} adding={building.adding} onChange={(text) => change(index, text)} />
              )}
              {problem !== undefined && (
                <p class="query-note bad" role="alert">
                  {problem}
                </p>
              )}
              {unknown && <Unknown target={target} onPick={(name) => keep(index, name)} />}
            </li>
          );
        })}
        {editing === targets.length && (
          <li class="query c-none">
            <span class="key" />
            <TargetField value="" name="New series" onKeep={add} onLeave={() => setEditing(-1)} />
          </li>
        )}
      </ul>
      <div class="panel-foot">
        <button type="button" class="btn quiet" onClick={() => setEditing(targets.length)}>
          <Icon name="plus" small />
          Series
        </button>
        <button type="button" class="btn quiet" title="Add a function to the last series  f" onClick={addFunction}>
          <Icon name="plus" small />
          Function
        </button>
        <span class="push" />
        {targets.length > 0 && (
          <button type="button" class="btn quiet" onClick={() => setAsText(true)}>
            Edit as text
          </button>
        )}
      </div>
    </section>
  );
}

/** All expressions, one a line. */
function AsText({ onDone }: { onDone: () => void }): JSX.Element {
  const [text, setText] = useState(question.value.targets.join('\n'));
  return (
    <section class="panel" aria-label="Query as text">
      <form
        class="panel-body as-text"
        onSubmit={(event) => {
          event.preventDefault();
          setTargets(
            text
              .split('\n')
              .map((line) => line.trim())
              .filter((line) => line !== ''),
          );
          onDone();
        }}
      >
        <label class="field-label">
          <span>
            One expression a line <small>names, globs and Graphite functions</small>
          </span>
          <textarea
            class="field mono"
            rows={Math.max(3, text.split('\n').length + 1)}
            spellcheck={false}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <div class="btn-row">
          <button type="submit" class="btn primary">
            Draw
          </button>
          <button type="button" class="btn" onClick={onDone}>
            Cancel
          </button>
        </div>
      </form>
    </section>
  );
}
