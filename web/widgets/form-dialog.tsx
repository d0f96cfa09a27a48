import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';

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
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    if (busy || !ready) return;
    setBusy(true);
    try {
      await props.onDo();
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <Dialog name={name} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div class="dialog-head">
          <h2>{title}</h2>
        </div>
        <div class="dialog-body">
          {props.children}
          {problem !== '' && (
            <p class="bad" role="alert">
              {problem}
            </p>
          )}
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
