import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { go } from '../../../state/router.ts';
import { addProject } from '../../../state/projects.ts';
import { Dialog } from '../../../widgets/dialog.tsx';
import { projectLink } from './address.ts';

/** Asks for a name and leads to what to paste. */
export function NewProject({ onClose }: { onClose: () => void }): JSX.Element {
  const [name, setName] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const make = async (): Promise<void> => {
    if (busy) return;
    if (name.trim() === '') return setProblem('A project needs a name.');
    setBusy(true);
    try {
      const { slug } = await addProject(name.trim());
      onClose();
      go(projectLink(slug));
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <Dialog name="New project" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <div class="dialog-head">
          <h2>New project</h2>
        </div>
        <div class="dialog-body">
          <label class="field-label">
            <span>
              Name <small>its issues are called after it, e.g. SHOP-1A</small>
            </span>
            <input type="text" class="field" value={name} maxLength={100} placeholder="shop" onInput={(event) => setName(event.currentTarget.value)} />
          </label>
          {problem !== '' && (
            <p class="bad" role="alert">
              {problem}
            </p>
          )}
        </div>
        <div class="dialog-foot">
          <button type="button" class="btn" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="btn primary" disabled={busy}>
            Make it
          </button>
        </div>
      </form>
    </Dialog>
  );
}
