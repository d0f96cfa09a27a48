import type { JSX } from 'preact';
import type { ChangesAnswer } from '../../src/api/contract.ts';
import { Spark } from '../charts/spark.tsx';
import { unitOf } from '../charts/units.ts';
import { serverNow } from '../state/now.ts';
import { Value } from '../widgets/figure.tsx';
import { Skeleton } from '../widgets/skeleton.tsx';
import { plural } from '../words/number.ts';
import { useChanges } from './answer.ts';
import { byHowMuch, SIGNS, whatWasLookedAt } from './words.ts';

type Change = ChangesAnswer['changes'][number];

/**
 * The series that changed at a moment (milliseconds), most unusual first; a click picks one. `taken` are those that are picked
 * already, with the class of their colour.
 */
export function Changes(props: { at: number; taken?: ReadonlyMap<string, string>; onPick(name: string): void }): JSX.Element {
  const { answer, problem, askAgain } = useChanges(props.at);
  if (problem?.code === 'too_recent') {
    return (
      <p class="mid" role="status">
        This moment is too young: what came after it is compared once it is a minute old. <span class="wait">Asking again by itself</span>
      </p>
    );
  }
  if (problem) {
    return (
      <div class="row" role="alert">
        <p class="bad">{problem.message}.</p>
        <button type="button" class="btn" onClick={askAgain}>
          Ask again
        </button>
      </div>
    );
  }
  if (!answer) return <Skeleton rows={8} slow="There are many series to look at. The answer comes within ten seconds, of as many as could be read." />;
  return (
    <>
      <p class="sr" role="status">
        {plural(answer.changes.length, 'series changed', 'series changed')}
      </p>
      {answer.changes.length === 0 ? (
        <p class="mid">{answer.looked === 0 ? 'No series is known that could have changed.' : 'Nothing changed beyond what is usual for it.'}</p>
      ) : (
        <ul class="changes">
          {answer.changes.map((change) => (
            <Row key={change.name} change={change} at={props.at} colour={props.taken?.get(change.name)} onPick={() => props.onPick(change.name)} />
          ))}
        </ul>
      )}
      <p class="dim small">{whatWasLookedAt(answer, props.at, serverNow())}</p>
    </>
  );
}

function Row(props: { change: Change; at: number; colour: string | undefined; onPick(): void }): JSX.Element {
  const { change, at, colour } = props;
  const { name, kind, how, before, after, start, step, values } = change;
  const unit = unitOf(name, kind);
  const dot = name.split(';')[0].lastIndexOf('.') + 1;
  const much = byHowMuch(change, unit);
  return (
    <li>
      <button type="button" class={`change ${colour ?? ''}`} aria-pressed={colour !== undefined} title={name} onClick={() => props.onPick()}>
        <span class="sr">{name}</span>
        <span class="change-name mono" aria-hidden="true">
          {colour !== undefined && <span class="key" />}
          <span class="cut">{name.slice(0, dot)}</span>
          <b>{name.slice(dot)}</b>
        </span>
        <Spark values={values} mark={(at - start) / (step * Math.max(1, values.length - 1))} />
        <span class="change-said">
          <span class="mid">
            <span aria-hidden="true">{SIGNS[how]}</span> {how}
          </span>
          <span>
            <Value of={before} unit={unit} />
            <span class="dim"> → </span>
            <Value of={after} unit={unit} />
          </span>
          {much !== '' && <span class="strong">{much}</span>}
        </span>
      </button>
    </li>
  );
}
