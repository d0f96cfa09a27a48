import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { changeProject } from '../../../state/projects.ts';
import { say } from '../../../state/toast.ts';
import type { TabProps } from './project-page.tsx';
import { RemoveProject } from './remove-project.tsx';

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
      {removing && <RemoveProject slug={project.slug} onClose={() => setRemoving(false)} />}
    </section>
  );
}
