import type { ComponentChildren, JSX } from 'preact';
import { useSubmit } from '../state/submit.ts';
import { Dialog } from './dialog.tsx';
import { Problem } from './problem.tsx';

/** A dialog that asks for something and does it. While that is under way it is not done again; why it could not be done stands above the buttons. */
export function FormDialog(props: {
  name: string;
  title?: string;
  /** On the button that does it. */
  verb: string;
  danger?: boolean;
  /** False while what is needed is not there yet. */
  ready?: boolean;
  /** The dialog stays when this throws; it is closed by whoever opened it. */
  onDo: () => Promise<void>;
  onClose: () => void;
  children: ComponentChildren;
}): JSX.Element {
  const { name, title = name, verb, danger = false, ready = true } = props;
  const { busy, problem, submit } = useSubmit(async () => {
    if (ready) await props.onDo();
  });
  return (
    <Dialog name={name} onClose={props.onClose}>
      <form onSubmit={submit}>
        <div class="dialog-head">
          <h2>{title}</h2>
        </div>
        <div class="dialog-body">
          {props.children}
          <Problem text={problem} />
        </div>
        <div class="dialog-foot">
          <button type="button" class="btn" onClick={props.onClose}>
            Cancel
          </button>
          <button type="submit" class={danger ? 'btn danger' : 'btn primary'} disabled={busy || !ready}>
            {verb}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
