import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { saveDashboard } from '../../state/dashboards.ts';
import { go, pageLink } from '../../state/router.ts';
import { FormDialog } from '../../widgets/form-dialog.tsx';
import { FRESH_DASHBOARD } from './fresh.ts';
import { freeSlug } from './slug.ts';

/** Asks for a title and opens the new dashboard to be edited. */
export function NewDialog({ taken, onClose }: { taken: ReadonlySet<string>; onClose: () => void }): JSX.Element {
  const [title, setTitle] = useState('');
  const make = async (): Promise<void> => {
    if (title.trim() === '') throw new Error('A dashboard needs a title.');
    const fresh = { ...FRESH_DASHBOARD, title: title.trim() };
    const { slug } = await saveDashboard(freeSlug(title, taken), fresh, '');
    onClose();
    go(pageLink(`/dashboards/${slug}`, { edit: '1' }));
  };
  return (
    <FormDialog name="New dashboard" verb="Make it" onDo={make} onClose={onClose}>
      <label class="field-label">
        <span>Title</span>
        <input type="text" class="field" value={title} maxLength={200} onInput={(event) => setTitle(event.currentTarget.value)} />
      </label>
    </FormDialog>
  );
}
