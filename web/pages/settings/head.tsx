import type { ComponentChildren, JSX } from 'preact';
import { Icon } from '../../widgets/icon.tsx';
import { Problem } from '../../widgets/problem.tsx';

/** What a part of the settings begins with: its title, what can be added, what it is about, and what went wrong. */
export function SettingsHead(props: {
  title: string;
  about: string;
  problem: string;
  /** On the button, its title, and what it does. */
  add?: { text: string; title: string; ready: boolean; run: () => void };
  children?: ComponentChildren;
}): JSX.Element {
  const { title, about, problem, add } = props;
  return (
    <div class="list-head">
      <div class="page-head">
        <h1>{title}</h1>
        {add && (
          <div class="btn-row">
            <button type="button" class="btn primary" title={add.title} disabled={!add.ready} onClick={add.run}>
              <Icon name="plus" small />
              {add.text}
            </button>
          </div>
        )}
      </div>
      <p class="dim">{about}</p>
      <Problem text={problem} />
      {props.children}
    </div>
  );
}
