import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { removeProject } from '../../../state/projects.ts';
import { go } from '../../../state/router.ts';
import { say } from '../../../state/toast.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { plural } from '../../../words/number.ts';
import { projectLink } from './address.ts';

/** What cannot be undone is asked for by the project's name. */
export function RemoveProject({ slug, onClose }: { slug: string; onClose: () => void }): JSX.Element {
  const [typed, setTyped] = useState('');
  const remove = async (): Promise<void> => {
    const { issues } = await removeProject(slug);
    onClose();
    go(projectLink(''));
    say(`${slug} is gone, with ${plural(issues, 'issue')}`);
  };
  return (
    <FormDialog name="Remove the project" title={`Remove ${slug}?`} verb="Remove it" danger ready={typed === slug} onDo={remove} onClose={onClose}>
      <p>Its keys are refused from now on, and all of its issues with their events go. This cannot be undone.</p>
      <label class="field-label">
        <span>Write {slug} to go on</span>
        <input type="text" class="field" value={typed} spellcheck={false} autocomplete="off" onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
    </FormDialog>
  );
}
