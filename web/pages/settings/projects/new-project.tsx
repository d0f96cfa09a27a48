import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { go } from '../../../state/router.ts';
import { addProject } from '../../../state/projects.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { projectLink } from './address.ts';

/** Asks for a name and leads to what to paste. */
export function NewProject({ onClose }: { onClose: () => void }): JSX.Element {
  const [name, setName] = useState('');
  const make = async (): Promise<void> => {
    if (name.trim() === '') throw new Error('A project needs a name.');
    const { slug } = await addProject(name.trim());
    onClose();
    go(projectLink(slug));
  };
  return (
    <FormDialog name="New project" verb="Make it" onDo={make} onClose={onClose}>
      <label class="field-label">
        <span>
          Name <small>its issues are called after it, e.g. SHOP-1A</small>
        </span>
        <input type="text" class="field" value={name} maxLength={100} placeholder="shop" onInput={(event) => setName(event.currentTarget.value)} />
      </label>
    </FormDialog>
  );
}
