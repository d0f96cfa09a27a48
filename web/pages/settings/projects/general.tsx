import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { changeProject, removeProject } from '../../../state/projects.ts';
import { go } from '../../../state/router.ts';
import { say } from '../../../state/toast.ts';
import { Dialog } from '../../../widgets/dialog.tsx';
import { plural } from '../../../words/number.ts';
import { projectLink } from './address.ts';
import type { TabProps } from './project-page.tsx';

/** The project's name, and its end. */
export function General({ project, onChange }: TabProps): JSX.Element {
  const [name, setName] = useState(project.name);
  const [removing, setRemoving] = useState(false);
  const rename = async (): Promise<void> => {
    try {
      onChange(await changeProject(project.slug, { name }));
      say('Renamed');
    } catch (error) {
      say((error as Error).message);
    }
  };
  return (
    <section class="stack" aria-label="General">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void rename();
        }}
      >
        <label class="field-label">
          <span>
            Name{' '}
            <small>
              its slug stays {project.slug}, its number {project.id}
            </small>
          </span>
          <input type="text" class="field" value={name} maxLength={100} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <div class="btn-row">
          <button type="submit" class="btn" disabled={name.trim() === '' || name.trim() === project.name}>
            Rename
          </button>
        </div>
      </form>
      {project.id === '1' ? (
        <p class="dim">The first project is always there and cannot be removed.</p>
      ) : (
        <div class="btn-row">
          <button type="button" class="btn danger" onClick={() => setRemoving(true)}>
            Remove the project…
          </button>
        </div>
      )}
      {removing && <Remove slug={project.slug} onClose={() => setRemoving(false)} />}
    </section>
  );
}

function Remove({ slug, onClose }: { slug: string; onClose: () => void }): JSX.Element {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      const { issues } = await removeProject(slug);
      onClose();
      go(projectLink(''));
      say(`${slug} is gone, with ${plural(issues, 'issue')}`);
    } catch (error) {
      say((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <Dialog name="Remove the project" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === slug && !busy) void remove();
        }}
      >
        <div class="dialog-head">
          <h2>Remove {slug}?</h2>
        </div>
        <div class="dialog-body">
          <p>Its keys are refused from now on, and all of its issues with their events go. This cannot be undone.</p>
          <label class="field-label">
            <span>Write {slug} to go on</span>
            <input type="text" class="field" value={typed} spellcheck={false} autocomplete="off" onInput={(event) => setTyped(event.currentTarget.value)} />
          </label>
        </div>
        <div class="dialog-foot">
          <button type="button" class="btn" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="btn danger" disabled={typed !== slug || busy}>
            Remove it
          </button>
        </div>
      </form>
    </Dialog>
  );
}
